"""The hub's own facts about its sealed log: when a new one was begun."""

from typing import Literal

from contracts.event import Fact, Moment


class LogBegun(Fact):
    """The sealed log goes on under another origin, with a key of its own; this is the first entry under it.

    `cause`: a new year began, or the key of the one before is no longer to be trusted.
    """

    TYPE = "log.begun"

    at: Moment
    origin: str
    cause: Literal["year", "key_lost"]


FACTS = (LogBegun,)
