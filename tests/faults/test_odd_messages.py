"""Poison among good ones, repeats, odd orders and times: is each accounted for once, and no neighbour harmed?"""

import json
import random
from contextlib import closing
from datetime import timedelta
from itertools import chain
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from agencies.edge import Outgoing
from contracts import envelope
from contracts.catalogue import wire_type
from contracts.envelope import Sealed
from contracts.event_id import event_id
from contracts.events.hub import ReceiptIssued
from contracts.events.shared import ConcernRaised
from contracts.identifiers import parse_identifier
from contracts.report import Report
from contracts.signature import Attributes
from contracts.vocabulary import Purpose
from contracts.when import at_moment
from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.clock import SystemClock
from hub.adapters.edge_side import Edge
from hub.adapters.fact_codes import REPORT
from hub.application.read_chronology import read_chronology
from hub.application.receive_together import Answered
from hub.application.take_messages import CONSUMER, TOGETHER, take_messages
from hub.commands import edge as edge_command
from hub.commands.audit_log import check
from hub.domain.errors import StoreUnavailable
from hub.engines import open_bus
from hub.settings import Settings
from hub.views.received import RECEIVED, balances
from hub.wiring import Hub
from tests.support.beset import POLICE, Beset, notice, on_servers, soon
from tests.support.engines import PostgresEngine
from tests.support.given import NOW, ROBIN, a_concern, an_actor
from tests.support.places import REPO
from tests.support.set_aside import Ward
from tests.support.small_hub import Sender

CORPUS = REPO / "tests" / "corpus"
POISON = tuple(sorted(chain((CORPUS / "json").glob("*.bin"), (CORPUS / "fhir").glob("*.bin"))))
CANARY = "Zebedee Quillfeather"
NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


class Road:
    """The bus between the senders and a small hub, with what the hub answered."""

    def __init__(self, folder: Path) -> None:
        self.ward = Ward(folder)
        self.bus = EmbeddedBus(folder / "bus.db")
        self.answers: list[ReceiptIssued] = []

    def put(self, *messages: Sealed, sender: Sender | None = None) -> None:
        topic = (sender or self.ward.hub.police).topic
        self.bus.send_all(tuple(Outgoing(topic, "key", message) for message in messages))

    def drain(self, together: int = TOGETHER) -> int:
        """How many rounds it took until nothing waits."""
        topics = tuple(sender.topic for sender in self.ward.hub.senders)
        rounds = 0
        while take_messages(self.ward.receiving(), self.bus, self._answer, topics, together=together):
            rounds += 1
        assert sum(one.count for one in self.bus.lag("hub-receive", topics)) == 0
        return rounds

    def outcomes(self, *reports: Report) -> set[str]:
        """What the hub answered to these."""
        ids = {str(self.id_of(report)) for report in reports}
        return {one.outcome for one in self.answers if one.event_id in ids}

    def stored(self) -> int:
        return sum(row.code == REPORT for row in self.ward.hub.store.rows_after(0, 10_000))

    def id_of(self, report: Report) -> UUID:
        return event_id(self.ward.hub.police.source, report)

    def _answer(self, answered: tuple[Answered, ...]) -> frozenset[str]:
        self.answers += [one.receipt for one in answered]
        return frozenset()


@pytest.fixture
def road(tmp_path: Path) -> Road:
    return Road(tmp_path)


def balanced(road: Road) -> bool:
    return all(book.holds for book in road.ward.books().values())


@pytest.mark.slow
def test_a_thousand_repeats_in_any_order_are_stored_once(road: Road) -> None:
    reports = [a_concern(f"C-{number}", happened=at_moment(NOW - timedelta(days=number))) for number in range(20)]
    once = [road.ward.message(report) for report in reports]
    many = [once[0]] * 1000 + once[1:] * 3
    random.Random(11).shuffle(many)
    road.put(*many)
    road.drain()
    assert road.stored() == 20
    assert [one.outcome for one in road.answers].count("accepted") == 20
    assert [one.outcome for one in road.answers].count("duplicate") == len(many) - 20
    shown = read_chronology(road.ward.hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    happened = [str(entry.happened.value) for entry in shown.entries]
    assert happened == sorted(happened)
    assert len(happened) == 20
    assert balanced(road)


def test_thirty_days_late_it_stands_where_it_happened_and_says_when_it_came(road: Road) -> None:
    clock = road.ward.hub.clock
    late, prompt = (
        a_concern("C-late", words="late", happened=at_moment(NOW - timedelta(days=3))),
        a_concern("C-prompt", words="prompt", happened=at_moment(NOW - timedelta(days=2))),
    )
    road.put(road.ward.message(prompt))
    road.drain()
    clock.forward(timedelta(days=30))
    road.put(road.ward.message(late))
    road.drain()
    shown = read_chronology(road.ward.hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    assert [entry.facts[0].text for entry in shown.entries] == ["late", "prompt"]
    assert [entry.received for entry in shown.entries] == [NOW + timedelta(days=30), NOW]
    assert "received_late" in {mark.code for mark in shown.entries[0].marks}
    before = read_chronology(
        road.ward.hub.reading(),
        an_actor(),
        parse_identifier(f"nhs:{ROBIN}"),
        Purpose.SECTION_47,
        (NOW + timedelta(days=1)).date(),
    )
    assert [entry.facts[0].text for entry in before.entries] == ["prompt"]


def test_from_the_future_it_is_kept_and_marked(road: Road) -> None:
    ahead = a_concern("C-ahead", happened=at_moment(NOW + timedelta(days=400)))
    road.put(road.ward.message(ahead), road.ward.message(a_concern("C-now")))
    road.drain()
    assert {one.outcome for one in road.answers} == {"accepted"}
    shown = read_chronology(road.ward.hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    assert [entry.received for entry in shown.entries] == [NOW, NOW]
    assert ["happened_in_future" in {mark.code for mark in entry.marks} for entry in shown.entries] == [False, True]


def bodies_with_canaries(report: Report) -> list[bytes]:
    """The report's own bytes, spoilt in many ways, each with a name in it that nobody may repeat."""
    text = report.to_bytes().decode()
    told = json.loads(text)
    return [
        json.dumps({**told, CANARY: 1}).encode(),
        json.dumps({**told, "about": {CANARY: CANARY}}).encode(),
        json.dumps({**told, "record": CANARY}).encode(),
        json.dumps({**told, "people": [{"ref": CANARY}]}).encode(),
        json.dumps({**told, "happened": {"value": CANARY, "precision": CANARY}}).encode(),
        f'{{"{CANARY}":1,"{CANARY}":2}}'.encode(),
        f'{text[:-1]},"about":"{CANARY}"}}'.encode(),
        f"{text} {CANARY}".encode(),
        f'{{"about":"{CANARY}'.encode(),
        CANARY.encode(),
        f'"{CANARY}"'.encode(),
        CANARY.encode("utf-16"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("together", [1, 7, TOGETHER])
def test_each_row_of_the_corpus_among_good_ones_harms_none(
    together: int, road: Road, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    spoilt = [path.read_bytes() for path in POISON] + bodies_with_canaries(a_concern("C-bad"))
    good = [a_concern(f"C-{number}") for number in range(len(spoilt) + 1)]
    messages = [road.ward.message(good[0])]
    bad = []
    for number, body in enumerate(spoilt, start=1):
        bad.append(a_concern(f"B-{number}"))
        messages += [road.ward.message(bad[-1], body=body or b" "), road.ward.message(good[number])]
    road.put(*messages)
    assert road.drain(together) <= len(messages)
    assert road.outcomes(*good) == {"accepted"}
    assert road.stored() == len(good)
    aside = [one for one in road.answers if one.outcome == "quarantined"]
    assert len(aside) == len(bad) == len({one.event_id for one in aside})
    assert all(one.code and one.code.replace("_", "").isalnum() for one in aside)
    told = "\n".join(one.to_bytes().decode() for one in road.answers) + caplog.text + "".join(capfd.readouterr())
    assert not [word for word in CANARY.split() if word in told]
    assert balanced(road)


def test_native_files_of_the_corpus_through_every_edge_stall_nothing(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path))
    police, health = hub.edge("police"), hub.edge("health")
    for path in POISON:
        edge = health if path.parent.name == "fhir" else police
        outcomes = edge.send(path.read_bytes(), path.name)
        assert all(not one.facts for one in outcomes if one.result.value != "accepted")
        assert outcomes, path.name
    police.send(NOTICE.read_bytes(), NOTICE.name)
    receipts = hub.work()
    assert [one.outcome for one in receipts][-2:] == ["accepted", "accepted"]
    assert check(hub).ok


@pytest.mark.parametrize("bundled", [False, True])
def test_the_37th_of_a_hundred_fails_and_99_are_in(bundled: bool, road: Road) -> None:
    reports = [a_concern(f"C-{number}") for number in range(100)]
    stated = [(report, b'{"about": 37}' if number == 36 else None) for number, report in enumerate(reports)]
    if bundled:
        road.put(road.ward.bundle(*stated))
    else:
        road.put(*(road.ward.message(report, body=body) for report, body in stated))
    road.drain()
    assert road.stored() == 99
    assert road.outcomes(*reports[:36], *reports[37:]) == {"accepted"}
    (aside,) = [one for one in road.answers if one.outcome == "quarantined"]
    assert (aside.code, aside.event_id) == ("schema", str(road.id_of(reports[36])))
    assert balanced(road)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.kafka
def test_a_thousand_repeats_on_servers_among_odd_ones_break_no_promise(
    tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine
) -> None:
    """An edge's own messages, many times over and in any order, and bodies of the corpus that it has signed."""
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        beset.numbers += range(1, 6)
        with beset.edge() as (edge, _):
            for number in beset.numbers:
                edge.take(notice(number), f"notice-{number}.json")
            once = [outgoing for _, outgoing in edge.outbox.waiting(500)]
            odd = [signed_by(edge, path.read_bytes() or b" ", beset) for path in POISON[::8]]
        many = once * (1000 // len(once)) + odd
        random.Random(11).shuffle(many)
        with closing(open_bus(beset.police.settings)) as bus:
            bus.send_all(tuple(many))
        with beset.opened() as hub:
            soon(lambda: all_taken(hub), "each taken in")
            (book,) = (one for one in balances(hub.view_rows.read(RECEIVED)) if one.source == POLICE.source)
        assert (book.accepted, book.quarantined) == (len(once), len(odd))
        found = beset.broken()
        assert found == []


def all_taken(hub: Hub) -> bool:
    """Whether nothing of the police's waits any more, and the views know; what is away is asked again."""
    try:
        hub.work()
        return sum(one.count for one in hub.bus.lag(CONSUMER, (POLICE.inbound_topic,))) == 0
    except StoreUnavailable:
        return False


def signed_by(edge: Edge, body: bytes, beset: Beset) -> Outgoing:
    """The body as if it were a report of the police's, signed by their edge and sealed to the hub."""
    topic = POLICE.inbound_topic
    attributes = Attributes(uuid4(), POLICE.source, wire_type(ConcernRaised), topic, SystemClock().now())
    seal = edge_command.hub_keys(beset.police.settings).seal
    return Outgoing(topic, str(uuid4()), envelope.seal(body, attributes, edge.keys.signing, seal))
