"""One partner's side of the road: its own keys, outbox and inbox in one folder, the hub's public keys, and a bus."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from agencies.agency import Agency, Delivered, Outcome
from agencies.edge import EdgeKeys, NativeFile, Publisher, publish_waiting, take_in
from agencies.heartbeat import Heart
from contracts.base64_text import to_text
from contracts.errors import ContractError
from contracts.events.feed import FeedHeartbeat
from contracts.events.hub import AgencyEnrolled, ReceiptIssued
from contracts.signature import SigningKey
from hub.adapters import crossing, edge_collect, heartbeats
from hub.adapters.edge_collect import EdgeDesk
from hub.adapters.edge_inbox import EdgeInbox
from hub.adapters.keys import Keyring
from hub.adapters.outbox import SqliteOutbox
from hub.adapters.outbox_tally import Unread as UnreadRecord
from hub.adapters.private_file import write_through
from hub.adapters.public_keys import HubKeys
from hub.adapters.telemetry import Telemetry
from hub.adapters.telemetry_words import Doing
from hub.application.bus_port import Bus, Unread
from hub.application.ports import Clock
from hub.domain.errors import StoreUnavailable

_NUMBER = "signing-key-number"


class Road(Bus, Publisher, Protocol):
    """A bus, as a process holds it."""

    def reach(self) -> None:
        """Nothing, when it answers. Raises StoreUnavailable."""

    def lag(self, consumer: str, topics: tuple[str, ...]) -> tuple[Unread, ...]:
        """What the consumer has not done with of each topic: all of it, or this process's part where it reads them.

        Raises StoreUnavailable.
        """

    def close(self) -> None:
        """Let it go; again, nothing. Raises StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """What an edge reaches beyond its own folder: the hub's public keys, a bus, a clock."""

    hub: HubKeys
    bus: Road
    clock: Clock
    telemetry: Telemetry = field(default_factory=Telemetry)


class PartnerKeys:
    """A partner's own keys, made on first use, that never leave their folder."""

    def __init__(self, agency: Agency, folder: Path) -> None:
        """Open them. Raises StoreUnavailable."""
        self.agency = agency
        self._folder = folder
        self.keyring = Keyring(folder)
        self.signing = _signing(agency, self.keyring, _number(folder))
        self.seal = X25519PrivateKey.from_private_bytes(self.keyring.secret("seal"))

    def enrolment(self, clock: Clock) -> AgencyEnrolled:
        """What the hub must know of this partner to believe it and to answer it."""
        return AgencyEnrolled(
            at=clock.now(),
            agency=self.agency.name,
            source=self.agency.source,
            agency_kind=self.agency.kind,
            key_id=self.signing.key_id,
            public_key=to_text(self.signing.private.public_key().public_bytes_raw()),
            seal_key=to_text(self.seal.public_key().public_bytes_raw()),
        )

    def enrolment_of_next(self, clock: Clock) -> tuple[AgencyEnrolled, SigningKey]:
        """What the hub must know of the signing key that follows on this one, and that key, which proves it."""
        key = _signing(self.agency, self.keyring, _number(self._folder) + 1)
        public = to_text(key.private.public_key().public_bytes_raw())
        return self.enrolment(clock).model_copy(update={"key_id": key.key_id, "public_key": public}), key

    def use_next(self) -> str:
        """The id of the key by which is signed from now on: the one that followed. Raises OSError."""
        number = _number(self._folder) + 1
        write_through(self._folder / _NUMBER, str(number).encode())
        self.signing = _signing(self.agency, self.keyring, number)
        return self.signing.key_id

    def close(self) -> None:
        """Close the keys' file."""
        self.keyring.close()


def _number(folder: Path) -> int:
    """Which of its signing keys the partner uses: the first, until it is told to use the next."""
    path = folder / _NUMBER
    text = path.read_text(encoding="ascii") if path.exists() else "1"
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise StoreUnavailable("signing_key_number")
    return int(text)


def _signing(agency: Agency, keyring: Keyring, number: int) -> SigningKey:
    name = "signing" if number == 1 else f"signing/{number}"
    return SigningKey(f"{agency.name}-{number}", Ed25519PrivateKey.from_private_bytes(keyring.secret(name)))


class Edge:
    """One partner's side, in a folder of its own with keys of its own."""

    def __init__(self, agency: Agency, folder: Path, beyond: Beyond) -> None:
        """Open the edge, making its keys on first use. Raises StoreUnavailable."""
        self.agency = agency
        self.keys = PartnerKeys(agency, folder)
        self._beyond = beyond
        self.outbox = SqliteOutbox(folder / "outbox.db", self.keys.keyring.secret("intake"))
        self.inbox = EdgeInbox(folder / "inbox.db", self.keys.keyring.secret("inbox"))

    def enrolment(self) -> AgencyEnrolled:
        """What the hub must know of this partner to believe it and to answer it."""
        return self.keys.enrolment(self._beyond.clock)

    def send(self, raw: bytes, file_name: str) -> tuple[Outcome, ...]:
        """What became of each native record; its facts are in the outbox, then on the bus."""
        outcomes = self.take(raw, file_name)
        self.publish()
        return outcomes

    def take(self, raw: bytes, file_name: str) -> tuple[Outcome, ...]:
        """What became of each native record; its facts are in the outbox, durable. Raises StoreUnavailable."""
        keys = EdgeKeys(self.keys.signing, self.keys.keyring.secret("routing"), self._beyond.hub.seal)
        with self._beyond.telemetry.doing(Doing.TAKE_IN, self.agency.name) as task:
            outcomes = take_in(self.agency, NativeFile(file_name, raw), keys, self._beyond.clock.now(), self.outbox)
            task.count = len(outcomes)
        return outcomes

    def publish(self) -> int:
        """How many of what waited in the outbox went on the bus: all. Raises StoreUnavailable: the rest wait."""
        self.say_what_waits()
        sent = 0
        while published := publish_waiting(self.outbox, self._beyond.bus):
            sent += published
        return sent

    def say_what_waits(self) -> None:
        """Tell telemetry how much of the outbox is not on the bus yet, now and then. Raises StoreUnavailable."""
        if self._beyond.telemetry.due(self.agency.name):
            self._beyond.telemetry.waiting(self.agency.name, self.outbox.so_far().waiting)

    def beat(self, every_seconds: int | None = None, left: tuple[str, ...] | None = None) -> FeedHeartbeat:
        """What was said of this edge, on the bus; how often it is said (None: only with what is sent).

        `left` is why each file that cannot be taken in cannot be; None where no folder is looked at.

        Raises StoreUnavailable: say it again next time.
        """
        heart = Heart(self.agency, self.keys.signing, self._beyond.hub.seal, every_seconds, left)
        return heartbeats.beat(heart, self.outbox, self._beyond.bus, self._beyond.clock)

    def receipts(self) -> tuple[ReceiptIssued, ...]:
        """The hub's answers since last asked, each proved to be the hub's, and kept before the bus forgets it.

        A message that is not the hub's is set aside. Raises StoreUnavailable: what was not done with comes again.
        """
        topic, consumer = self.agency.receipts_topic, f"edge-{self.agency.name}"
        hub_keys, bus = {self._beyond.hub.key_id: self._beyond.hub.signing}, self._beyond.bus
        found: list[ReceiptIssued] = []
        while batch := bus.poll(consumer, (topic,), 500):
            new: list[tuple[ReceiptIssued, int]] = []
            for arrived in batch:
                try:
                    receipts = crossing.open_receipts(arrived.message, topic, self.keys.seal, hub_keys)
                except ContractError as refused:
                    self.inbox.set_aside(refused.code, arrived.message)
                else:
                    new += ((one, arrived.position) for one in receipts if not heartbeats.heed(one, self.outbox))
            self.outbox.answered(new)
            bus.done_all(consumer, batch)
            found += (receipt for receipt, _ in new)
        return tuple(found)

    def collect(self, by: str) -> tuple[Delivered, ...]:
        """What the hub has shared since last asked, in the partner's own form; it is said to be delivered to `by`."""
        return edge_collect.collect(self._desk(), self._beyond.bus, self.inbox, by)

    def read(self, name: str, by: str) -> bool | None:
        """Whether it is new that somebody in that role has read what was delivered under that name; None: nothing was.

        The hub is told when this edge next collects. Raises StoreUnavailable.
        """
        return edge_collect.read(self._desk(), self.inbox, name, by)

    def unread(self) -> tuple[UnreadRecord, ...]:
        """The native records that could not be read and nobody has mended, by name. Raises StoreUnavailable."""
        return self.outbox.unread()

    def mended(self, records: tuple[str, ...] | None) -> int:
        """How many of these records (None: all) were open, and are now said to be mended. Raises StoreUnavailable."""
        return self.outbox.mended(records)

    def _desk(self) -> EdgeDesk:
        hub = self._beyond.hub
        signers = {hub.key_id: hub.signing}
        return EdgeDesk(self.agency, self.keys.seal, self.keys.signing, signers, hub.seal, self._beyond.clock)

    def close(self) -> None:
        """Close its files; the bus is its owner's to close."""
        self.outbox.close()
        self.inbox.close()
        self.keys.close()
