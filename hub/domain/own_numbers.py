"""By which numbers a child is known, as the reports about that child that are shown state them."""

from typing import Final

from contracts.identifiers import Identifier
from contracts.report import Person
from contracts.vocabulary import PersonRole
from hub.domain.chronology import Chronology

_CHILD: Final = frozenset({PersonRole.CHILD, PersonRole.UNBORN_CHILD})


def name_of(person: Person) -> str:
    """The first name by which a report knows a person; empty when it gives none."""
    for one in person.names:
        if name := one.text or " ".join(part for part in (one.given, one.family) if part):
            return name
    return ""


def own_numbers(shown: Chronology) -> tuple[Identifier, ...]:
    """Each number once, in the order in which they were stated.

    A report may name another child of the family too: a number beside another name is none of this child's.
    """
    people = (
        person for entry in (*shown.described, *shown.entries) for person in entry.people if person.role in _CHILD
    )
    own = (person for person in people if name_of(person) in ("", *shown.names))
    every = {(one.scheme, one.value): one for person in own for one in person.identifiers}
    return tuple(every.values())
