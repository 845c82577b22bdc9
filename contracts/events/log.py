"""The hub's own facts about its sealed log: when a new one was begun, and which witness is trusted again."""

from typing import Literal

from contracts.event import Fact, Moment
from contracts.events.hub import Actor


class LogBegun(Fact):
    """The sealed log goes on under another origin, with a key of its own; this is the first entry under it.

    `cause`: a new year began, or the key of the one before is no longer to be trusted.
    """

    TYPE = "log.begun"

    at: Moment
    origin: str
    cause: Literal["year", "key_lost"]


class WitnessReadmitted(Fact):
    """A witness that had forgotten what it cosigned counts again, because somebody who checks says so.

    `witness` is its name in this hub's policy, `key_id` the id of its key, `since` when it was left out. `why`: its
    keeper put an old copy of its book back and says so, or it had not gone back at all.
    """

    TYPE = "witness.readmitted"

    at: Moment
    by: Actor
    witness: str
    key_id: str
    since: Moment
    why: Literal["copy_put_back", "had_not_gone_back"]


FACTS = (LogBegun, WitnessReadmitted)
