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
from contracts import bundle, strict_json
from contracts.envelope import PublicKey, Sealed
from contracts.errors import NotReadable
from contracts.report import Report
from contracts.signature import Attributes, SigningKey

BULK_FROM = 50  # facts in one file from which they are signed together and sealed in bundles
LANES = 64  # routing keys of one agency; more of them would tell the broker how often one child is reported on


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed message for the bus. `key` keeps one child's messages in order and tells an outsider nothing."""

    topic: str
    key: str
    message: Sealed
    facts: int = 1  # how many it holds


@dataclass(frozen=True, slots=True)
class NativeFile:
    """A file in the agency's own form: the name it came under, and its bytes."""

    name: str
    raw: bytes


Numbered = tuple[tuple[Stated, str], ...]
"""Facts in order, each with its place in what the agency publishes."""


class Outbox(Protocol):
    """Where an edge keeps what it took in and what it has still to publish; durable before each call returns."""

    def take_in(
        self, native: NativeFile, outcomes: tuple[Outcome, ...], seal: Callable[[Numbered], tuple[Outgoing, ...]]
    ) -> None:
        """Keep the native bytes, what became of each record, and the messages that hold its facts, all or none.

        Each fact gets the next number of the outbox's own epoch (`epoch.number`), with none left out.
        """

    def waiting(self, limit: int) -> tuple[tuple[int, Outgoing], ...]:
        """The oldest messages not yet published, with their positions, oldest first."""

    def published(self, positions: tuple[int, ...]) -> None:
        """Those messages are on the bus; they are not offered again."""


class Publisher(Protocol):
    """The bus, as an edge sees it."""

    def publish(self, outgoing: Outgoing) -> None:
        """Put the message on the bus; it is durable when this returns."""

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """Put the messages on the bus, in order for each key; all durable when this returns, some if it raises."""


@dataclass(frozen=True, slots=True)
class EdgeKeys:
    """What an edge holds: the key that signs for the agency, the secret for routing keys, the public key of the hub."""

    signing: SigningKey
    routing_secret: bytes
    hub: PublicKey


def take_in(agency: Agency, native: NativeFile, keys: EdgeKeys, now: datetime, outbox: Outbox) -> tuple[Outcome, ...]:
    """What became of each native record in the file; facts are sealed and in the outbox when this returns."""
    outcomes = tuple(fit_to_send(outcome) for outcome in agency.translate(native.raw, native.name))
    outbox.take_in(native, outcomes, lambda numbered: seal_all(agency, numbered, keys, now))
    return outcomes


def fit_to_send(outcome: Outcome) -> Outcome:
    """The outcome, or its record quarantined when one of its facts is too big or holds what nobody could read back."""
    try:
        too_big = any(len(fact.report.to_bytes()) > strict_json.MAX_BYTES for fact in outcome.facts)
    except NotReadable as refused:
        return quarantined(outcome.record, refused.code)
    return quarantined(outcome.record, "too_big") if too_big else outcome


def seal_all(agency: Agency, numbered: Numbered, keys: EdgeKeys, now: datetime) -> tuple[Outgoing, ...]:
    """The messages that hold these facts: one for each, or bundles by routing key when there are many.

    A bundle holds what has one routing key, in order, so facts about one person stay in order, bundled or not.
    """
    if len(numbered) < BULK_FROM:
        return tuple(seal(agency, fact, keys, now, sequence) for fact, sequence in numbered)
    lanes: dict[str, list[bundle.Statement]] = {}
    for fact, sequence in numbered:
        lane = lanes.setdefault(routing_key(keys.routing_secret, fact.report), [])
        lane.append((fact.report.to_bytes(), _attributes(agency, fact, now, sequence)))
    return tuple(
        _sealed(part, key, keys) for key, statements in lanes.items() for part in bundle.parts(tuple(statements))
    )


def seal(agency: Agency, fact: Stated, keys: EdgeKeys, now: datetime, sequence: str) -> Outgoing:
    """The fact signed by the agency under its place in what the agency publishes, and sealed to the hub."""
    statement = (fact.report.to_bytes(), _attributes(agency, fact, now, sequence))
    return _sealed((statement,), routing_key(keys.routing_secret, fact.report), keys)


def _attributes(agency: Agency, fact: Stated, now: datetime, sequence: str) -> Attributes:
    return Attributes(fact.event_id, agency.source, fact.type, agency.inbound_topic, now, sequence)


def _sealed(statements: tuple[bundle.Statement, ...], key: str, keys: EdgeKeys) -> Outgoing:
    first = statements[0][1]
    outside = _token(keys.routing_secret, f"id {first.id}")
    message = bundle.seal_together(statements, keys.signing, keys.hub, outside)
    return Outgoing(first.topic, key, message, len(statements))


def publish_waiting(outbox: Outbox, publisher: Publisher, limit: int = 500) -> int:
    """How many messages were put on the bus, oldest first. Stopped halfway, the rest wait; a repeat is harmless."""
    waiting = outbox.waiting(limit)
    if waiting:
        publisher.send_all(tuple(outgoing for _, outgoing in waiting))
        outbox.published(tuple(position for position, _ in waiting))
    return len(waiting)


def routing_key(secret: bytes, report: Report) -> str:
    """A random-looking token, the same for every report about one person by one agency (keyed; no personal data).

    It is one of LANES, so it stands for many people, and nobody can count or follow the reports about one.
    """
    subject = report.subject()
    names: Iterable[str] = sorted(str(identifier) for identifier in subject.identifiers if identifier.may_match)
    about = next(iter(names), None) or report.record.record_id
    lane = int.from_bytes(hmac.digest(secret, about.encode(), sha256)) % LANES
    return str(_token(secret, f"lane {lane}"))


def _token(secret: bytes, text: str) -> UUID:
    return UUID(bytes=hmac.digest(secret, text.encode(), sha256)[:16], version=4)
