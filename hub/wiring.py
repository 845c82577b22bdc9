"""The one module that knows all parts: it puts a hub together, and an edge of a partner where there is no hub."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from agencies import registry as partners
from consent.packs import LawSettings
from contracts.events.hub import AgencyEnrolled, ReceiptIssued
from contracts.signature import SigningKey
from hub.adapters import crossing
from hub.adapters.alone import alone, free
from hub.adapters.answers import Answers
from hub.adapters.cedar_policies import own_policies
from hub.adapters.clock import SystemClock
from hub.adapters.compartment_keys import public_compartments
from hub.adapters.edge_side import Beyond, Edge
from hub.adapters.edition import edition
from hub.adapters.erasure_journal import ErasureJournal
from hub.adapters.erasures import settle_here
from hub.adapters.event_store import StoreKeys
from hub.adapters.followed import FollowedTo
from hub.adapters.identity_index import KeyedIndex
from hub.adapters.intake import Intake
from hub.adapters.keys import Keyring, derived
from hub.adapters.keys_beside import keys_beside
from hub.adapters.known_roads import known_roads
from hub.adapters.late_views import LateViews
from hub.adapters.levels import look_at_bus, look_at_followers, newest_of
from hub.adapters.log_bodies import LogBodies, Salts
from hub.adapters.log_shelf import LOG_ORIGIN, GoingOn, LogShelf
from hub.adapters.numbering import Numbering
from hub.adapters.outward import Outward
from hub.adapters.partner_agreements import agreement_files, agreement_of, all_agreements, titles, topics
from hub.adapters.pass_phrases import ScryptPhrases
from hub.adapters.public_keys import HubKeys
from hub.adapters.readiness import HubReadiness
from hub.adapters.recorded_store import RecordedStore
from hub.adapters.recorder_postgres import PATIENCE
from hub.adapters.rested import Rested
from hub.adapters.sealing_mapper import SealingMapper
from hub.adapters.shredder import HubShredder
from hub.adapters.stated_settings import StatedOnce
from hub.adapters.telemetry import Telemetry
from hub.adapters.telemetry_words import Doing
from hub.adapters.watched import CountedRows, WatchedAnswers, WatchedBus
from hub.adapters.witness_desk import BookPlace, WitnessDesk, over_bus, witness_desk
from hub.application.begin_book import asked, state_asked
from hub.application.begin_log import begin_log
from hub.application.carry_out_erasure import Erasing
from hub.application.enrol import enrol_agency
from hub.application.follow_disclosures import Following, follow_disclosures
from hub.application.guessing import Tries
from hub.application.keep_outcome import Outcomes
from hub.application.keep_views import Held, keep_views
from hub.application.kept_rows import KeptRows
from hub.application.ports import Clock, Stream
from hub.application.read_chronology import Reading
from hub.application.receiving import Receiving
from hub.application.replay_quarantined import Replaying
from hub.application.seal_log import seal_log
from hub.application.share_reports import SharingOn
from hub.application.sign_in import SigningIn
from hub.application.stand_to import Deciding
from hub.application.take_messages import take_messages
from hub.domain import registry
from hub.domain.pinned_keys import doubts
from hub.domain.school_day import SchoolCalendar
from hub.domain.witnessed import Limits
from hub.engines import chosen, leave, open_bus, open_recorder, open_views
from hub.settings import Settings, edge_folder
from hub.views.all_views import VIEWS
from hub.views.quarantine import QUARANTINE

__all__ = ["LOG_ORIGIN", "Edge", "Hub", "agreement_of", "all_agreements", "edge_folder", "titles", "topics"]


class Hub:
    """A hub: keys, views and sealed log under one folder, store and bus on the engines that the settings name."""

    clock: Clock = SystemClock()
    _asked_stated = False  # whether this process saw on record that witnesses are asked
    held: tuple[Held, ...] = ()  # views that could not follow when this process last followed

    def __init__(self, settings: Settings, telemetry: Telemetry | None = None, store_seconds: float = PATIENCE) -> None:
        """Open the hub in `settings.home`, making what is missing there. Raises StoreUnavailable, BadSetting."""
        self.settings = settings
        self.telemetry = telemetry or Telemetry()
        (home := settings.home).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.phrases = ScryptPhrases(settings.phrase_cost)
        self.recorder = open_recorder(settings, store_seconds)
        self.keyring = Keyring(keys_beside(home / "keys", self.recorder))
        self.signing = SigningKey("hub-1", Ed25519PrivateKey.from_private_bytes(self.keyring.secret("signing")))
        self.seal_key = X25519PrivateKey.from_private_bytes(self.keyring.secret("seal"))
        self.bodies = LogBodies(home / "log-bodies.db", self.keyring.secret("log-bodies"))
        self.store = RecordedStore(
            self.recorder,
            SealingMapper(self.keyring),
            StoreKeys(self.keyring.secret("streams"), self.signing, self.clock),
            self.bodies,
            self.telemetry,
            outcomes=Outcomes(self.keyring.secret("answers"), self.clock, self.signing.private.sign),
            witnessed=lambda: self.witnesses.state(self.clock.now()),
        )
        self.compartments = public_compartments(home)
        self.index = KeyedIndex(self.recorder, self.keyring.secret("index"))
        self._road = open_bus(settings)
        self.bus = WatchedBus(self._road, self.telemetry)
        self.view_rows = open_views(settings, self.recorder, VIEWS)
        self.law = LawSettings(sixteen_la_from=settings.sixteen_la_from)
        self.policies = own_policies()
        self.shelf = LogShelf(home, self.keyring.secret, self.clock, mldsa=settings.log_mldsa)
        self.last_checkpoint = self.shelf.last_checkpoint
        self.late_views = LateViews(self.view_rows, self.bodies, lambda: newest_of(self.recorder), self.clock)
        self._numbering = Numbering(self.recorder, self.bodies.last()[1])
        self.intake = Intake(self.bus, {one.inbound_topic: one.source for one in partners.AGENCIES}, self.clock)
        self.readiness = HubReadiness(home, self.recorder, self.late_views.followed, self.intake, self.clock)
        self.witnesses = self._witness_desk(settings)
        self._edges: dict[str, Edge] = {}
        self._shares = Rested(lambda rows: follow_disclosures(replace(self.following(), rows=rows)))
        self._stated = StatedOnce(chosen(settings, self.policies.sha256), agreement_files)
        settle_here(self.erasing(Deciding(self.policies, ())), self._numbering, home)

    def log(self) -> AbstractContextManager[GoingOn]:
        """The sealed log, for one block and one process at a time; only `follow` adds to it."""
        return self.shelf.opened()

    @property
    def log_folder(self) -> Path:
        """Where the log's public files lie."""
        return self.shelf.folder

    @property
    def log_key(self) -> str:
        """The log's public key, as a verifier wants it (C2SP signed-note vkey)."""
        return self.shelf.vkey

    @property
    def public_keys(self) -> HubKeys:
        """What its partners must know of the hub."""
        own, seal = self.signing, self.seal_key
        return HubKeys(own.key_id, own.private.public_key(), seal.public_key(), self.log_key)

    @property
    def beyond(self) -> Beyond:
        """What an edge on this machine reaches of the hub."""
        return Beyond(self.public_keys, self.bus, self.clock, self.telemetry)

    def edge(self, name: str) -> Edge:
        """The edge of a partner, in the hub's own folder, enrolled. Raises NoSuchAgency, EnrolledOtherwise."""
        if name not in self._edges:
            edge = Edge(partners.by_name(name), edge_folder(self.settings, name), self.beyond)
            enrol_agency(self.store, self.clock, edge.enrolment())
            self._edges[name] = edge
        return self._edges[name]

    def enrolments(self) -> Mapping[str, AgencyEnrolled]:
        """The partners on the registry, by source."""
        return registry.agencies(self.store.read_stream(Stream.registry()))

    def work(self) -> tuple[ReceiptIssued, ...]:
        """Take in what waits on the bus, answer it, and let the followers follow."""
        receipts: list[ReceiptIssued] = []
        while batch := self.receive():
            receipts.extend(batch)
        follow_disclosures(self.following())
        self.follow()
        return tuple(receipts)

    def receive(self) -> tuple[ReceiptIssued, ...]:
        """The answers to the next messages on the bus; none when none waits. Several may receive at once."""
        self._numbering.check()
        topics = tuple(agency.inbound_topic for agency in partners.AGENCIES)
        with self.telemetry.doing(Doing.RECEIVE, if_any=True) as task:
            receipts = take_messages(self._receiving(), self.bus, self._answers(), topics)
            task.count = len(receipts)
        look_at_bus(self.telemetry, self.bus, topics)
        return receipts

    def replaying(self) -> Replaying:
        """What trying again what was set aside needs."""
        rows = self.view_rows.read(QUARANTINE)
        return Replaying(self._receiving(), self.store, self._answers(), rows, edition())

    def follow(self, rows: KeptRows | None = None) -> None:
        """Bring the views and the sealed log up to the store (or to `rows`); one process of the hub at a time."""
        kept = rows or self.store
        self._stated.state(self.store, self.clock, self.public_keys)
        self.store.keep_outcomes()
        if self.shelf.origin < (this_year := self.shelf.origin_of_now()):
            begin_log(self.store, self.clock, this_year, "year")
        with self.log() as log:
            look_at_followers(self.telemetry, self.view_rows, self.recorder, self.bodies)
            with self.telemetry.doing(Doing.FOLLOW, if_any=True) as task:
                self.held = keep_views(CountedRows(kept, task), self.view_rows)
            with self.telemetry.doing(Doing.SEAL, if_any=True) as task:
                task.count = seal_log(kept, self.bodies, log, Salts(self.keyring.openings), self.last_checkpoint)
            self.telemetry.sealed(self.bodies.last()[1])

    def follow_if_free(self, rows: KeptRows) -> bool:
        """Whether this process now followed disclosures, views and log; not while another does."""
        with free(self.settings.home / "following.lock") as is_free:
            if is_free:
                try:
                    self._shares.follow(rows)
                finally:  # an agency that cannot be reached holds up neither views nor log
                    self.follow(rows)
                    self.cosign()
        return is_free

    def cosign(self) -> None:
        """Take in what witnesses answered, and ask them again when it is time; about once a second."""
        if self.witnesses.policy is not None:
            with self.log() as log:
                self.witnesses.tick(log, self.bus, over_bus(), self.clock.now())
            if not self._asked_stated and self.witnesses.has_begun(self.clock.now()):
                state_asked(self.store, self.clock, self.witnesses.policy_id)
                self._asked_stated = True

    def _witness_desk(self, settings: Settings) -> WitnessDesk:
        secret = derived(self.keyring.secret("log-bodies"), "witness-book")
        place = BookPlace(settings.home / "witnesses.json", secret, lambda: asked(self.store))
        return witness_desk(settings.log_policy, place, self.log_folder, Limits(settings.witness_refuse_after))

    def close(self) -> None:
        """Leave the bus and the store, whether or not they answer; what is in other files closes with the process."""
        self.witnesses.close()
        self.store.leave()
        leave(self._road, self.recorder.datastore)

    def reading(self) -> Reading:
        """What reading a chronology needs. Raises StoreUnavailable."""
        self._numbering.check()
        registered, sources = self.store.read_stream(Stream.registry()), (one.source for one in partners.AGENCIES)
        since = registry.connected_since(registered)
        connected = known_roads(sources, since, self.view_rows, self.intake.waiting(self.clock.now()))
        deciding, doubtful = Deciding(self.policies, registered), doubts(registered)
        return Reading(self.store, self.index, self.clock, self.law, deciding, connected, self.witnesses, doubtful)

    def deciding(self) -> Deciding:
        """What deciding who may act needs. Raises StoreUnavailable, Unreadable."""
        return Deciding(self.policies, self.store.read_stream(Stream.registry()))

    def sharing(self) -> SharingOn:
        """What sharing needs. Raises StoreUnavailable."""
        self._numbering.check()
        sources = {agency.source: agency for agency in partners.AGENCIES}
        routing = self.keyring.secret("routing")
        outward = Outward(self.bus, sources, self.enrolments, self.signing, routing, self.clock)
        return SharingOn(self.store, self.index, self.clock, self.law, outward, self.deciding())

    def following(self) -> Following:
        """What following disclosures needs: only partners that can be reached are spoken to."""
        enrolled = self.enrolments()
        agreements = {one.source: one for one in all_agreements() if one.source in enrolled}
        calendar = SchoolCalendar(self.settings.school_starts, frozenset(self.settings.school_closed))
        followed = FollowedTo(self.view_rows, "disclosures_followed")
        return Following(self.sharing(), self.store, followed, agreements, calendar)

    def erasing(self, deciding: Deciding | None = None) -> Erasing:
        """What erasing a record needs. Raises StoreUnavailable."""
        home, secret, days = self.settings.home, self.keyring.secret("streams"), self.settings.key_backup_days
        journal = ErasureJournal(self.settings.erasure_journal or home / "erased.journal", secret)
        log_lock = self.log_folder.with_suffix(".lock")
        shredder = HubShredder(self.keyring, self.recorder, self.store, self.view_rows, log_lock)
        return Erasing(
            self.store,
            self.index,
            self.clock,
            deciding or self.deciding(),
            self.law,
            shredder,
            journal,
            days,
            self._send_owed,
            lambda: self.witnesses.state(self.clock.now()),
        )

    def _send_owed(self) -> None:
        with alone(self.settings.home / "following.lock"):
            follow_disclosures(self.following())

    def signing_in(self) -> SigningIn:
        """What signing in by a pass phrase needs."""
        return SigningIn(self.store, self.clock, self.phrases, Tries(self.clock), not self.settings.phrases_off)

    def _answers(self) -> WatchedAnswers:
        inbound = {agency.inbound_topic: agency for agency in partners.AGENCIES}
        answers = Answers(self.bus, inbound, self.enrolments, self.signing, self.clock, self.bus.continuing)
        return WatchedAnswers(answers, self.telemetry)

    def _receiving(self) -> Receiving:
        agreements = {agreement.source: agreement for agreement in all_agreements()}
        unsealer = crossing.Crossing(self.seal_key, self.store.read_stream, self.clock)
        return Receiving(self.store, self.index, unsealer, self.clock, agreements, self.law, self.compartments)
