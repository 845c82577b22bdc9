"""Does the bar over a chronology name the open enquiry, its rating and the time that is left, and of today alone?"""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.lead_enquiry import Rated, close_enquiry, open_enquiry, rate_enquiry
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.web.app import create_app
from hub.web.rendering import number
from hub.wiring import Hub
from tests.support.given import ROBIN, a_child, a_concern
from tests.support.house import house, proved, say
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in
from tests.support.screens import CLOCKS
from tests.web.test_chronology_page import words_of
from tests.web.test_recording_decisions import NOT

CHILD, WHY, NHS = parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47, "NHS number 999 000 1006"


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this test's own, in which the police know Robin and so does a school."""
    made = house(tmp_path_factory.mktemp("bar"))
    say(made, "police", a_concern())
    say(made, "school", a_concern("S-1", a_child()))
    return made


def reading(hub: Hub, member: staff.Member = staff.DECISION_MAKER) -> TestClient:
    """The pages of an area that rates its enquiries."""
    browser = browsing(create_app(replace(parts_of(hub), clocks=CLOCKS)))
    assert sign_in(browser, hub, member).status_code == 303
    return browser


def bar(browser: TestClient, **more: str) -> str:
    """What the bar says."""
    page = send(browser, "/chronology", {**ASKING, **more}).text
    return words_of(page.partition('<div class="child-bar">')[2].partition("</dl>")[0])


def named(enquiry_id: UUID) -> str:
    """The enquiry, as the way to its page."""
    return f"Enquiry {number(enquiry_id)} : assign or close it, on record"


def test_the_open_enquiry_is_named_with_its_rating_and_the_time_that_is_left(own: Hub) -> None:
    browser, lena = reading(own), proved(own, staff.DECISION_MAKER)
    assert NHS in bar(browser)
    assert "Enquiry None open Open one, on record" in bar(browser)
    one = open_enquiry(own.reading(), lena, CHILD, WHY).enquiry_id
    assert f"{named(one)} Not rated" in bar(browser), "at once: nobody opens a second for want of seeing it"
    rate_enquiry(own.reading(), lena, CHILD, WHY, Rated("Red"))
    assert re.search(rf"{named(one)} Red 3 hr 5\d min left", bar(browser))
    send(browser, "/decide/keep", NOT)
    assert f"{named(one)} Red Decided in time" in bar(browser)
    two = open_enquiry(own.reading(), lena, CHILD, WHY).enquiry_id
    assert f"{named(two)} Not rated" in bar(browser)
    assert ", and 1 more open" in bar(browser)
    for _ in range(2):
        close_enquiry(own.reading(), lena, CHILD, WHY)
    assert "Enquiry None open" in bar(browser)


def test_as_known_on_a_day_no_enquiry_is_named_and_nothing_changes_when_one_is_opened(own: Hub) -> None:
    browser, today = reading(own), day_in_london(own.clock.now())
    for day in (today, today - timedelta(days=1)):
        asked = {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}
        before = bar(browser, **asked)
        assert (NHS in before) is (day == today), "what nobody had said by then is not there"
        open_enquiry(own.reading(), proved(own, staff.DECISION_MAKER), CHILD, WHY)
        assert bar(browser, **asked) == before
        assert "Enquiry" not in before


def test_one_who_only_reported_is_not_told_of_it(own: Hub) -> None:
    open_enquiry(own.reading(), proved(own, staff.DECISION_MAKER), CHILD, WHY)
    said = bar(reading(own, staff.UNRELATED))
    assert NHS in said
    assert "Enquiry" not in said
