"""Is what was just sent taken back by a press on the page that says so, and is it said why where it is not?"""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.events.sharing import DisclosureDecided, ShareTakenBack
from hub.application.follow_disclosures import account_of
from hub.application.ports import Stream
from hub.commands import staff
from hub.wiring import Hub
from tests.support.bus_away import a_road, no_road
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.html import faults
from tests.support.pages import send, signed_in
from tests.support.story import tell_story
from tests.web.test_chronology_page import words_of
from tests.web.test_recording_decisions import ALL, kept


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub of the test's own, with its story."""
    made = house(tmp_path)
    tell_story(made)
    return made


@pytest.fixture
def browser(own: Hub) -> TestClient:
    """The decision-maker's browser."""
    return signed_in(own, staff.DECISION_MAKER)


def taken_back(browser: TestClient, page: str) -> Response:
    """The answer to taking back what the page says was sent."""
    fields = re.search(r'take-back".*?name="child" value="([^"]*)".*?name="decision" value="([^"]*)"', page)
    assert fields is not None
    return send(browser, "/shares/take-back", {"child": fields[1], "decision": fields[2]})


def test_what_was_sent_can_be_taken_back_from_the_page_that_says_so(own: Hub, browser: TestClient) -> None:
    page = send(browser, "/decide/keep", ALL).text
    said = words_of(page)
    assert re.search(r"Sent by mistake\? Until .* and while nobody there has read it:", said)
    answer = taken_back(browser, page)
    said = words_of(answer.text)
    assert answer.status_code == 200
    assert "Taken back from Fenwold Hospitals NHS Trust. The recall has not reached them yet. It had gone" in said
    assert "Taken back; the recall has not reached Fenwold Hospitals NHS Trust yet" in said
    (person_id,) = own.index.people_with("nhs", ROBIN)
    (fact,) = (one for one in own.store.read_stream(Stream.access(person_id)) if isinstance(one, ShareTakenBack))
    assert fact.disclosure_id == [one for one in kept(own) if isinstance(one, DisclosureDecided)][-1].disclosure_id
    again = taken_back(browser, page)
    assert again.status_code == 409
    assert "It was not taken back. It was taken back before." in words_of(again.text)
    assert not faults(answer.text)
    assert not faults(again.text)
    assert own.follow_if_free(own.store)
    own.edge("health").collect("named_nurse")
    own.work()
    said = words_of(send(browser, "/shares", {"child": ROBIN}).text)
    assert "Taken back; the recall has reached Fenwold Hospitals NHS Trust" in said
    assert "has not reached" not in said
    said = words_of(send(signed_in(own, staff.IG_OFFICER), "/who-looked", {"child": ROBIN}).text)
    assert "Recalled: whoever decided to share it took it back to Fenwold Hospitals NHS Trust" in said
    assert "Shared: whoever" not in said


def test_what_was_never_sent_is_not_taken_back(own: Hub, browser: TestClient) -> None:
    for decision in ("", "x", "00000000-0000-4000-8000-000000000000"):
        answer = send(browser, "/shares/take-back", {"child": ROBIN, "decision": decision})
        assert answer.status_code == 409
        assert "Only whoever decided to share it can take it back." in answer.text


def test_what_is_decided_while_the_road_is_away_is_said_to_be_on_record_and_to_wait(
    own: Hub, browser: TestClient
) -> None:
    no_road(own)
    answer = send(browser, "/decide/keep", {**ALL, "to-police": "1"})
    said = words_of(answer.text)
    assert answer.status_code == 200
    assert "It waits to go to Hexley Police and Fenwold Hospitals NHS Trust." in said
    assert "Decided, and not sent yet to Fenwold Hospitals NHS Trust" in said
    assert "Your decision is on record." in said
    assert "It has gone to" not in said
    assert "Sent by mistake?" not in said
    assert not faults(answer.text)
    (person_id,) = own.index.people_with("nhs", ROBIN)
    decided = [one for one in kept(own) if isinstance(one, DisclosureDecided)]
    assert {one.recipient for one in decided} == {"urn:childhub:agency:police", "urn:childhub:agency:health"}
    a_road(own)
    assert own.follow_if_free(own.store)
    account = account_of(own.sharing(), person_id)
    assert account is not None
    left = {one.follows for one in account.permitted() if one.disclosure_id in account.sent}
    assert {one.disclosure_id for one in decided} <= left
