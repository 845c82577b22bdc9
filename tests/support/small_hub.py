"""A real store, index and crossing in a folder, with two partners whose keys the test holds."""

import base64
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from consent.packs import LawSettings
from contracts import envelope
from contracts.agreement import Agreement, Clause
from contracts.catalogue import REPORTS, wire_type
from contracts.envelope import Sealed
from contracts.event_id import event_id
from contracts.events.hub import AgencyEnrolled, ReceiptIssued
from contracts.report import Report
from contracts.signature import Attributes, SigningKey
from contracts.vocabulary import AgencyKind, FieldClass, Purpose
from hub.adapters.cedar_policies import own_policies
from hub.adapters.compartment_keys import CompartmentKeys
from hub.adapters.crossing import Crossing
from hub.adapters.event_store import EventStore, StoreKeys
from hub.adapters.identity_index import KeyedIndex
from hub.adapters.keys import Keyring
from hub.adapters.recorder_port import Recorder
from hub.adapters.sealing_mapper import SealingMapper
from hub.application.bus_port import Arrived
from hub.application.ports import IdentityIndex, Store, Stream
from hub.application.read_chronology import Reading
from hub.application.receive_report import receive_report
from hub.application.receiving import Receiving
from hub.application.stand_to import Deciding
from hub.domain.feed import Feed, Partner
from hub.engines import open_recorder
from hub.settings import Settings
from tests.support.databases import PLACE
from tests.support.given import StoppedClock

POLICIES = own_policies()


@dataclass
class Sender:
    """A partner as the test plays it."""

    name: str
    kind: AgencyKind
    signing: SigningKey
    seal: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    @property
    def source(self) -> str:
        """Its CloudEvents source."""
        return f"urn:childhub:agency:{self.name}"

    @property
    def topic(self) -> str:
        """Where it publishes."""
        return f"in.{self.name}.v1"

    def agreement(self) -> Agreement:
        """It may publish every report."""
        types = tuple(report.TYPE for report in REPORTS)
        clause = Clause(types=types, classes=tuple(FieldClass), purposes=tuple(Purpose))
        return Agreement(
            agency=self.name,
            title=self.name,
            agency_kind=self.kind,
            source=self.source,
            version="1",
            starts=date(2026, 1, 1),
            review_by=date(2027, 1, 1),
            signed_by=("A Signatory",),
            publishes=clause,
            receives=clause,
        )

    def enrolment(self, clock: StoppedClock) -> AgencyEnrolled:
        """What the hub knows of it."""
        return AgencyEnrolled(
            at=clock.now(),
            agency=self.name,
            source=self.source,
            agency_kind=self.kind,
            key_id=self.signing.key_id,
            public_key=base64.b64encode(self.signing.private.public_key().public_bytes_raw()).decode(),
            seal_key=base64.b64encode(self.seal.public_key().public_bytes_raw()).decode(),
        )


def a_sender(name: str, kind: AgencyKind) -> Sender:
    """A partner with a key of its own."""
    return Sender(name, kind, SigningKey(f"{name}-1", Ed25519PrivateKey.generate()))


class SmallHub:
    """A hub without bus, views or log: what receiving and reading need."""

    def __init__(self, folder: Path, clock: StoppedClock | None = None, recorder: Recorder | None = None) -> None:
        """Open it in the folder, its store there too or by `recorder`; opened again there, it is the same hub."""
        self.clock = clock or StoppedClock()
        self.keyring = Keyring(folder / "keys")
        self.path = folder / "hub.db"
        self.recorder: Recorder = recorder or open_recorder(Settings(folder, database=PLACE.database_of(folder)))
        self.mapper = SealingMapper(self.keyring)
        signing = SigningKey("hub-1", Ed25519PrivateKey.from_private_bytes(self.keyring.secret("signing")))
        self.store = EventStore(
            self.recorder, self.mapper, StoreKeys(self.keyring.secret("streams"), signing, self.clock)
        )
        self.index = KeyedIndex(self.recorder, self.keyring.secret("index"))
        self.seal = X25519PrivateKey.from_private_bytes(self.keyring.secret("seal"))
        self.private = CompartmentKeys(folder / "compartments")
        self.police = a_sender("police", AgencyKind.POLICE)
        self.health = a_sender("health", AgencyKind.NHS)
        self.senders: tuple[Sender, ...] = (self.police, self.health)

    def receiving(self, store: Store | None = None) -> Receiving:
        """What receiving needs, with another store when the test brings one."""
        enrolled = {sender.source: sender.enrolment(self.clock) for sender in self.senders}
        agreements = {sender.source: sender.agreement() for sender in self.senders}
        unsealer = Crossing(self.seal, lambda _registry: tuple(enrolled.values()), self.clock)
        index, law = self.index, LawSettings()
        return Receiving(store or self.store, index, unsealer, self.clock, agreements, law, self.private.public)

    def reading(self, store: Store | None = None, index: IdentityIndex | None = None) -> Reading:
        """What reading needs."""
        partners = (
            *(Partner(sender.source, True, Feed(self.clock.now())) for sender in self.senders),
            Partner("urn:childhub:agency:gp", False),
        )
        return Reading(store or self.store, index or self.index, self.clock, LawSettings(), self.deciding(), partners)

    def deciding(self) -> Deciding:
        """What deciding who may act needs."""
        return Deciding(POLICIES, self.store.read_stream(Stream.registry()))

    def sealed(self, report: Report, sender: Sender | None = None, body: bytes | None = None) -> Sealed:
        """The report, signed by the sender and sealed to this hub; `body` takes the place of its own bytes."""
        who = sender or self.police
        attributes = Attributes(
            event_id(who.source, report), who.source, wire_type(type(report)), who.topic, self.clock.now()
        )
        return envelope.seal(body or report.to_bytes(), attributes, who.signing, self.seal.public_key())

    def receive(self, report: Report, sender: Sender | None = None) -> ReceiptIssued:
        """The receipt for the report."""
        return self.take(self.sealed(report, sender), sender)

    def take(self, message: Sealed, sender: Sender | None = None, topic: str | None = None) -> ReceiptIssued:
        """The receipt for a message on the sender's topic, or on another."""
        return receive_report(self.receiving(), Arrived(topic or (sender or self.police).topic, 1, message))
