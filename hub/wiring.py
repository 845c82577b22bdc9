"""The one module that knows all parts: it puts a hub, and the edges of its partners, together in one folder."""

import base64
import tomllib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from agencies import registry as partners
from agencies.agency import Agency, Delivered, Outcome
from agencies.edge import EdgeKeys, NativeFile, publish_waiting, take_in
from audit.log import SealedLog
from audit.note import NoteSigner
from consent.packs import LawSettings
from contracts.agreement import Agreement
from contracts.events.hub import AgencyEnrolled, ReceiptIssued
from contracts.signature import SigningKey
from hub.adapters import crossing
from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.clock import SystemClock
from hub.adapters.edge_collect import EdgeDesk, collect
from hub.adapters.edge_inbox import EdgeInbox
from hub.adapters.event_store import EventStore, StoreKeys
from hub.adapters.followed import FollowedTo
from hub.adapters.identity_index import KeyedIndex
from hub.adapters.keys import Keyring
from hub.adapters.last_checkpoint import CheckpointFile
from hub.adapters.log_bodies import LogBodies, Salts
from hub.adapters.outbox import SqliteOutbox
from hub.adapters.outward import Outward
from hub.adapters.pass_phrases import ScryptPhrases
from hub.adapters.recorder import HubRecorder, datastore
from hub.adapters.sealed_log import opened
from hub.adapters.sealing_mapper import SealingMapper
from hub.adapters.view_rows import ViewRows
from hub.application.enrol import enrol_agency
from hub.application.follow_disclosures import Following, follow_disclosures
from hub.application.keep_views import keep_views
from hub.application.ports import Arrived, Stream
from hub.application.read_chronology import Reading
from hub.application.receive_report import Receiving
from hub.application.seal_log import seal_log
from hub.application.share_reports import SharingOn
from hub.application.sign_in import SigningIn
from hub.application.take_messages import take_messages
from hub.domain import registry
from hub.domain.chronology import Partner
from hub.domain.school_day import SchoolCalendar
from hub.settings import Settings
from hub.views.all_views import VIEWS

LOG_ORIGIN = "hub.example/safeguarding-hub"


class Edge:
    """One partner's side, in a folder of its own with keys of its own."""

    def __init__(self, agency: Agency, folder: Path, hub: "Hub") -> None:
        """Open the edge, making its keys on first use."""
        self.agency = agency
        self._keyring = Keyring(folder)
        self._hub = hub
        self.outbox = SqliteOutbox(folder / "outbox.db", self._keyring.secret("intake"))
        self._signing = SigningKey(f"{agency.name}-1", _signing_key(self._keyring))
        self._seal = X25519PrivateKey.from_private_bytes(self._keyring.secret("seal"))
        self.inbox = EdgeInbox(folder / "inbox.db", self._keyring.secret("inbox"))

    def enrolment(self) -> AgencyEnrolled:
        """What the hub must know of this partner to believe it and to answer it."""
        return AgencyEnrolled(
            at=self._hub.clock.now(),
            agency=self.agency.name,
            source=self.agency.source,
            agency_kind=self.agency.kind,
            key_id=self._signing.key_id,
            public_key=_text(self._signing.private.public_key().public_bytes_raw()),
            seal_key=_text(self._seal.public_key().public_bytes_raw()),
        )

    def send(self, raw: bytes, file_name: str) -> tuple[Outcome, ...]:
        """What became of each native record; its facts are in the outbox, then on the bus."""
        keys = EdgeKeys(self._signing, self._keyring.secret("routing"), self._hub.seal_key.public_key())
        outcomes = take_in(self.agency, NativeFile(file_name, raw), keys, self._hub.clock.now(), self.outbox)
        while publish_waiting(self.outbox, self._hub.bus):
            pass
        return outcomes

    def receipts(self) -> tuple[ReceiptIssued, ...]:
        """The hub's answers since last asked, each proved to be the hub's, and kept before the bus forgets it."""
        topic, consumer = self.agency.receipts_topic, f"edge-{self.agency.name}"
        key = self._hub.signing.private.public_key()
        found: list[ReceiptIssued] = []
        while batch := self._hub.bus.poll(consumer, (topic,), 500):
            for arrived in batch:
                found.append(crossing.open_receipt(arrived.message, topic, self._seal, {self._hub.signing.key_id: key}))
                self.outbox.answered(found[-1], arrived.position)
                self._hub.bus.done(consumer, arrived)
        return tuple(found)

    def collect(self, read_by: str) -> tuple[Delivered, ...]:
        """What the hub has shared since last asked, in the partner's own form; `read_by` is the role that reads it."""
        hub_keys = {self._hub.signing.key_id: self._hub.signing.private.public_key()}
        hub_seal = self._hub.seal_key.public_key()
        desk = EdgeDesk(self.agency, self._seal, self._signing, hub_keys, hub_seal, self._hub.clock)
        return collect(desk, self._hub.bus, self.inbox, read_by)


class Hub:
    """A hub on one machine: store, keys, index, bus, views and sealed log under one folder."""

    def __init__(self, settings: Settings) -> None:
        """Open the hub in `settings.home`, making what is missing. Raises StoreUnavailable."""
        self.settings = settings
        home = settings.home
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.clock = SystemClock()
        self.phrases = ScryptPhrases()
        self.keyring = Keyring(home / "keys")
        self.signing = SigningKey("hub-1", _signing_key(self.keyring))
        self.seal_key = X25519PrivateKey.from_private_bytes(self.keyring.secret("seal"))
        self.recorder = HubRecorder(datastore(home / "hub.db"))
        self.bodies = LogBodies(home / "log-bodies.db", self.keyring.secret("log-bodies"))
        self.store = EventStore(
            self.recorder,
            SealingMapper(self.keyring),
            StoreKeys(self.keyring.secret("streams"), self.signing, self.clock),
            self.bodies,
        )
        self.index = KeyedIndex(self.recorder, self.keyring.secret("index"))
        self.bus = EmbeddedBus(home / "bus.db")
        self.view_rows = ViewRows(home / "views.db", VIEWS)
        self.law = LawSettings(sixteen_la_from=settings.sixteen_la_from)
        self._log_signer = NoteSigner(LOG_ORIGIN, Ed25519PrivateKey.from_private_bytes(self.keyring.secret("log")))
        self.last_checkpoint = CheckpointFile(home / "keys" / "last-checkpoint", self._log_signer.vkey)
        self._edges: dict[str, Edge] = {}

    def log(self) -> AbstractContextManager[SealedLog]:
        """The sealed log, for one block and one process at a time; only `follow` adds to it."""
        return opened(self.log_folder, self._log_signer)

    @property
    def log_folder(self) -> Path:
        """Where the log's public files lie."""
        return self.settings.home / "log"

    @property
    def log_key(self) -> str:
        """The log's public key, as a verifier wants it (C2SP signed-note vkey)."""
        return self._log_signer.vkey

    def edge(self, name: str) -> Edge:
        """The edge of a partner, enrolled. Raises NoSuchAgency."""
        if name not in self._edges:
            edge = Edge(partners.by_name(name), self.settings.home / "edges" / name, self)
            enrol_agency(self.store, self.clock, edge.enrolment())
            self._edges[name] = edge
        return self._edges[name]

    def enrolments(self) -> Mapping[str, AgencyEnrolled]:
        """The partners on the registry, by source."""
        return registry.agencies(self.store.read_stream(Stream.registry()))

    def work(self) -> tuple[ReceiptIssued, ...]:
        """Take in what waits on the bus, answer it, and let the followers follow."""
        receipts: list[ReceiptIssued] = []
        topics = tuple(agency.inbound_topic for agency in partners.AGENCIES)
        receiving = self._receiving()
        while batch := take_messages(receiving, self.bus, self._answer, topics):
            receipts.extend(batch)
        follow_disclosures(self.following())
        self.follow()
        return tuple(receipts)

    def follow(self) -> None:
        """Bring the views and the sealed log up to the store; one process of the hub at a time."""
        with self.log() as log:
            keep_views(self.store, self.view_rows)
            seal_log(self.store, self.bodies, log, Salts(), self.last_checkpoint)

    def reading(self) -> Reading:
        """What reading a chronology needs."""
        enrolled = self.enrolments()
        connected = tuple(Partner(one.source, one.source in enrolled) for one in partners.AGENCIES)
        return Reading(self.store, self.index, self.clock, self.law, connected)

    def sharing(self) -> SharingOn:
        """What sharing needs."""
        sources = {agency.source: agency for agency in partners.AGENCIES}
        routing = self.keyring.secret("routing")
        outward = Outward(self.bus, sources, self.enrolments, self.signing, routing, self.clock)
        return SharingOn(self.store, self.index, self.clock, self.law, outward)

    def following(self) -> Following:
        """What following disclosures needs: only partners that can be reached are spoken to."""
        enrolled = self.enrolments()
        agreements = {one.source: one for one in all_agreements() if one.source in enrolled}
        calendar = SchoolCalendar(self.settings.school_starts, frozenset(self.settings.school_closed))
        progress = FollowedTo(self.view_rows, "disclosures_followed")
        return Following(self.sharing(), self.store, progress, agreements, calendar)

    def signing_in(self) -> SigningIn:
        """What signing in needs."""
        return SigningIn(self.store, self.clock, self.phrases, self.phrases.hashed("nobody"))

    def _receiving(self) -> Receiving:
        agreements = {agreement.source: agreement for agreement in all_agreements()}
        unsealer = crossing.Crossing(self.seal_key, self.enrolments)
        return Receiving(self.store, self.index, unsealer, self.clock, agreements, self.law)

    def _answer(self, arrived: Arrived, receipt: ReceiptIssued) -> None:
        """Answer the agency whose topic it is; a forger writes on nobody's topic but the true owner's is told."""
        agency = next(one for one in partners.AGENCIES if one.inbound_topic == arrived.topic)
        enrolled = self.enrolments().get(agency.source)
        if enrolled is not None:
            key, sealed = crossing.seal_receipt(
                receipt, enrolled, agency.receipts_topic, self.signing, self.clock.now()
            )
            self.bus.send(agency.receipts_topic, key, sealed)


def all_agreements() -> tuple[Agreement, ...]:
    """The data-sharing agreement of every partner."""
    return tuple(agreement_of(agency.name) for agency in partners.AGENCIES)


def agreement_of(name: str) -> Agreement:
    """The data-sharing agreement of one partner, as its folder holds it."""
    text = resources.files(f"agencies.{name}").joinpath("agreement.toml").read_text(encoding="utf-8")
    return Agreement.model_validate(tomllib.loads(text))


def titles() -> Mapping[str, str]:
    """What people call each partner, by source."""
    return {agency.source: agency.title for agency in partners.AGENCIES}


def _signing_key(keyring: Keyring) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring.secret("signing"))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
