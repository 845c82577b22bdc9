"""Heartbeats as a test says them."""

import base64
from datetime import datetime
from uuid import UUID

from agencies import registry as partners
from agencies.heartbeat import Heart, seal_heartbeat
from contracts.envelope import PublicKey, Sealed
from contracts.events.feed import CountedCode, FeedHeartbeat, HeartbeatKept
from contracts.signature import SigningKey
from tests.support.given import NOW, POLICE, an_id

EPOCH = "00000001"


def a_heartbeat(
    last: int = 0,
    at: datetime = NOW,
    *,
    epoch: str = EPOCH,
    waiting: int = 0,
    unread: int = 0,
    every_seconds: int | None = 60,
) -> FeedHeartbeat:
    """What an edge says of itself."""
    quarantined = (CountedCode(code="bad_date", times=unread),) if unread else ()
    return FeedHeartbeat(
        at=at,
        epoch=epoch,
        last=last,
        waiting=waiting,
        accepted=last,
        ignored=(),
        quarantined=quarantined,
        quarantined_ever=unread,
        every_seconds=every_seconds,
    )


def a_kept_heartbeat(
    said: FeedHeartbeat, received: datetime | None = None, *, went_back: bool = False
) -> HeartbeatKept:
    """The same as the hub keeps it, of the police unless said otherwise."""
    return HeartbeatKept(
        source=POLICE,
        event_id=an_id(said.at.isoformat()),
        received=received or said.at,
        went_back=went_back,
        version=FeedHeartbeat.VERSION,
        jws="header..signature",
        body=base64.b64encode(said.to_bytes()).decode("ascii"),
    )


def a_sealed_heartbeat(
    said: FeedHeartbeat, signing: SigningKey, hub: PublicKey, agency: str = "police", outside: UUID | None = None
) -> Sealed:
    """The heartbeat as that agency's edge sends it."""
    outgoing = seal_heartbeat(Heart(partners.by_name(agency), signing, hub), said, outside or an_id("a"), an_id("key"))
    return outgoing.message
