"""Facts about asking agencies what they hold on a child, and what each answered: silence is never an answer."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.event import Fact, Moment
from contracts.events.hub import Actor
from contracts.vocabulary import Purpose

Wanted = Literal["known", "concerns", "last_seen", "household", "worker"]
Answer = Literal["known_relevant", "known_nothing_relevant", "not_known", "more_time", "cannot_share"]


class InformationRequested(Fact):
    """Somebody at the MASH asked one agency (a source) what it holds on a child, for a purpose, by a time (UTC)."""

    TYPE = "information.requested"

    request_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    agency: str = Field(max_length=200)
    purpose: Purpose
    wanted: tuple[Wanted, ...] = Field(min_length=1)
    due_by: Moment


class InformationAnswered(Fact):
    """The agency that was asked answered. `more_time` leaves it open until `due_by`; `reason`: why it cannot share.

    `actor`: who put it on record, at that agency, or at the one that asked, which it told.
    """

    TYPE = "information.answered"

    answer_id: UUID
    request_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    answer: Answer
    reason: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]{0,39}$")
    due_by: Moment | None = None


FACTS = (InformationRequested, InformationAnswered)
