"""An agency's edge says that it is there and how far it has counted: kept as signed, the newest one only ever newer.

A heartbeat older than the newest kept says nothing that the newer does not (it counts from the beginning), so it is
answered and not kept: what is replayed or overtaken neither overwrites anything nor makes the store grow.
"""

from datetime import datetime

from contracts.base64_text import from_text, to_text
from contracts.catalogue import parse_wire_type, wire_types
from contracts.errors import NotGenuine, NotOfShape, UnknownType
from contracts.events.feed import FeedHeartbeat, HeartbeatKept
from contracts.events.hub import Mark, ReceiptIssued
from contracts.signature import Attributes, Signed
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import AlreadyKept, Conflict
from hub.domain.feed import CLOCKS_APART, WENT_BACK, went_back

HEARTBEAT = wire_types(FeedHeartbeat)
HEARD = "heartbeat"  # the mark by which an edge knows an answer to a heartbeat, which it need not keep
ATTEMPTS = 8


def take_heartbeat(store: Store, clock: Clock, attributes: Attributes, signed: Signed) -> ReceiptIssued:
    """The receipt for a heartbeat whose signer is proved; what it says is durable when this returns.

    Raises NotGenuine (altered_repeat), NotOfShape (clock_ahead), NotReadable, UnknownType, StoreUnavailable, Conflict.
    """
    kind, version = parse_wire_type(attributes.type)
    if kind is not FeedHeartbeat:
        raise UnknownType("type")
    said = FeedHeartbeat.from_bytes(signed.body, version)
    now = clock.now()
    if said.at > now + CLOCKS_APART:
        raise NotOfShape("clock_ahead", "at")
    stream = Stream.feed(attributes.source)
    for _ in range(ATTEMPTS):
        at_version, newest = store.newest(stream)
        before = newest if isinstance(newest, HeartbeatKept) else None
        if before is not None and said.at <= before.said().at:
            return _said_before(attributes, signed, said, before, now)
        kept = _kept(attributes, signed, version, now, back=before is not None and went_back(before.said(), said))
        try:
            store.keep((Entry(stream, clock.new_id(), kept, expected=at_version),))
        except (Conflict, AlreadyKept):
            continue
        return _receipt(attributes, said, now, kept.went_back)
    raise Conflict("the feed's heartbeats would not hold still")


def _kept(attributes: Attributes, signed: Signed, version: int, now: datetime, *, back: bool) -> HeartbeatKept:
    return HeartbeatKept(
        source=attributes.source,
        event_id=attributes.id,
        received=now,
        went_back=back,
        version=version,
        jws=signed.jws,
        body=to_text(signed.body),
    )


def _said_before(
    attributes: Attributes, signed: Signed, said: FeedHeartbeat, before: HeartbeatKept, now: datetime
) -> ReceiptIssued:
    """The answer to one that is not newer; the same id over other bytes is an alarm."""
    if before.event_id == attributes.id and from_text(before.body) != signed.body:
        raise NotGenuine("altered_repeat")
    return _receipt(attributes, said, now, back=False).model_copy(update={"outcome": "duplicate"})


def _receipt(attributes: Attributes, said: FeedHeartbeat, now: datetime, back: bool) -> ReceiptIssued:
    """`sequence` says of which epoch and number it is, so that an edge whose numbers went back knows which to leave."""
    marks = (Mark(code=HEARD), Mark(code=WENT_BACK)) if back else (Mark(code=HEARD),)
    return ReceiptIssued(
        source=attributes.source,
        event_id=str(attributes.id),
        outcome="accepted",
        code="",
        where="",
        at=now,
        marks=marks,
        sequence=f"{said.epoch}.{said.last}",
    )
