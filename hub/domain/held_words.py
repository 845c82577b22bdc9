"""What people are told of what is held apart: that it is, by whom, and what to do; never what it is."""

from collections.abc import Mapping
from typing import Final

from contracts.compartment import Compartment
from contracts.report import Person, Place, Statement
from hub.domain import words
from hub.domain.compartment_access import TWO_PEOPLE
from hub.domain.compartments import HeldApart

_WHAT: Final[Mapping[Compartment, str]] = {
    Compartment.STANDARD: "Nothing of this report",
    Compartment.REFUGE: "Where they are",
    Compartment.SOURCE: "Who told the agency",
    Compartment.MARAC: "Whether there was a conference on domestic abuse (MARAC)",
    Compartment.ADOPTION: "What it says of an adoption, or a change of identity,",
    Compartment.STAFF_SUBJECT: "What it says of somebody who works here, or is close to somebody who does,",
    Compartment.RESTRICTED: "What other law holds back",
}


def held(compartment: Compartment, agency: str, words: str = "") -> str:
    """The sentences on an entry: nobody reads what it is about on an ordinary page. `words`: see chronology.Entry."""
    if compartment is Compartment.RESTRICTED and words:
        said = "wait until somebody has looked at them" if words == "waits" else "were looked at and are kept apart"
        return f"Words that may tell where they are {said}. Held by {agency}: call them"
    return f"{_WHAT[compartment]} is held apart. Held by {agency}: call them"


def opens(compartment: Compartment) -> str:
    """How it opens, where the process that holds its keys runs."""
    second = ", once a second person has agreed" if compartment in TWO_PEOPLE else ""
    return f"On this hub it opens with a reason, on record{second}"


def what(compartment: Compartment) -> str:
    """What lies in it, in few words."""
    return _WHAT[compartment].rstrip(",")


def lines(apart: HeldApart) -> tuple[str, ...]:
    """What was held apart, in lines."""
    places = (("where", apart.place), *((one.person, one.place) for one in apart.addresses))
    told = [f"{words.label(label)}: {_place(place)}" for label, place in places if place is not None]
    told += [f"{one.ref} ({words.label(one.role)}): {_names(one)}" for one in apart.people]
    told += [f"{words.label(one.field)}: {_stated(one)}" for one in apart.statements]
    told += [f"also written: {one}" for one in apart.words]
    return tuple(told)


def _place(place: Place) -> str:
    if place.withheld:
        return "held back by the agency itself"
    return ", ".join(part for part in (place.text, place.postcode, place.uprn and f"UPRN {place.uprn}") if part)


def _stated(said: Statement) -> str:
    code = said.code.display if said.code is not None else None
    what = " ".join(str(part) for part in (said.value, code) if part not in (None, ""))
    who = "; ".join(f"{before} {name}" for before, name in (("said by", said.said_by), ("stated by", said.by)) if name)
    return f"{what} ({who})" if what and who else what or who


def _names(person: Person) -> str:
    return " / ".join(name.text or f"{name.given or ''} {name.family or ''}".strip() for name in person.names)
