"""Whose is it: a report is linked to a person by an exact identifier, or asked about; it is never merged on a guess.

Exact, checked identifiers only. An agreeing number with a disagreeing name and birth date is the dangerous case (a
wrong but valid number), so it makes a new person and a question for a human, as twins' numbers would.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from contracts.identifiers import Identifier, Scheme
from contracts.report import Person

_NATIONAL = (Scheme.NHS_NUMBER, Scheme.UPN)


class Certainty(Enum):
    """How a report came to its person."""

    NEW = "new"
    KNOWN = "known"
    QUESTIONED = "questioned"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a report says of its subject that can be compared: exact identifiers, and words folded for comparison."""

    identifiers: tuple[tuple[str, str], ...]
    birth_date: str | None
    family_name: str | None

    def fingerprint(self) -> str:
        """All of it in one string: the same evidence again is the same person as before, questioned or not."""
        return "\x1e".join((*(f"{scheme}:{value}" for scheme, value in sorted(self.identifiers)), *self._words()))

    def _words(self) -> tuple[str, str]:
        return self.birth_date or "", self.family_name or ""

    def national(self) -> dict[str, str]:
        """Scheme to value, for the national numbers."""
        return {scheme: value for scheme, value in self.identifiers if scheme in _NATIONAL}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom some identifier of the report leads to, and how the rest compares (None: nothing to compare)."""

    person_id: UUID
    matched_on: tuple[str, ...]
    birth_date_agrees: bool | None
    family_name_agrees: bool | None
    other_number_differs: bool
    never_join: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """The person a report belongs to. QUESTIONED: a new person, and `candidates` to be looked at by a human."""

    certainty: Certainty
    person_id: UUID
    matched_on: tuple[str, ...] = ()
    candidates: tuple[UUID, ...] = ()
    why: str = ""


def evidence(person: Person, source: str) -> Evidence:
    """What may be compared. An agency's own number counts only within that agency."""
    found: list[tuple[str, str]] = []
    for identifier in person.identifiers:
        if identifier.may_match:
            found.append(index_term(identifier, source))
    names = [fold(name.family) for name in person.names if name.family]
    born = person.birth_date.value if person.birth_date is not None and not person.birth_expected else None
    return Evidence(
        identifiers=tuple(dict.fromkeys(found)),
        birth_date=born if born is not None and len(born) >= 10 else None,
        family_name=next((name for name in names if name), None),
    )


def index_term(identifier: Identifier, source: str) -> tuple[str, str]:
    """The scheme and value under which an identifier is indexed; an agency's own numbers carry its source."""
    if identifier.scheme is Scheme.LOCAL:
        return identifier.scheme, f"{source} {identifier.value}"
    return identifier.scheme, identifier.value


def fold(text: str) -> str:
    """A name reduced to its letters, marks and case removed, so that Zoë and ZOE compare equal."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.sub(r"[^a-z]", "", bare.casefold())


def link(candidates: tuple[Candidate, ...], new_person: UUID) -> Link:
    """The link that these candidates warrant; `new_person` is the id to use when it is a new person."""
    if not candidates:
        return Link(Certainty.NEW, new_person)
    ids = tuple(candidate.person_id for candidate in candidates)
    if len(candidates) > 1:
        return Link(Certainty.QUESTIONED, new_person, candidates=ids, why="identifiers_lead_to_different_people")
    candidate = candidates[0]
    why = _doubt(candidate)
    if why:
        return Link(Certainty.QUESTIONED, new_person, candidate.matched_on, ids, why)
    return Link(Certainty.KNOWN, candidate.person_id, candidate.matched_on)


def _doubt(candidate: Candidate) -> str:
    if candidate.never_join:
        return "found_before_to_be_two_people"
    if candidate.other_number_differs:
        return "another_national_number_differs"
    compared = [agrees for agrees in (candidate.birth_date_agrees, candidate.family_name_agrees) if agrees is not None]
    if compared and not any(compared):
        return "number_agrees_but_name_and_birth_date_do_not"
    return ""
