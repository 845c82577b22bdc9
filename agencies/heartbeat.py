"""What an agency's edge says of itself now and then: it is there, how far it counted, what it could not read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from agencies.agency import Agency, Result
from agencies.edge import Outgoing
from contracts import envelope
from contracts.catalogue import wire_type
from contracts.envelope import PublicKey
from contracts.events.feed import CountedCode, FeedHeartbeat
from contracts.signature import Attributes, SigningKey

OTHER = "other"
MOST_CODES = 50
_HEARTBEATS = UUID("0b9d2f64-6a35-5f0c-9f53-7a1c0d3b8e42")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many native records had one outcome for one reason code (empty where none is needed)."""

    result: Result
    reason: str
    times: int


@dataclass(frozen=True, slots=True)
class SoFar:
    """What an outbox has counted, read at one instant: its epoch, the last number given, how many still wait.

    `tallies` are of every record it took in; `unread` of those that could not be read and nobody has mended.
    """

    epoch: str
    last: int
    waiting: int
    tallies: tuple[Tally, ...]
    unread: tuple[Tally, ...]
    last_file: datetime | None = None


class Counting(Protocol):
    """An outbox that knows what it has counted."""

    def so_far(self) -> SoFar:
        """What it has counted, read at one instant. Raises what the outbox raises."""


@dataclass(frozen=True, slots=True)
class Heart:
    """Who says it, under which key, sealed to whom, and how often (None: only with what is sent).

    `left` is a code for each file that cannot be taken in where files are looked for; None where none are.
    """

    agency: Agency
    signing: SigningKey
    hub: PublicKey
    every_seconds: int | None = None
    left: tuple[str, ...] | None = None


def heartbeat(so_far: SoFar, now: datetime, heart: Heart) -> FeedHeartbeat:
    """What there is to say at `now` (UTC)."""
    return FeedHeartbeat(
        at=now,
        epoch=so_far.epoch,
        last=so_far.last,
        waiting=so_far.waiting,
        accepted=sum(one.times for one in so_far.tallies if one.result is Result.ACCEPTED),
        ignored=_by_code((one.reason, one.times) for one in so_far.tallies if one.result is Result.IGNORED),
        quarantined=_by_code((one.reason, one.times) for one in so_far.unread),
        quarantined_ever=sum(one.times for one in so_far.tallies if one.result is Result.QUARANTINED),
        last_file=so_far.last_file,
        every_seconds=heart.every_seconds,
        left=None if heart.left is None else _by_code(Counter(heart.left).items()),
    )


def seal_heartbeat(heart: Heart, said: FeedHeartbeat, outside: UUID, key: UUID) -> Outgoing:
    """The heartbeat signed and sealed as every other message is; `outside` and `key` are random, so it looks like one.

    It takes no number: a number given to a message that may be lost without harm would only make false gaps.
    """
    source, topic = heart.agency.source, heart.agency.inbound_topic
    event_id = uuid5(_HEARTBEATS, f"{source} {said.epoch} {said.at.isoformat()}")
    attributes = Attributes(event_id, source, wire_type(FeedHeartbeat), topic, said.at)
    message = envelope.seal(said.to_bytes(), attributes, heart.signing, heart.hub, outside)
    return Outgoing(topic=topic, key=str(key), message=message)


def _by_code(counted: Iterable[tuple[str, int]]) -> tuple[CountedCode, ...]:
    """The counts by code, the most frequent first; past MOST_CODES the rest are counted together."""
    ordered = sorted(counted, key=lambda one: (-one[1], one[0]))
    named = tuple(CountedCode(code=code or OTHER, times=times) for code, times in ordered[:MOST_CODES])
    rest = sum(times for _, times in ordered[MOST_CODES:])
    return (*named, CountedCode(code=OTHER, times=rest)) if rest else named
