"""The partner side of the exchange: a native file becomes facts, each signed, sealed to the hub and put in the outbox.

Nothing is published that the outbox does not hold, so a crash loses nothing and a repeat is harmless.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from agencies.agency import Agency, Outcome, Stated, quarantined
from contracts import envelope, strict_json
from contracts.envelope import PublicKey, Sealed
from contracts.errors import NotReadable
from contracts.report import Report
from contracts.signature import Attributes, SigningKey


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed message for the bus. `key` keeps one child's messages in order and tells an outsider nothing."""

    topic: str
    key: str
    message: Sealed


@dataclass(frozen=True, slots=True)
class NativeFile:
    """A file in the agency's own form: the name it came under, and its bytes."""

    name: str
    raw: bytes


class Outbox(Protocol):
    """Where an edge keeps what it took in and what it has still to publish; durable before each call returns."""

    def take_in(
        self, native: NativeFile, outcomes: tuple[Outcome, ...], seal: Callable[[Stated, str], Outgoing]
    ) -> None:
        """Keep the native bytes, what became of each record, and a message for each fact, all or none.

        Each message gets the next number of the outbox's own epoch (`epoch.number`), with none left out.
        """

    def waiting(self, limit: int) -> tuple[tuple[int, Outgoing], ...]:
        """The oldest messages not yet published, with their positions, oldest first."""

    def published(self, position: int) -> None:
        """That message is on the bus; it is not offered again."""


class Publisher(Protocol):
    """The bus, as an edge sees it."""

    def publish(self, outgoing: Outgoing) -> None:
        """Put the message on the bus; it is durable when this returns."""


@dataclass(frozen=True, slots=True)
class EdgeKeys:
    """What an edge holds: the key that signs for the agency, the secret for routing keys, the public key of the hub."""

    signing: SigningKey
    routing_secret: bytes
    hub: PublicKey


def take_in(agency: Agency, native: NativeFile, keys: EdgeKeys, now: datetime, outbox: Outbox) -> tuple[Outcome, ...]:
    """What became of each native record in the file; facts are sealed and in the outbox when this returns."""
    outcomes = tuple(fit_to_send(outcome) for outcome in agency.translate(native.raw, native.name))
    outbox.take_in(native, outcomes, lambda fact, sequence: seal(agency, fact, keys, now, sequence))
    return outcomes


def fit_to_send(outcome: Outcome) -> Outcome:
    """The outcome, or its record quarantined when one of its facts is too big or holds what nobody could read back."""
    try:
        too_big = any(len(fact.report.to_bytes()) > strict_json.MAX_BYTES for fact in outcome.facts)
    except NotReadable as refused:
        return quarantined(outcome.record, refused.code)
    return quarantined(outcome.record, "too_big") if too_big else outcome


def seal(agency: Agency, fact: Stated, keys: EdgeKeys, now: datetime, sequence: str) -> Outgoing:
    """The fact signed by the agency under its place in what the agency publishes, and sealed to the hub."""
    topic = agency.inbound_topic
    attributes = Attributes(fact.event_id, agency.source, fact.type, topic, now, sequence)
    outside = _token(keys.routing_secret, f"id {fact.event_id}")
    message = envelope.seal(fact.report.to_bytes(), attributes, keys.signing, keys.hub, outside)
    return Outgoing(topic=topic, key=routing_key(keys.routing_secret, fact.report), message=message)


def publish_waiting(outbox: Outbox, publisher: Publisher, limit: int = 500) -> int:
    """How many messages were put on the bus, oldest first. Stopped halfway, the rest wait; a repeat is harmless."""
    waiting = outbox.waiting(limit)
    for position, outgoing in waiting:
        publisher.publish(outgoing)
        outbox.published(position)
    return len(waiting)


def routing_key(secret: bytes, report: Report) -> str:
    """A random-looking token, the same for every report about one person by one agency (keyed; no personal data)."""
    subject = report.subject()
    names: Iterable[str] = sorted(str(identifier) for identifier in subject.identifiers if identifier.may_match)
    about = next(iter(names), None) or report.record.record_id
    return str(_token(secret, about))


def _token(secret: bytes, text: str) -> UUID:
    return UUID(bytes=hmac.digest(secret, text.encode(), sha256)[:16], version=4)
