"""People as tables and notices name them: names, birth date, sex, number; and whether they were told."""

from agencies.formats.unsound import Unsound
from contracts.identifiers import Scheme, identifier
from contracts.report import Name, Person, Told
from contracts.vocabulary import PersonRole, Sex, Telling
from contracts.when import When

SEX = {"F": Sex.FEMALE, "M": Sex.MALE, "U": Sex.UNKNOWN, "": Sex.UNKNOWN}
_TELLINGS = {str(telling): telling for telling in Telling}


def names(given: str | None, family: str | None, known_as: str | None = None) -> tuple[Name, ...]:
    """The names given; what somebody is known as is an alias."""
    official = (Name(given=given or None, family=family or None),) if given or family else ()
    return (*official, *((Name(text=known_as, use="alias"),) if known_as else ()))


def child(
    ref: str,
    role: PersonRole,
    *,
    given: str | None,
    family: str | None,
    born: When | None,
    nhs_number: str | None,
    sex: str | None = None,
    traced: bool | None = None,
) -> Person:
    """A child as named. Raises Unsound: person_missing when nothing is given, unknown_sex."""
    if not (given or family or born or nhs_number):
        raise Unsound("person_missing")
    if (sex or "") not in SEX:
        raise Unsound("unknown_sex")
    return Person(
        ref=ref,
        role=role,
        identifiers=(identifier(Scheme.NHS_NUMBER, nhs_number, traced=traced),) if nhs_number else (),
        names=names(given, family),
        birth_date=born,
        sex=SEX[sex or ""],
    )


def told(
    person: str,
    state: str,
    *,
    reason: str | None = None,
    decided_by: str | None = None,
    approved_by: str | None = None,
    on: When | None = None,
    review_on: When | None = None,
) -> Told:
    """Whether the person was told, by the code of the vocabulary. Raises Unsound `unknown_telling`."""
    if state not in _TELLINGS:
        raise Unsound("unknown_telling")
    return Told(
        person=person,
        state=_TELLINGS[state],
        reason=reason or None,
        decided_by=decided_by or None,
        approved_by=approved_by or None,
        on=on,
        review_on=review_on,
    )
