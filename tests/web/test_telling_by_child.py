"""Is the list of who is to be told short enough to work from, and does the worklist count what chronologies say?"""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from contracts.report import Told
from contracts.vocabulary import Telling
from hub.application.list_telling_due import MOST_CHILDREN
from hub.application.read_worklist import WorklistViews, read_worklist
from hub.commands import staff
from hub.domain.feed import Partner
from hub.views.telling import TELLING
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.beset import nhs_number
from tests.support.given import StoppedClock, a_child, a_concern, an_actor
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.web.test_chronology_page import words_of
from tests.web.test_feeds_told import POLICE, a_feed

CHILDREN = MOST_CHILDREN + 2
HOUSING = "urn:childhub:agency:housing"
DUE = (Told(person="child", state=Telling.DUE),)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub with more children to tell than one part of the list has, and one of them in two reports."""
    made = house(tmp_path_factory.mktemp("many"))
    reports = [
        a_concern(f"C-{one}", a_child(nhs_number(one), given=f"Child{one}"), telling=DUE) for one in range(CHILDREN)
    ]
    say(made, "police", *reports, a_concern("C-again", a_child(nhs_number(0), given="Child0"), telling=DUE))
    return made


@pytest.fixture
def browser(many: Hub) -> TestClient:
    """A decision-maker before the pages."""
    return signed_in(many, staff.DECISION_MAKER)


def test_one_line_for_each_child_and_a_part_of_them_on_a_page(browser: TestClient) -> None:
    first, last = browser.get("/telling"), browser.get("/telling/2")
    assert (first.text.count("<summary><span"), last.text.count("<summary><span")) == (MOST_CHILDREN, 2)
    said = words_of(first.text)
    assert f"{CHILDREN + 1} to settle, about {CHILDREN} children" in said
    assert "2 to settle" in said + words_of(last.text)
    assert "This is part 1 of 2." in said
    assert 'href="/telling/2"' in first.text
    assert 'href="/telling/1"' in last.text
    assert not faults(first.text)


def test_a_child_is_on_one_part_alone_and_only_those_of_the_part_are_on_record(many: Hub, browser: TestClient) -> None:
    def listed() -> list[str]:
        found = browser.get("/telling/2").text
        return re.findall(r'name="child" value="(hub:[0-9a-f]{32})"', found)

    def looks() -> dict[str, int]:
        links = many.view_rows.read(TELLING)
        people = {str(row["person_id"]) for row in links}
        return {one: sum(each.what == "telling" for each in many.store.read_access(UUID(one))) for one in people}

    before = looks()
    shown = {str(UUID(one.removeprefix("hub:"))) for one in listed()}
    after = looks()
    assert len(shown) == 2
    assert {one for one in after if after[one] != before[one]} == shown


@pytest.mark.parametrize("part", ["0", "x", "1x", "-1", "999999"])
def test_a_part_that_is_none_is_not_there(browser: TestClient, part: str) -> None:
    assert browser.get(f"/telling/{part}").status_code == 404


def test_the_worklist_says_what_is_due_first_and_of_nobody(browser: TestClient) -> None:
    said = words_of(browser.get("/").text)
    assert f"{CHILDREN + 1} To be told first due" in said
    assert "Child0" not in said


def test_what_is_late_is_counted_as_matters_and_by_the_children_they_are_about(many: Hub) -> None:
    """One child stands in two reports: that is two matters about one child, and nobody is counted as two people."""
    clock = StoppedClock(many.clock.now() + timedelta(days=60), "late")
    views = WorklistViews(parts_of(many).rows_of("telling"), (), (), (), (), (), (), (), ())
    found = read_worklist(many.store, clock, an_actor("priya"), views)
    assert (found.tell_late, found.tell_late_children) == (CHILDREN + 1, CHILDREN)
    said = words_of(signed_in(many, staff.DECISION_MAKER, clock=clock).get("/").text)
    assert (
        f"Telling is late in {CHILDREN + 1} matters, about {CHILDREN} children. Each is one person in one report"
        in said
    )
    assert "people should have been told" not in said


def test_the_worklist_counts_as_not_known_in_full_whom_a_chronology_counts(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())

    def partners() -> tuple[Partner, ...]:
        """The police have told that records of theirs were not readable: no alarm, and something is not here."""
        feed = a_feed(hub, unread=2)
        found = hub.reading().partners
        return tuple(
            replace(
                one, connected=one.source != HOUSING, feed={POLICE: feed, HOUSING: None}.get(one.source, a_feed(hub))
            )
            for one in found
        )

    parts = replace(parts_of(hub), reading=lambda: replace(hub.reading(), partners=partners()))
    browser = browsing(create_app(parts))
    sign_in(browser, hub, staff.DECISION_MAKER)
    chronology = words_of(send(browser, "/chronology", ASKING).text)
    assert "Not all that Hexley Police has to send may have come." in chronology
    worklist = words_of(browser.get("/").text)
    assert "2 of 9 not known in full: Hexley Police, Northborough Housing." in chronology
    lacks = "1 not connected, 1 with records not readable at their own edge"
    assert f"2 agencies are not known in full, so something of a child’s may not be here: {lacks}." in worklist
    assert "2 Agencies not known in full" in worklist
    assert "2 agencies are not known in full." in words_of(browser.get("/feeds").text)


def test_an_agency_that_is_not_connected_is_counted_and_presses_nobody(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern())
    found = tuple(
        replace(one, connected=one.source != HOUSING, feed=None if one.source == HOUSING else a_feed(hub))
        for one in hub.reading().partners
    )
    parts = replace(parts_of(hub), reading=lambda: replace(hub.reading(), partners=found))
    browser = browsing(create_app(parts))
    sign_in(browser, hub, staff.DECISION_MAKER)
    worklist = words_of(browser.get("/").text)
    assert ("Nothing is late" in worklist, "1 Agencies not known in full" in worklist) == (True, True)
    assert "1 of 9 not known in full: Northborough Housing." in words_of(send(browser, "/chronology", ASKING).text)
