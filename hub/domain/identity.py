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
from contracts.vocabulary import PersonRole

BY_EVIDENCE = "evidence"  # matched by the very same evidence as a report in question
BY_PEOPLE = "decided by people"  # matched as two people decided before
_NOT_NAMES = frozenset({"baby", "boy", "girl", "infant", "unborn", "unknown", "notknown", "tbc"})
_KINDS = {
    PersonRole.CHILD: "child",
    PersonRole.UNBORN_CHILD: "child",
    PersonRole.SIBLING: "child",
    PersonRole.PARENT_OR_CARER: "adult",
    PersonRole.ADULT_OF_CONCERN: "adult",
    PersonRole.PROFESSIONAL: "adult",
}
_NATIONAL = (Scheme.NHS_NUMBER, Scheme.UPN)


class Certainty(Enum):
    """How a report came to its person."""

    NEW = "new"
    KNOWN = "known"
    QUESTIONED = "questioned"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a report says of its subject that can be compared: exact identifiers, and words folded for comparison.

    `given_name` is its first three letters, so that a short form of a name agrees with the whole. `kind` is "child" or
    "adult", None where the report does not say.
    """

    identifiers: tuple[tuple[str, str], ...]
    birth_date: str | None
    family_name: str | None
    given_name: str | None = None
    kind: str | None = None

    def fingerprint(self) -> str:
        """All of it in one string: the same evidence again is the same person as before, questioned or not."""
        found = (f"{scheme}:{value}" for scheme, value in sorted(self.identifiers))
        return "\x1e".join((*found, *(value for _, value in self.words())))

    def words(self) -> tuple[tuple[str, str], ...]:
        """The words to compare, by name; one that the report does not state is left out."""
        pairs = (
            ("birth_date", self.birth_date),
            ("family_name", self.family_name),
            ("given_name", self.given_name),
            ("kind", self.kind),
        )
        return tuple((name, value) for name, value in pairs if value is not None)

    def national(self) -> dict[str, str]:
        """Scheme to value, for the national numbers."""
        return {scheme: value for scheme, value in self.identifiers if scheme in _NATIONAL}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom some identifier of the report leads to, and how each word compares with what is known of them.

    `agrees` leaves out a word that one side does not state. `never_join`: two people once decided that a report with
    one of these identifiers was about somebody else.
    """

    person_id: UUID
    matched_on: tuple[str, ...]
    agrees: tuple[tuple[str, bool], ...] = ()
    other_number_differs: bool = False
    never_join: bool = False

    def says(self, word: str) -> bool | None:
        """Whether the word agrees; None when it cannot be compared."""
        return dict(self.agrees).get(word)


@dataclass(frozen=True, slots=True)
class Link:
    """The person a report belongs to. QUESTIONED: a new person, and `candidates` to be looked at by a human.

    `differs`: it is the known person, and some word about them differs, such as a new surname.
    """

    certainty: Certainty
    person_id: UUID
    matched_on: tuple[str, ...] = ()
    candidates: tuple[UUID, ...] = ()
    why: str = ""
    differs: bool = False


def evidence(person: Person, source: str) -> Evidence:
    """What may be compared. An agency's own number counts only within that agency."""
    found: list[tuple[str, str]] = []
    for identifier in person.identifiers:
        if identifier.may_match:
            found.append(index_term(identifier, source))
    families = [fold(name.family) for name in person.names if name.family]
    folded = (fold(name.given) for name in person.names if name.given)
    givens = [given[:3] for given in folded if given not in _NOT_NAMES]
    born = person.birth_date.value if person.birth_date is not None and not person.birth_expected else None
    return Evidence(
        identifiers=tuple(dict.fromkeys(found)),
        birth_date=born if born is not None and len(born) >= 10 else None,
        family_name=next((name for name in families if name), None),
        given_name=next((name for name in givens if name), None),
        kind=_KINDS.get(person.role),
    )


def index_term(identifier: Identifier, source: str) -> tuple[str, str]:
    """The scheme and value under which an identifier is indexed; an agency's own numbers carry its source."""
    if identifier.scheme is Scheme.LOCAL:
        return identifier.scheme, f"{source} {identifier.value}"
    return identifier.scheme, identifier.value


def fold(text: str) -> str:
    """A name reduced to its letters, marks and case removed, so that Zoë and ZOE compare equal."""
    bare = text
    if text.isascii():  # plain letters have no marks
        if text.isalpha():
            return text.lower()
    else:
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
    differs = any(not agrees for _, agrees in candidate.agrees)
    return Link(Certainty.KNOWN, candidate.person_id, candidate.matched_on, differs=differs)


def _doubt(candidate: Candidate) -> str:
    """Why a human must look; empty when nothing speaks against the match.

    A wrong but valid number is the dangerous case: a sibling's, a twin's, a parent's. So a birth date or a given name
    that differs is enough to ask, whatever else agrees.
    """
    born, family, given = (candidate.says(word) for word in ("birth_date", "family_name", "given_name"))
    if candidate.other_number_differs:
        return "another_national_number_differs"
    if candidate.says("kind") is False:
        return "a_child_and_an_adult"
    if not (born or family or given) and False in (born, family, given):
        return "number_agrees_but_name_and_birth_date_do_not"
    if born is False:
        return "birth_date_differs"
    if given is False:
        return "given_name_differs"
    if candidate.never_join and not (born and family and given):
        return "found_before_to_be_two_people"
    return ""
