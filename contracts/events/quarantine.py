"""Facts about what was set aside: who asked about it, and what became of it when it was tried again."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.event import Fact, Moment
from contracts.events.hub import Actor, Cited
from contracts.vocabulary import Purpose

_CODE = r"^[a-z][a-z0-9_]{0,59}$"


class QuarantineAsked(Fact):
    """Somebody asked to see, or to try again, what was set aside, and this is what was decided, before any of it.

    `numbers` are the messages asked for (empty: the list), `code` and `source` what the list was narrowed to, `items`
    how many messages were shown or are tried.
    """

    TYPE = "quarantine.asked"

    decision_id: UUID
    at: Moment
    actor: Actor
    purpose: Purpose | None = None
    act: Literal["list", "show", "replay"]
    numbers: tuple[int, ...] = ()
    code: str | None = Field(default=None, pattern=_CODE)
    source: str | None = None
    effect: Literal["permitted", "refused"]
    law: str
    grounds: tuple[Cited, ...]
    bars: tuple[Cited, ...]
    items: int = Field(ge=0)


class QuarantineReplayed(Fact):
    """A message that was set aside was received again, just as if it had arrived now.

    `number` is the position at which it was set aside; `source`, `event_id`, `proved` and `sequence` are as they were
    then. `by` is absent where the hub did it by itself, after an upgrade, once for each `edition` of the language.
    `outcome`, `code` and `where` are what its sender was answered. `settles`: from now on it counts under `outcome`,
    and no longer as set aside.
    """

    TYPE = "quarantine.replayed"

    number: int = Field(ge=1)
    at: Moment
    by: Actor | None = None
    decision_id: UUID | None = None
    edition: str
    source: str | None = None
    event_id: str | None = None
    proved: bool
    sequence: str = ""
    outcome: Literal["accepted", "duplicate", "quarantined"]
    code: str
    where: str
    settles: bool


FACTS = (QuarantineAsked, QuarantineReplayed)
