"""The hub's own facts about what is held apart: who asked to open it, and what was decided."""

from typing import Literal
from uuid import UUID

from contracts.compartment import Compartment
from contracts.described import Described
from contracts.event import Fact, Moment
from contracts.events.erasure import SaidBy
from contracts.events.hub import Actor, Cited
from contracts.report import Statement
from contracts.vocabulary import LogOperation, Purpose


class OpeningReason(Described):
    """Why somebody opens what is held apart: what turns on it that the rest of the record does not tell."""

    SAFETY = "safety", "Somebody has to reach the child, or keep someone from them, today"
    STRATEGY = "strategy", "What is decided about the child next turns on it"
    REVIEW = "review", "Words that may tell where the child is wait for somebody to look at them"
    NO_ANSWER = "no_answer", "The agency that holds it was called and does not answer"


class CompartmentAsked(Fact):
    """A person asked to open what one report holds apart, and this was decided before anything was opened.

    `owner` is the source that stated it; it is told of each asking, permitted or not. `stepped_up_at` is when the
    person last proved who they are. `reason` is the code of a refusal; `why` what the person chose (None: of an earlier
    release). `agreed`: which second person agreed to it, where it takes two, and when.
    """

    TYPE = "compartment.asked"

    decision_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    purpose: Purpose
    operation: LogOperation
    report_id: UUID
    compartment: Compartment
    effect: Literal["permitted", "refused"]
    reason: Literal["", "role", "purpose", "step_up", "witnesses", "need", "not_held", "law", "second_person"]
    law: str
    grounds: tuple[Cited, ...]
    bars: tuple[Cited, ...]
    history_version: int
    owner: str
    stepped_up_at: Moment | None = None
    why: OpeningReason | None = None
    agreed: SaidBy | None = None


class OpeningProposed(Fact):
    """Somebody may open what a report holds apart in a compartment that takes two people; a second has yet to agree.

    It is named after no decision: the asking was refused until somebody agrees. `stepped_up_at` is when whoever asks
    last proved who they are.
    """

    TYPE = "opening.proposed"

    proposal_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    purpose: Purpose
    report_id: UUID
    compartment: Compartment
    owner: str
    stepped_up_at: Moment
    why: OpeningReason | None = None


class OpeningAgreed(Fact):
    """A second person, who proved who they are, agreed that whoever proposed it opens it; for a short time."""

    TYPE = "opening.agreed"

    proposal_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    stepped_up_at: Moment


class WordsReviewed(Fact):
    """Somebody looked at words that may tell where a protected person is, and released them or kept them apart.

    `decision_id` is of the opening for it; `statements` are those that were released, as their agency stated them.
    """

    TYPE = "words.reviewed"

    review_id: UUID
    at: Moment
    person_id: UUID
    report_id: UUID
    by: Actor
    decision_id: UUID
    outcome: Literal["released", "kept"]
    statements: tuple[Statement, ...] = ()


class AddressNotProtected(Fact):
    """A report protects an address and gives none, and the last one that was given could not be read.

    So nothing is held apart by it, and those who check are told at once. The report itself is taken in.
    """

    TYPE = "address.not_protected"

    alarm_id: UUID
    at: Moment
    person_id: UUID
    report_id: UUID
    source: str


FACTS = (CompartmentAsked, OpeningProposed, OpeningAgreed, WordsReviewed, AddressNotProtected)
