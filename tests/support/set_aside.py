"""A small hub with the views of what was set aside, senders that number what they send, and answers that are noted."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from consent.decide import LawSettings
from contracts import bundle, envelope
from contracts.agreement import Agreement
from contracts.catalogue import wire_type
from contracts.envelope import Sealed
from contracts.event import Fact
from contracts.event_id import event_id
from contracts.events.hub import ReceiptIssued
from contracts.report import Report
from contracts.signature import Attributes, SigningKey
from contracts.vocabulary import StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.bus_port import Arrived
from hub.application.keep_views import keep_views
from hub.application.list_quarantine import ListingQuarantine
from hub.application.look_at_quarantine import Looking
from hub.application.ports import Store
from hub.application.receive_report import receive_report
from hub.application.receive_together import Answered
from hub.application.receiving import Receiving
from hub.application.replay_quarantined import Replaying
from hub.application.show_quarantined import ShowingQuarantined
from hub.views.quarantine import QUARANTINE, SetAside, in_order
from hub.views.received import RECEIVED, Balance, balances
from hub.views.waiting_here import WAITING_HERE
from tests.support.given import a_concern, an_actor
from tests.support.small_hub import Sender, SmallHub

EPOCH = "0a0b0c0d"
OFFICER = an_actor("ivy", role=StaffRole.IG_OFFICER)
DECIDER = an_actor("priya")


@dataclass
class Ward:
    """Where messages are set aside.

    `unsigned`: sources whose agreement the hub does not have yet; `refuses`: topics whose agencies cannot be answered.
    """

    folder: Path
    hub: SmallHub = field(init=False)
    tables: ViewRows = field(init=False)
    answered: list[ReceiptIssued] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    unsigned: set[str] = field(default_factory=set)
    refuses: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hub = SmallHub(self.folder)
        self.tables = ViewRows(self.folder / "views.db", (QUARANTINE, RECEIVED, WAITING_HERE))

    def receiving(self, store: Store | None = None) -> Receiving:
        """What receiving needs, with the agreements that there are."""
        whole = self.hub.receiving(store)
        agreements: dict[str, Agreement] = {
            source: one for source, one in whole.agreements.items() if source not in self.unsigned
        }
        return replace(whole, agreements=agreements)

    def message(
        self, report: Report, sender: Sender | None = None, *, body: bytes | None = None, key: SigningKey | None = None
    ) -> Sealed:
        """The report under the sender's next number; with other bytes, or signed by another key."""
        who = sender or self.hub.police
        attributes = self._attributes(report, who)
        return envelope.seal(body or report.to_bytes(), attributes, key or who.signing, self.hub.seal.public_key())

    def bundle(self, *reports: tuple[Report, bytes | None]) -> Sealed:
        """Reports of the police signed and sealed together, each with its own bytes or with others."""
        police = self.hub.police
        stated = tuple((body or report.to_bytes(), self._attributes(report, police)) for report, body in reports)
        return bundle.seal_together(stated, police.signing, self.hub.seal.public_key(), self.hub.clock.new_id())

    def _attributes(self, report: Report, who: Sender) -> Attributes:
        self.numbers[who.source] = self.numbers.get(who.source, 0) + 1
        return Attributes(
            event_id(who.source, report), who.source, wire_type(type(report)), who.topic, self.hub.clock.now(),
            f"{EPOCH}.{self.numbers[who.source]}",
        )  # fmt: skip

    def take(self, message: Sealed, sender: Sender | None = None) -> ReceiptIssued:
        """The receipt for a message on the sender's topic."""
        return receive_report(self.receiving(), Arrived((sender or self.hub.police).topic, 1, message))

    def aside(self, record: str = "C-1") -> int:
        """One message set aside, since its agency has signed no agreement yet; its number."""
        self.unsigned.add(self.hub.police.source)
        assert self.take(self.message(a_concern(record))).code == "agreement_missing"
        self.unsigned.clear()
        return max(one.number for one in self.messages())

    def follow(self) -> None:
        """The views come up to the store."""
        keep_views(self.hub.store, self.tables)

    def messages(self) -> tuple[SetAside, ...]:
        """What is set aside, as the view has it."""
        self.follow()
        return in_order(self.tables.read(QUARANTINE))

    def books(self) -> dict[str, Balance]:
        """Each source's books."""
        self.follow()
        return {one.source: one for one in balances(self.tables.read(RECEIVED))}

    def facts(self) -> Iterator[Fact]:
        """Every fact of the hub's own, in order."""
        for row in self.hub.store.rows_after(0, 10_000):
            fact = self.hub.store.open_row(row)
            if fact is not None:
                yield fact

    def looking(self, store: Store | None = None) -> Looking:
        """What a look needs."""
        return Looking(store or self.hub.store, self.hub.clock, LawSettings())

    def listing(self, store: Store | None = None) -> ListingQuarantine:
        """What the list needs."""
        self.follow()
        return ListingQuarantine(self.looking(store), self.tables.read(QUARANTINE), self.tables.read(RECEIVED))

    def showing(self, store: Store | None = None) -> ShowingQuarantined:
        """What showing needs."""
        self.follow()
        topics = {sender.topic: sender.source for sender in self.hub.senders}
        return ShowingQuarantined(self.looking(store), self.hub.store, self.tables.read(QUARANTINE), topics)

    def replaying(self, edition: str = "today", store: Store | None = None) -> Replaying:
        """What replaying needs."""
        self.follow()
        rows = self.tables.read(QUARANTINE)
        return Replaying(self.receiving(store), self.hub.store, self._note, rows, edition)

    def _note(self, answered: tuple[Answered, ...]) -> frozenset[str]:
        refused = frozenset(one.arrived.topic for one in answered) & self.refuses
        self.answered += [one.receipt for one in answered if one.arrived.topic not in refused]
        return refused
