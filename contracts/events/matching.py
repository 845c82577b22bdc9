"""Facts about whose a report is: a question answered, a move proposed, and who is told that what they saw was wrong."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.event import Fact, Moment, Shape
from contracts.events.hub import Actor


class QuestionAnswered(Fact):
    """A person looked at a report in question: it is of nobody of the `candidates`, or they could not say.

    `moved`: it was found to be of one of them, or of somebody else, and was moved (`report.unlinked`).
    """

    TYPE = "question.answered"

    report_id: UUID
    person_id: UUID
    candidates: tuple[UUID, ...]
    at: Moment
    by: Actor
    answer: Literal["different", "not_sure", "moved"]
    reason: str = Field(default="", max_length=500)


class MoveProposed(Fact):
    """Somebody says that a report belongs to another person (None: one not known before); nothing is moved yet."""

    TYPE = "move.proposed"

    move_id: UUID
    at: Moment
    by: Actor
    report_id: UUID
    person_id: UUID
    to_person: UUID | None = None
    reason: str = Field(max_length=500)


class SawIt(Shape):
    """Somebody to whom the chronology was shown while the report stood in it, and by which decision."""

    issuer: str
    subject: str
    at: Moment
    decision_id: UUID


class ReadersNamed(Fact):
    """A report was moved; these were shown it with a person whom it is not about, and are told. Not whose it is."""

    TYPE = "readers.named"

    report_id: UUID
    person_id: UUID
    at: Moment
    readers: tuple[SawIt, ...]


FACTS = (QuestionAnswered, MoveProposed, ReadersNamed)
