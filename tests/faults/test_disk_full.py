"""The disk is full: does intake stop before it answers, is nothing shown, and does all go on when room is made?"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.fact_codes import REPORT
from hub.application.read_chronology import read_chronology
from hub.commands import staff
from hub.domain.errors import StoreUnavailable
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.beset import notice
from tests.support.given import an_actor
from tests.support.invariants import Sent, broken
from tests.support.pages import pages, send, sign_in
from tests.support.small_disk import SmallDisk, small_disk

pytestmark = pytest.mark.slow
CHILD = "9991000119"


@pytest.fixture
def disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as found:
        with capsys.disabled():
            sys.stdout.write(f"[disk full by {found.way}] ")
        yield found


def opened(home: Path, bus: Path) -> Hub:
    hub = Hub(Settings(home=home, bus=bus))
    hub.edge("police")
    staff.enrol(hub)
    return hub


def sent(hub: Hub, *numbers: int) -> Sent:
    edge = hub.edge("police")
    taken = [edge.send(notice(number), f"{number}.json") for number in numbers]
    ids = frozenset(fact.event_id for outcomes in taken for outcome in outcomes for fact in outcome.facts)
    return Sent(edge.agency.source, ids, ())


def answered(hub: Hub, one: Sent) -> Sent:
    return Sent(one.source, one.ids, hub.edge("police").receipts())


def test_intake_stops_before_the_answer_reading_fails_closed_and_all_goes_on(disk: SmallDisk) -> None:
    hub = opened(disk.folder / "home", disk.folder.parent / "bus.db")
    first = sent(hub, 1)
    hub.work()
    browser = pages(hub)
    assert sign_in(browser, hub, staff.DECISION_MAKER).status_code == 303
    asking = {"child": CHILD, "purpose": "s47"}
    assert "Robinb" in send(browser, "/chronology", asking).text
    second = sent(hub, 2, 41)  # on the bus, which has room
    stored = sum(row.code == REPORT for row in hub.store.rows_after(0, 1000))
    early = hub.edge("police").receipts()
    with disk.full():
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                hub.work()
        assert hub.edge("police").receipts() == ()
        with pytest.raises(StoreUnavailable):
            read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{CHILD}"), Purpose.SECTION_47)
        page = send(browser, "/chronology", asking)
        assert (page.status_code, "Robin" in page.text, "Exemplar" in page.text) == (503, False, False)
        assert hub.readiness.codes()["store"] != "ok" or disk.way != "tmpfs"
    assert sum(row.code == REPORT for row in hub.store.rows_after(0, 1000)) == stored
    hub.work()  # the same process, not started again
    assert "Robinb" in send(browser, "/chronology", asking).text
    everything = Sent(first.source, first.ids | second.ids, (*early, *hub.edge("police").receipts()))
    assert broken(hub, everything) == []
    hub.close()


def test_an_edge_that_cannot_keep_takes_no_file_in_and_gives_no_number_away(disk: SmallDisk, tmp_path: Path) -> None:
    (tmp_path / "home" / "edges").mkdir(parents=True)
    (disk.folder / "edge").mkdir()
    (tmp_path / "home" / "edges" / "police").symlink_to(disk.folder / "edge", target_is_directory=True)
    hub = opened(tmp_path / "home", tmp_path / "bus.db")
    edge = hub.edge("police")
    before = edge.outbox.so_far()
    with disk.full():
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                edge.take(notice(5), "5.json")
    assert edge.outbox.so_far() == before
    kept = sent(hub, 5)
    hub.work()
    assert broken(hub, answered(hub, kept)) == []


def test_keys_that_cannot_be_kept_are_not_used(disk: SmallDisk, tmp_path: Path) -> None:
    """A child whose key is lost is a child whose record never opens again."""
    (tmp_path / "home").mkdir()
    (disk.folder / "keys").mkdir(mode=0o700)
    (tmp_path / "home" / "keys").symlink_to(disk.folder / "keys", target_is_directory=True)
    hub = opened(tmp_path / "home", tmp_path / "bus.db")
    hub.work()
    new_child = sent(hub, 3)
    with disk.full():
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                hub.receive()
    assert not [row for row in hub.store.rows_after(0, 1000) if row.code == REPORT]
    hub.work()
    assert broken(hub, answered(hub, new_child)) == []


def test_a_log_that_cannot_be_sealed_catches_up(disk: SmallDisk, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (disk.folder / "log").mkdir()
    (tmp_path / "home" / "log").symlink_to(disk.folder / "log", target_is_directory=True)
    hub = opened(tmp_path / "home", tmp_path / "bus.db")
    hub.work()
    kept = sent(hub, 4)
    with disk.full():
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                hub.work()
    hub.work()
    assert broken(hub, answered(hub, kept)) == []
