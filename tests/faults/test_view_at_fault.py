"""A view that cannot take in a fact, or is killed while it is built again: does all else go on, and do pages say so?"""

import logging
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agencies import registry as partners
from contracts.envelope import Sealed
from contracts.event import Fact
from contracts.events.hub import ReportQuarantined
from hub.adapters.late_views import LateViews
from hub.adapters.levels import newest_of
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import Held
from hub.commands import staff
from hub.commands.audit_log import check
from hub.commands.held_views import ToldOfViews
from hub.commands.quiet_log import QuietFormatter
from hub.settings import Settings
from hub.views.all_views import VIEWS
from hub.views.quarantine import QUARANTINE
from hub.views.view import Read, View, ViewRow
from hub.web.app import create_app
from hub.web.late import LISTS
from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.invariants import Sent, broken
from tests.support.pages import browsing, parts_of, sign_in
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
BEHIND = "Some lists are behind."


def stumbling(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """A view that does not know what to do with something set aside."""
    if isinstance(fact, ReportQuarantined):
        raise KeyError("Robin Exemplar")  # what a fault says of itself is told to nobody
    return QUARANTINE.rows(fact, position, read)


FAULTY = replace(QUARANTINE, project=None, gather=stumbling, asks=None)
WITH_FAULT: tuple[View, ...] = tuple(FAULTY if view is QUARANTINE else view for view in VIEWS)


def opened(home: Path, views: tuple[View, ...] = VIEWS) -> Hub:
    hub = Hub(Settings(home=home))
    hub.view_rows = ViewRows(home / "views.db", views)
    return hub


def set_aside(hub: Hub) -> int:
    """The row of a message that nobody can open."""
    topic = partners.by_name("police").inbound_topic
    hub.bus.send(topic, "key", Sealed((("ce_specversion", "1.0"),), b"no seal"))
    assert [receipt.outcome for receipt in hub.work()] == ["quarantined"]
    return next(
        row.position for row in hub.store.rows_after(0, 1000) if isinstance(hub.store.open_row(row), ReportQuarantined)
    )


def send(hub: Hub, number: int) -> Sent:
    """What the police sent, and were answered."""
    edge = hub.edge("police")
    notice = NOTICE.read_bytes().replace(b"HX-26-091502", f"HX-26-{number:06}".encode())
    facts = [fact for outcome in edge.send(notice, f"{number}.json") for fact in outcome.facts]
    hub.work()
    return Sent(edge.agency.source, frozenset(fact.event_id for fact in facts), edge.receipts())


@pytest.fixture
def at_fault(tmp_path: Path) -> tuple[Hub, int, Sent]:
    """A hub one of whose views stumbles over a row, which is given too, and what was sent after that."""
    hub = opened(tmp_path, WITH_FAULT)
    staff.enrol(hub)
    row = set_aside(hub)
    return hub, row, send(hub, 1)


def test_intake_sealing_and_the_other_views_go_on(at_fault: tuple[Hub, int, Sent]) -> None:
    hub, row, sent = at_fault
    assert hub.held == (Held("quarantine", row, "KeyError"),)
    assert {receipt.outcome for receipt in sent.answers} == {"accepted"}
    assert hub.bodies.last()[1] == newest_of(hub.recorder)
    behind = {view.name for view in VIEWS if hub.view_rows.followed_to(view) < newest_of(hub.recorder)}
    assert behind == {"quarantine"}
    found = check(hub)
    assert (found.log.ok, found.store_findings, found.halted) == (True, (), ())
    assert [finding.split(":")[0] for finding in found.view_findings] == ["view quarantine"]


def test_what_stands_before_the_row_is_in_the_view(tmp_path: Path) -> None:
    hub = opened(tmp_path, WITH_FAULT)
    send(hub, 1)
    row = set_aside(hub)
    assert hub.view_rows.followed_to(FAULTY) == row - 1


def test_mended_it_equals_a_view_built_from_nothing(at_fault: tuple[Hub, int, Sent]) -> None:
    hub, _, sent = at_fault
    mended = opened(hub.settings.home)
    mended.work()
    assert mended.held == ()
    assert broken(mended, sent) == []


def page_of(hub: Hub, late_by: timedelta) -> str:
    """The quarantine page, so long after what was kept."""
    clock = StoppedClock(hub.clock.now() + late_by)
    late = LateViews(hub.view_rows, hub.bodies, lambda: newest_of(hub.recorder), clock)
    browser = browsing(create_app(replace(parts_of(hub), late=late.now)))
    sign_in(browser, hub, staff.IG_OFFICER)
    page = browser.get("/quarantine")
    assert page.status_code == 200
    return page.text


def test_the_page_says_which_list_is_behind_and_since_when(at_fault: tuple[Hub, int, Sent]) -> None:
    hub, row, _ = at_fault
    first = hub.bodies.at_position(row)
    assert first is not None
    (late,) = LateViews(
        hub.view_rows, hub.bodies, lambda: newest_of(hub.recorder), StoppedClock(hub.clock.now() + timedelta(minutes=5))
    ).now()
    assert late.view == "quarantine"
    assert int(late.since.timestamp() * 1_000_000) == pytest.approx(first.at_us, abs=2)
    page = page_of(hub, timedelta(minutes=5))
    assert BEHIND in page
    assert LISTS["quarantine"].capitalize() in page
    assert BEHIND not in page_of(hub, timedelta(0))
    mended = opened(hub.settings.home)
    mended.work()
    assert BEHIND not in page_of(mended, timedelta(minutes=5))


def test_every_view_has_words_for_the_page() -> None:
    assert set(LISTS) == {view.name for view in VIEWS}


def test_the_process_log_names_view_and_row_once_and_no_words(
    at_fault: tuple[Hub, int, Sent], caplog: pytest.LogCaptureFixture
) -> None:
    hub, row, _ = at_fault
    told = ToldOfViews()
    with caplog.at_level(logging.WARNING):
        for held in (hub.held, hub.held, (), ()):
            told.tell(held)
    lines = [QuietFormatter().format(record) for record in caplog.records]
    assert len(lines) == 2
    assert lines[0].endswith(f"a view is held up quarantine {row} KeyError")
    assert lines[1].endswith("a view follows again quarantine")
    assert "Exemplar" not in caplog.text


def test_ready_says_behind_when_only_a_view_is(at_fault: tuple[Hub, int, Sent]) -> None:
    hub, row, _ = at_fault
    assert LateViews(hub.view_rows, hub.bodies, lambda: 0, hub.clock).followed() == row - 1 < hub.bodies.last()[1]


KILLED_WHILE_BUILDING = """
import os
import signal
import sys
from pathlib import Path
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.settings import Settings
from hub.wiring import Hub

class Few:
    def __init__(self, rows):
        self._rows = rows
    def rows_after(self, position, limit):
        return self._rows.rows_after(position, 5)
    def open_row(self, row):
        return self._rows.open_row(row)

class Dying(ViewRows):
    left = 7
    def write(self, *given, **more):
        done = super().write(*given, **more)
        Dying.left -= 1
        if not Dying.left:
            print("inside", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return done

home = Path(sys.argv[1])
hub = Hub(Settings(home=home))
keep_views(Few(hub.store), Dying(home / "views.db", hub.view_rows.views))
"""


def test_killed_while_built_again_during_traffic(tmp_path: Path) -> None:
    hub = opened(tmp_path)
    staff.enrol(hub)
    everything = [send(hub, number) for number in range(4)]
    hub.view_rows.close()
    (tmp_path / "views.db").unlink()
    hub = opened(tmp_path)
    came: list[Sent] = []
    traffic = threading.Thread(target=lambda: came.extend(send_only(hub, number) for number in range(10, 16)))
    traffic.start()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_BUILDING, str(tmp_path)],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPO)},
    )
    traffic.join()
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "inside\n")
    again = opened(tmp_path)
    again.work()
    receipts = again.edge("police").receipts()
    assert broken(again, *everything, *(replace(one, answers=(*one.answers, *receipts)) for one in came)) == []


def send_only(hub: Hub, number: int) -> Sent:
    """What the police sent and the hub took in, while nobody follows."""
    edge = hub.edge("police")
    notice = NOTICE.read_bytes().replace(b"HX-26-091502", f"HX-26-{number:06}".encode())
    facts = [fact for outcome in edge.send(notice, f"{number}.json") for fact in outcome.facts]
    hub.receive()
    return Sent(edge.agency.source, frozenset(fact.event_id for fact in facts), ())
