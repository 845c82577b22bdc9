"""Does the hub say that it has locked, to whom, where does its owner go on, and what puts it off?"""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from hub.commands import staff
from hub.web.app import LONGEST_PLACE
from hub.web.page import STAY, TIME_LEFT, TYPED_FOR
from hub.web.session import ABSOLUTE, IDLE
from hub.web.words_kept import REASON
from hub.wiring import Hub
from tests.support.issuers import OwnIds, last_position
from tests.support.pages import ASKING, form_key, pages, send, sign_in, signed_in

LOCKED = "Locked to protect children’s information."
GOING = {"sec-fetch-dest": "document"}
SOON = timedelta(minutes=2)


def asked(browser: TestClient, path: str, key: str, **fields: str) -> tuple[int, object]:
    """The status of what a page that stands open asks, and how long it is told that it has."""
    answer = browser.post(path, data={"form_key": key, **fields})
    return answer.status_code, answer.json() if answer.status_code == 200 else answer.headers.get("location")


def test_a_page_says_how_long_it_may_stand_open_and_where_it_is(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    assert f'data-seconds="{int(IDLE.total_seconds())}" data-place="/telling"' in browser.get("/telling").text
    page = browser.post("/chronology", data={"form_key": form_key(browser.get("/about")), **ASKING})
    assert (page.status_code, 'data-place="/sign-in"' in page.text) == (200, True)
    assert 'class="stay"' not in pages(hub).get("/sign-in").text


def test_asking_how_long_is_left_puts_nothing_off_and_staying_does(hub: Hub) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    key = form_key(browser.get("/"))
    clock.forward(IDLE - SOON)
    for _ in range(3):
        assert asked(browser, TIME_LEFT, key) == (200, {"seconds": 120, "can_stay": True})
    clock.forward(timedelta(seconds=119))
    assert asked(browser, STAY, key) == (200, {"seconds": 900, "can_stay": True})
    clock.forward(IDLE)
    assert asked(browser, TIME_LEFT, key) == asked(browser, STAY, key) == (303, "/sign-in")


def test_nobody_stays_for_more_than_eight_hours(hub: Hub) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    key = form_key(browser.get("/"))
    for _ in range(int((ABSOLUTE - SOON) / timedelta(minutes=2))):
        clock.forward(timedelta(minutes=2))
        assert asked(browser, STAY, key)[0] == 200
    assert asked(browser, STAY, key) == (200, {"seconds": 120, "can_stay": False})
    assert 'data-seconds="120"' in browser.get("/").text
    clock.forward(SOON)
    assert asked(browser, STAY, key) == (303, "/sign-in")
    assert LOCKED in browser.get("/sign-in").text


@pytest.mark.parametrize("path", [TIME_LEFT, STAY])
def test_no_other_site_keeps_anybody_signed_in(hub: Hub, path: str) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    key = form_key(browser.get("/"))
    clock.forward(IDLE - SOON)
    elsewhere = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    assert browser.post(path, data={"form_key": key}, headers=elsewhere).status_code == 403
    assert browser.get(path).status_code == 405  # no picture, link or frame of another site is a form
    assert asked(pages(hub, clock=clock), path, key) == (303, "/sign-in")


def test_when_it_has_locked_it_says_so_to_this_browser_alone(hub: Hub) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    clock.forward(IDLE)
    assert browser.get("/telling", headers=GOING).headers["location"] == "/sign-in"
    page = browser.get("/sign-in").text
    assert ("<h1>Locked</h1>" in page, "<title>Locked" in page, LOCKED in page, "Priya" in page) == (True,) * 4
    assert "What you typed" not in page
    assert "social" not in page.partition("<main")[2]  # no role, no agency
    for other in (pages(hub, clock=clock), signed_out(hub, clock)):
        plain = other.get("/sign-in").text
        assert ("Locked" in plain, "Priya" in plain, "<h1>Sign in</h1>" in plain) == (False, False, True)


def signed_out(hub: Hub, clock: OwnIds) -> TestClient:
    """The browser of somebody who left by their own hand."""
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    browser.post("/sign-out", data={"form_key": form_key(browser.get("/"))})
    return browser


@pytest.mark.parametrize(
    ("member", "asked_for", "headers", "goes_to"),
    [
        (staff.DECISION_MAKER, "/telling", GOING, "/telling"),
        (staff.DECISION_MAKER, "/telling/2", GOING, "/telling/2"),
        (staff.DECISION_MAKER, "/chronology", GOING, "/"),  # by a form alone
        (staff.DECISION_MAKER, "/favicon.ico", GOING, "/"),
        (staff.DECISION_MAKER, "//elsewhere.example/", GOING, "/"),
        (staff.DECISION_MAKER, "/telling/" + "1" * LONGEST_PLACE, GOING, "/"),
        (staff.DECISION_MAKER, "/telling", {"sec-fetch-dest": "image"}, "/"),
        (staff.RESEARCHER, "/telling", GOING, "/"),  # somebody else
    ],
)
def test_its_owner_goes_back_to_the_page_asked_for(
    hub: Hub, member: staff.Member, asked_for: str, headers: dict[str, str], goes_to: str
) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    clock.forward(IDLE)
    assert browser.get(asked_for, headers=headers).headers["location"] == "/sign-in"
    assert ("on the page where you were" in browser.get("/sign-in").text) == (
        goes_to != "/" or member.subject != "priya"
    )
    assert sign_in(browser, hub, member).headers["location"] == goes_to


def test_what_was_being_typed_on_the_open_page_is_kept_and_a_live_session_keeps_nothing(hub: Hub) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    key = form_key(browser.get("/"))
    typed = {TYPED_FOR: "/ask/keep", **ASKING, "note": "Words that took an hour"}
    assert asked(browser, TIME_LEFT, key, **typed)[0] == 200
    assert browser.get("/kept").headers["location"] == "/"
    clock.forward(IDLE)
    assert asked(browser, TIME_LEFT, key, **typed) == (303, "/sign-in")
    assert "What you typed last is saved." in browser.get("/sign-in").text
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/kept"
    page = browser.get("/kept").text
    assert ('action="/ask/keep"' in page, "took an hour" in page, TYPED_FOR in page) == (True, True, False)


def test_of_a_record_that_stood_open_nothing_is_kept_but_whose_and_why_is_asked_again(hub: Hub) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    page = send(browser, "/chronology", ASKING)
    (whose,) = re.findall(r'data-record="(hub:[0-9a-f]{32})"', page.text)
    clock.forward(IDLE)
    assert asked(browser, TIME_LEFT, form_key(page), child=whose, **{TYPED_FOR: REASON}) == (303, "/sign-in")
    said = browser.get("/sign-in").text
    assert ("with the record that stood open: you are asked again why" in said, "typed" in said) == (True, False)
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/kept"
    before = last_position(hub)
    back = browser.get("/kept")
    assert (back.status_code, "<h1>Why do you need to see this record?</h1>" in back.text) == (200, True)
    assert (f'name="child" value="{whose}"' in back.text, "checked" in back.text) == (True, False)
    assert (last_position(hub), "Robin" in back.text) == (before, False)
    opened = browser.post("/chronology", data={"form_key": form_key(back), "child": whose, "purpose": "s47"})
    assert (opened.status_code, "Robin" in opened.text, last_position(hub) > before) == (200, True, True)
    assert browser.get("/kept").headers["location"] == "/"


@pytest.mark.parametrize("where", ["", "//elsewhere.example", "https://elsewhere.example/", "/pass-phrase", "/sign-in"])
def test_nothing_is_kept_to_be_sent_elsewhere_and_no_phrase_is(hub: Hub, where: str) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    key = form_key(browser.get("/"))
    clock.forward(IDLE)
    assert asked(browser, TIME_LEFT, key, note="x", **{TYPED_FOR: where}) == (303, "/sign-in")
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/"


@pytest.mark.parametrize(("member", "status"), [(staff.DECISION_MAKER, 200), (staff.RESEARCHER, 403)])
def test_what_stands_open_in_another_tab_can_be_sent_by_whoever_proves_again_and_by_nobody_else(
    hub: Hub, member: staff.Member, status: int
) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    in_the_other = form_key(browser.get("/telling"))
    proof = {"form_key": in_the_other, "subject": member.subject, "phrase": staff.phrase(hub, member)}
    assert browser.post("/sign-in", data=proof).status_code == 303
    assert asked(browser, STAY, in_the_other)[0] == status


def test_nobody_is_led_back_to_signing_in(hub: Hub) -> None:
    clock = OwnIds()
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    clock.forward(IDLE)
    for path in ("/sign-in/again", "/kept"):
        browser.get(path, headers=GOING)
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/"
