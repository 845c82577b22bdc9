"""The hub's own facts about what is held apart: who asked to open it, and what was decided."""

from typing import Literal
from uuid import UUID

from contracts.compartment import Compartment
from contracts.event import Fact, Moment
from contracts.events.hub import Actor, Cited
from contracts.vocabulary import LogOperation, Purpose


class CompartmentAsked(Fact):
    """A person asked to open what one report holds apart, and this was decided before anything was opened.

    `owner` is the source that stated it; it is told of each asking, permitted or not. `stepped_up_at` is when the
    person last proved who they are. `reason` is the code of a refusal.
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
    reason: Literal["", "role", "purpose", "step_up", "witnesses", "need", "not_held", "law"]
    law: str
    grounds: tuple[Cited, ...]
    bars: tuple[Cited, ...]
    history_version: int
    owner: str
    stepped_up_at: Moment | None = None


FACTS = (CompartmentAsked,)
