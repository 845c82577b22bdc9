"""Over each bus: is a lost last message noticed, and is a heartbeat that is overtaken, replayed or forged harmless?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from agencies import registry as partners
from agencies.agency import Agency, Outcome, accepted, quarantined, stated
from agencies.edge import BULK_FROM, EdgeKeys, NativeFile, Outgoing, publish_waiting, take_in
from agencies.heartbeat import Heart
from contracts.events.feed import FeedHeartbeat
from contracts.events.hub import ReceiptIssued
from contracts.signature import SigningKey
from contracts.vocabulary import AgencyKind
from hub.adapters.heartbeats import beat, heed
from hub.adapters.outbox import SqliteOutbox
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.receive_report import receive_report
from hub.domain.feed import Feed, FeedKind, Partner, standing
from hub.views.feeds import FEEDS, feeds_of
from tests.support.buses import OpenBus, Road
from tests.support.given import a_concern
from tests.support.small_hub import SmallHub, a_sender

MINUTE = timedelta(minutes=1)
FACTS = 3


class Losing:
    """A bus as an edge sees it, on which the messages at some places of the way are lost."""

    def __init__(self, bus: OpenBus, lost: frozenset[int]) -> None:
        self._bus = bus
        self._lost = lost
        self._sent = 0

    def publish(self, outgoing: Outgoing) -> None:
        """See Publisher."""
        self.send_all((outgoing,))

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See Publisher."""
        for one in outgoing:
            self._sent += 1
            if self._sent not in self._lost:
                self._bus.publish(one)


@dataclass
class Place:
    """An edge and a hub with a road between them."""

    road: Road
    hub: SmallHub
    agency: Agency
    outbox: SqliteOutbox
    edge_bus: OpenBus
    hub_bus: OpenBus
    rows: ViewRows
    signing: SigningKey

    def take_in(self, raw: bytes) -> None:
        """The edge takes in a file of so many facts, or one that it cannot read."""
        keys = EdgeKeys(self.signing, b"r" * 32, self.hub.seal.public_key())
        take_in(self.agency, NativeFile("a.json", raw), keys, self.hub.clock.now(), self.outbox)

    def send(self, *lost: int) -> None:
        """The edge takes in a file and publishes what came of it, of which some messages are lost."""
        self.take_in(str(FACTS).encode())
        publish_waiting(self.outbox, Losing(self.edge_bus, frozenset(lost)))

    def beat(self) -> FeedHeartbeat:
        """The edge says that it is there."""
        heart = Heart(self.agency, self.signing, self.hub.seal.public_key(), 60)
        return beat(heart, self.outbox, self.edge_bus, self.hub.clock)

    def work(self) -> list[ReceiptIssued]:
        """The hub takes in what has come, until the heartbeat sent last is among it or nothing more comes."""
        receipts: list[ReceiptIssued] = []
        consumer = "hub-receive-" + self.road.inbound_topic.split(".")[1]
        while batch := self.hub_bus.poll(consumer, (self.road.inbound_topic,), 100):
            for arrived in batch:
                receipts.append(receive_report(self.hub.receiving(), arrived))
                self.hub_bus.done(consumer, arrived)
        keep_views(self.hub.store, self.rows)
        return receipts

    def feed(self) -> Feed | None:
        """What the hub last knew of the feed."""
        return feeds_of(self.rows.read(FEEDS)).get(self.agency.source)

    def kinds(self, after: timedelta = MINUTE) -> list[FeedKind]:
        """How the feed stands so long after now."""
        partner = Partner(self.agency.source, True, self.feed())
        return [one.kind for one in standing(partner, self.hub.clock.now() + after).findings]


@pytest.fixture
def place(road: Road, tmp_path: Path) -> Iterator[Place]:
    sender = a_sender(road.inbound_topic.split(".")[1], AgencyKind.POLICE)
    hub = SmallHub(tmp_path / "hub")
    hub.senders = (sender,)

    def translate(raw: bytes, _file_name: str) -> tuple[Outcome, ...]:
        reports = (a_concern(record=f"C-{number}") for number in range(int(raw) if raw.isdigit() else 0))
        facts = tuple(stated(sender.source, report) for report in reports)
        return (accepted("1", facts) if raw.isdigit() else quarantined("file", "not_of_form"),)

    agency = replace(partners.by_name("police"), name=sender.name, source=sender.source, translate=translate)
    outbox = SqliteOutbox(tmp_path / "outbox.db", b"i" * 32)
    rows = ViewRows(tmp_path / "views.db", (FEEDS,))
    yield Place(road, hub, agency, outbox, road.agency(), road.hub(), rows, sender.signing)
    outbox.close()
    rows.close()


def test_all_that_was_sent_has_come_and_nothing_is_amiss(place: Place) -> None:
    place.send()
    said = place.beat()
    assert {receipt.outcome for receipt in place.work()} == {"accepted"}
    assert (said.waiting, said.accepted) == (0, 1)
    assert said.last == FACTS
    assert place.kinds() == [FeedKind.HEARD]


def test_the_last_message_lost_is_not_seen_by_numbers_and_is_by_the_heartbeat(place: Place) -> None:
    place.send(FACTS)
    place.work()
    feed = place.feed()
    assert feed is not None
    assert feed.missing == 0, "numbering alone cannot know"
    place.beat()
    place.work()
    assert place.kinds() == [FeedKind.GAP]


def test_every_message_lost_is_noticed_too(place: Place) -> None:
    place.send(*range(1, 100))
    place.beat()
    place.work()
    assert place.kinds() == [FeedKind.GAP]


def test_a_feed_that_stops_is_silent_and_alive_again_when_it_beats(place: Place) -> None:
    place.beat()
    place.work()
    assert place.kinds(timedelta(seconds=121)) == [FeedKind.SILENT]
    place.hub.clock.forward(timedelta(seconds=121))
    place.beat()
    place.work()
    assert place.kinds() == [FeedKind.HEARD]


def test_what_the_edge_could_not_read_is_known_at_the_hub(place: Place) -> None:
    place.take_in(b"broken")
    place.beat()
    place.work()
    assert place.kinds() == [FeedKind.UNREAD]


def test_what_waits_in_the_outbox_is_told_as_waiting(place: Place) -> None:
    place.take_in(str(FACTS).encode())
    place.beat()
    place.work()
    assert place.kinds() == [FeedKind.WAITING]


def test_a_bundle_that_waits_counts_each_statement_in_it(place: Place) -> None:
    place.take_in(str(BULK_FROM).encode())
    said = place.beat()
    assert (said.last, said.waiting, said.sent) == (BULK_FROM, BULK_FROM, 0)
    place.work()
    assert place.kinds() == [FeedKind.WAITING]


def test_an_outbox_put_back_to_an_earlier_state_is_an_alarm_and_begins_again(place: Place, tmp_path: Path) -> None:
    epoch = place.outbox.so_far().epoch
    place.send()
    place.beat()
    place.work()
    place.hub.clock.forward(MINUTE)
    place.outbox.close()
    place.outbox = put_back(tmp_path / "restored.db", epoch)
    place.beat()
    (answer,) = place.work()
    assert FeedKind.WENT_BACK in place.kinds()
    assert heed(answer, place.outbox)
    assert place.outbox.so_far().epoch != epoch
    place.hub.clock.forward(MINUTE)
    place.send()
    place.beat()
    assert {receipt.outcome for receipt in place.work()} <= {"accepted", "duplicate"}
    assert place.kinds() == [FeedKind.BEGUN_AGAIN, FeedKind.HEARD]


def put_back(path: Path, epoch: str) -> SqliteOutbox:
    """An outbox as it was when it had numbered nothing yet."""
    SqliteOutbox(path, b"i" * 32).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE counted SET epoch = ?", (epoch,))
    return SqliteOutbox(path, b"i" * 32)


def test_an_answer_to_a_report_is_no_answer_to_a_heartbeat(place: Place) -> None:
    place.send()
    place.beat()
    answers = [heed(receipt, place.outbox) for receipt in place.work()]
    assert answers.count(True) == 1
    assert answers.count(False) == FACTS
