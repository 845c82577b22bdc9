"""Facts about a feed itself: an agency's edge says it is there, how far it has counted, what it could not read.

Numbering alone cannot show that the last message was lost, nor tell silence from having nothing to say; this does.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.base64_text import from_text
from contracts.event import Fact, Moment, Shape, Upcast
from contracts.events import heartbeat_first, heartbeat_second

LONGEST_INTERVAL_SECONDS = 99_999
_CODE = r"^[a-z][a-z0-9_]{0,59}$"
_MOST = 10**15 - 1
_MOST_CODES = 100


class CountedCode(Shape):
    """How many native records an edge set aside, or left alone, for one reason; the code alone, never a value."""

    code: str = Field(pattern=_CODE)
    times: int = Field(ge=1, le=_MOST)


class FeedHeartbeat(Fact):
    """What an agency's edge says of itself at `at`. It is signed by the agency and takes no number of its feed.

    `last` is the highest number given to a message in `epoch` (0: none yet); `waiting` of those are not on the bus
    yet. The counts are of native records since the outbox was begun, but `quarantined`, which is of those that could
    not be read and nobody has mended; `quarantined_ever` counts the mended ones too. `every_seconds` is how often the
    edge will say so; absent where it says so only when it sends, so that its silence tells nothing. `left` counts the
    files that lie where the edge takes files in, and that it cannot take in at all; absent where that is not known. In
    version 1 nothing could be mended; version 2 said nothing of files left.
    """

    TYPE = "feed.heartbeat"
    VERSION = 3
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {
        1: heartbeat_first.nothing_was_mended,
        2: heartbeat_second.nothing_was_said_of_files,
    }
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {1: heartbeat_first.schema, 2: heartbeat_second.schema}

    at: Moment
    epoch: str = Field(pattern=r"^[0-9a-f]{8}$")
    last: int = Field(ge=0, le=_MOST)
    waiting: int = Field(ge=0, le=_MOST)
    accepted: int = Field(ge=0, le=_MOST)
    ignored: tuple[CountedCode, ...] = Field(max_length=_MOST_CODES)
    quarantined: tuple[CountedCode, ...] = Field(max_length=_MOST_CODES)
    quarantined_ever: int = Field(ge=0, le=_MOST)
    left: tuple[CountedCode, ...] | None = Field(default=None, max_length=_MOST_CODES)
    last_file: Moment | None = None
    every_seconds: int | None = Field(default=None, ge=1, le=LONGEST_INTERVAL_SECONDS)

    @property
    def sent(self) -> int:
        """The highest number that is on the bus, as the edge has it; 0 when none is."""
        return max(self.last - self.waiting, 0)


class HeartbeatKept(Fact):
    """The hub took in an agency's heartbeat. `jws` and `body` (base64) are just what the agency signed.

    `version` is that of the body. `went_back` says that the edge counts lower than it did before in the same epoch:
    its outbox was put back to an earlier state, so numbers are given twice.
    """

    TYPE = "heartbeat.kept"

    source: str
    event_id: UUID
    received: Moment
    went_back: bool = False
    version: int
    jws: str
    body: str

    def said(self) -> FeedHeartbeat:
        """The heartbeat, as today's version. Raises NotOfShape, UnknownType."""
        return FeedHeartbeat.from_kept_bytes(from_text(self.body), self.version)

    def alive_at(self) -> datetime:
        """When the edge was alive for certain: never later than the heartbeat came (UTC)."""
        return min(self.said().at, self.received)


FACTS = (FeedHeartbeat, HeartbeatKept)
