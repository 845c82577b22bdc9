"""Finding somebody whose number is not known: family name and date of birth exactly, with a given name or a postcode.

Three things together and no fewer, each whole: nothing is completed, and no part of one is looked for. They are kept as
one keyed hash, so that none of them can be asked for alone; a postcode never, once an address is protected.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.identifiers import Identifier
from contracts.report import Person
from hub.domain.identity import fold

FACTORS: Final = "three factors"  # the scheme under which the three lead to a person
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_WHOLE_DAY: Final = 10  # of 2019-03-14: a month or a year alone finds nobody
_SHORTEST: Final = 2  # letters of a name


@dataclass(frozen=True, slots=True)
class Factors:
    """Three things by which somebody is looked for, as one text to be hashed with a key.

    `by_place`: one of them is where they live, and finds nobody whose address is protected, whenever it was given.
    """

    key: str
    by_place: bool = False


Sought = Identifier | Factors


def by_given(family: str, born: date, given: str) -> Factors | None:
    """Those three; None where a name holds too few letters."""
    names = fold(family), fold(given)
    return Factors(f"{names[0]}|{born}|given {names[1]}") if min(map(len, names)) >= _SHORTEST else None


def by_postcode(family: str, born: date, postcode: str) -> Factors | None:
    """Those three; None where the name holds too few letters or the postcode is none."""
    code = _POSTCODE.fullmatch(re.sub(r"\s", "", postcode).upper())
    if code is None or not _is_name(family):
        return None
    return Factors(f"{fold(family)}|{born}|postcode {''.join(code.groups())}", by_place=True)


def factors_of(person: Person, *, protected: bool) -> tuple[Factors, ...]:
    """All by which somebody may be looked for, of what a report says of them."""
    return tuple(dict.fromkeys(_found(person, protected)))


def _found(person: Person, protected: bool) -> Iterator[Factors]:
    written = person.birth_date.value if person.birth_date is not None and not person.birth_expected else None
    if person.birth_date is None or written is None or len(written) < _WHOLE_DAY:
        return
    born = person.birth_date.day()
    if born is None:
        return
    postcode = person.address.postcode if person.address is not None and not protected else None
    for name in person.names:
        family = name.family or ""
        made = by_given(family, born, name.given or ""), by_postcode(family, born, postcode) if postcode else None
        yield from (one for one in made if one is not None)


def _is_name(text: str) -> bool:
    return len(fold(text)) >= _SHORTEST
