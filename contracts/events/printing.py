"""Facts about paper: that a child's chronology was made into a document to be handed on, for whom, and as which copy.

Who disclosed, when, and to whom as far as possible: Data Protection Act 2018 s62(3).
"""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.described import Described
from contracts.event import Fact, Moment
from contracts.events.hub import Actor, Cited
from contracts.vocabulary import Purpose

Product = Literal["meeting_pack", "court_chronology"]


class PrintReason(Described):
    """Why a chronology is put on paper."""

    STRATEGY = "strategy", "A strategy discussion or meeting (Children Act 1989 s47)"
    CONFERENCE = "conference", "A child protection conference, or a review"
    PLANNING = "planning", "Another meeting of those who work with the child"
    PROCEEDINGS = "proceedings", "Family proceedings: to be filed with the court, or to advise on it"


class PrintDecided(Fact):
    """Somebody asked for a document of a child's chronology, and this is what was decided before any of it was made.

    It is kept with the `access.decided` whose `decision_id` it bears. `recipient` is the source of the agency it is for
    (empty: the court), `meant_for` who there, in the words of whoever asked. `copy_number` counts the documents of this
    child from 1; 0 where it was refused. What is held back from it stands in that decision.
    """

    TYPE = "print.decided"

    decision_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    purpose: Purpose
    product: Product
    reason: PrintReason
    recipient: str
    meant_for: str = Field(max_length=120)
    effect: Literal["permitted", "refused"]
    bars: tuple[Cited, ...] = ()
    copy_number: int = Field(ge=0)
    items: int = Field(ge=0)


FACTS = (PrintDecided,)
