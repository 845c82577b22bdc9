"""The shape that every rule file fills: LAW, one function `judge`, EXAMPLES.

A rule is asked about one thing at a time: the request as a whole, one item, one person in one item, or whether one
person was told. It answers None when it has nothing to say.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from consent.circumstances import Circumstances
from consent.finding import Answer, Effect, Evidence, Question
from consent.packs import LawSettings, Pack
from consent.request import Act, FactsInLaw, Item, PersonBasis, PersonTelling, Request
from contracts.vocabulary import AgencyKind, Purpose

MOVING = frozenset({Act.HOLD, Act.SHARE})
SHARING = frozenset({Act.SHARE})
READING = frozenset({Act.READ})


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """The law behind a rule. `rows` are the rows of the decision table that it carries out.

    `valid_from` and `valid_to` are its first and last day. `only_with` and `never_with` tie it to a part of the pack
    whose start is a setting. `holds` marks a warning whose default is not to share until a person has acknowledged it.
    Two laws are the same only if they are one and the same value: the rulebook is looked up quickly by that.
    """

    id: str
    title: str
    citation: str
    valid_from: date
    valid_to: date | None
    evidence: Evidence
    verified_by: str
    rows: tuple[str, ...]
    effect: Effect
    question: Question
    acts: frozenset[Act] = MOVING
    only_with: str | None = None
    never_with: str | None = None
    holds: bool = False

    def in_force(self, day: date, pack: Pack) -> bool:
        """Whether this was the law on `day`, of which `pack` is the law in force."""
        if day < self.valid_from or (self.valid_to is not None and day > self.valid_to):
            return False
        if self.only_with is not None and self.only_with not in pack.codes:
            return False
        return self.never_with is None or self.never_with not in pack.codes


@dataclass(frozen=True, slots=True)
class RequestCase:
    """The request as a whole."""

    request: Request
    facts: FactsInLaw
    around: Circumstances
    purpose: Purpose | None


@dataclass(frozen=True, slots=True)
class ItemCase(RequestCase):
    """One item. `body` is the kind of agency whose basis is judged: the sender on HOLD, the sharer on SHARE."""

    item: Item
    body: AgencyKind
    public: bool
    special: bool
    criminal: bool


@dataclass(frozen=True, slots=True)
class PersonCase(ItemCase):
    """The basis stated for one person in one item."""

    basis: PersonBasis


@dataclass(frozen=True, slots=True)
class TellingCase(ItemCase):
    """Whether one person in one item was told."""

    telling: PersonTelling


@dataclass(frozen=True, slots=True)
class Example:
    """A question to which a rule applies, or does not; a test asks each of them."""

    name: str
    applies: bool
    request: Request
    facts: FactsInLaw
    settings: LawSettings = LawSettings()


class _File(Protocol):
    @property
    def LAW(self) -> Law: ...
    @property
    def EXAMPLES(self) -> tuple[Example, ...]: ...


class RequestFile(_File, Protocol):
    """A rule file that judges a request as a whole."""

    def judge(self, case: RequestCase) -> Answer | None:
        """What it says, or None."""


class ItemFile(_File, Protocol):
    """A rule file that judges one item."""

    def judge(self, case: ItemCase) -> Answer | None:
        """What it says, or None."""


class PersonFile(_File, Protocol):
    """A rule file that judges the basis stated for one person."""

    def judge(self, case: PersonCase) -> Answer | None:
        """What it says, or None."""


class TellingFile(_File, Protocol):
    """A rule file that judges whether one person was told."""

    def judge(self, case: TellingCase) -> Answer | None:
        """What it says, or None."""


@dataclass(frozen=True, slots=True, eq=False)
class OfRequest:
    """A rule about the request as a whole."""

    law: Law
    file: RequestFile


@dataclass(frozen=True, slots=True, eq=False)
class OfItem:
    """A rule about each item."""

    law: Law
    file: ItemFile


@dataclass(frozen=True, slots=True, eq=False)
class OfPerson:
    """A rule about the basis stated for each person in each item."""

    law: Law
    file: PersonFile


@dataclass(frozen=True, slots=True, eq=False)
class OfTelling:
    """A rule about whether each person in each item was told."""

    law: Law
    file: TellingFile


Rule = OfRequest | OfItem | OfPerson | OfTelling


def of_request(*files: RequestFile) -> tuple[Rule, ...]:
    """These files as rules about the request as a whole."""
    return tuple(OfRequest(file.LAW, file) for file in files)


def of_item(*files: ItemFile) -> tuple[Rule, ...]:
    """These files as rules about each item."""
    return tuple(OfItem(file.LAW, file) for file in files)


def of_person(*files: PersonFile) -> tuple[Rule, ...]:
    """These files as rules about each person's basis."""
    return tuple(OfPerson(file.LAW, file) for file in files)


def of_telling(*files: TellingFile) -> tuple[Rule, ...]:
    """These files as rules about whether each person was told."""
    return tuple(OfTelling(file.LAW, file) for file in files)
