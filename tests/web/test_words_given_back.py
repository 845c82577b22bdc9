"""Is what was being typed when a session ended given back to its owner alone, whole, and not for long?"""

import re

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from hub.commands import staff
from hub.commands.staff import Member
from hub.web.session import IDLE, Sessions
from hub.web.words_kept import KEPT_FOR, MOST_FORMS, Words, WordsKept
from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.pages import form_key, send, sign_in, signed_in

TYPED = {"child": "nhs:9990001006", "purpose": "s47", "note": "Words that took an hour"}


def post(browser: TestClient, path: str, fields: dict[str, str], key: str) -> Response:
    return browser.post(path, data={"form_key": key, **fields})


def locked(hub: Hub, clock: StoppedClock, member: Member) -> tuple[TestClient, Response]:
    """A browser whose session ran out while its owner typed, and the answer to what they then sent."""
    browser = signed_in(hub, member, clock=clock)
    key = form_key(browser.get("/about"))
    clock.forward(IDLE)
    return browser, post(browser, "/chronology", TYPED, key)


def test_what_was_typed_when_the_hub_locked_is_given_back_after_signing_in(hub: Hub) -> None:
    browser, answer = locked(hub, StoppedClock(ids="sessions end 1"), staff.DECISION_MAKER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/kept"
    page = browser.get("/kept").text
    assert "Words that took an hour" in page
    assert 'action="/chronology"' in page
    assert post(browser, "/kept", {}, form_key(browser.get("/kept"))).headers["location"] == "/"
    assert browser.get("/kept").headers["location"] == "/"


def test_it_is_given_back_to_nobody_else_and_not_for_long(hub: Hub) -> None:
    browser, _ = locked(hub, StoppedClock(ids="sessions end 2"), staff.DECISION_MAKER)
    assert sign_in(browser, hub, staff.RESEARCHER).headers["location"] == "/"
    assert "took an hour" not in browser.get("/kept").text
    clock = StoppedClock(ids="sessions end 3")
    browser, _ = locked(hub, clock, staff.DECISION_MAKER)
    clock.forward(KEPT_FOR)
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/"


def test_what_another_site_sends_under_an_ended_session_is_not_kept(hub: Hub) -> None:
    clock = StoppedClock(ids="sessions end 4")
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    clock.forward(IDLE)
    assert post(browser, "/chronology", TYPED, "0" * 64).status_code == 403
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/"


def test_after_signing_out_by_ones_own_hand_nothing_is_kept(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    key = form_key(browser.get("/about"))
    token = browser.cookies["hub-sid"]
    send(browser, "/sign-out", {})
    browser.cookies.set("hub-sid", token)
    assert post(browser, "/chronology", TYPED, key).headers["location"] == "/sign-in"
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/"


def test_what_is_kept_is_sealed_and_bound_to_its_owner() -> None:
    clock = StoppedClock(ids="sessions end 5")
    sessions, words = Sessions(clock), WordsKept()
    words.keep("a" * 43, ("issuer", "ana"), Words("/chronology", TYPED), sessions.now())
    assert "took an hour" not in repr(words.__dict__)
    assert words.open("a" * 43, ("issuer", "ben"), sessions.now()) == ()
    assert words.open("b" * 43, ("issuer", "ana"), sessions.now()) == ()
    assert words.open("a" * 43, ("issuer", "ana"), sessions.now()) == (Words("/chronology", TYPED),)
    words.keep("b" * 43, ("issuer", "ana"), Words("/chronology", TYPED), sessions.now())
    kept = words.__dict__["_kept"]
    one, other = kept
    kept[one], kept[other] = kept[other], kept[one]  # each under the place of the other: neither token opens it
    assert words.open("a" * 43, ("issuer", "ana"), sessions.now()) == ()


def test_of_each_form_about_each_child_the_newest_is_kept_and_never_many() -> None:
    clock, ana = StoppedClock(ids="sessions end 7"), ("issuer", "ana")
    sessions, words = Sessions(clock), WordsKept()
    sent = [Words("/ask/keep", {"child": str(place)}) for place in range(MOST_FORMS + 1)]
    for one in (*sent, Words("/ask/keep", {"child": "2", "note": "newer"})):
        words.keep("a" * 43, ana, one, sessions.now())
    found = words.open("a" * 43, ana, sessions.now())
    assert [one.fields["child"] for one in found] == ["2", "4", "3", "1"]
    assert found[0].fields["note"] == "newer"
    assert not [one for one in repr(words.__dict__).split("'") if one in ("/ask/keep", "newer")]
    assert words.move("a" * 43, "b" * 43, ana, sessions.now())
    words.drop("b" * 43, found[1])
    assert words.open("b" * 43, ana, sessions.now()) == (found[0], *found[2:])
    clock.forward(KEPT_FOR)
    assert words.open("b" * 43, ana, sessions.now()) == ()
    words.keep("c" * 43, ana, sent[0], sessions.now())
    assert len(words.__dict__["_kept"]) == 1  # what is over is let go of


def test_no_record_that_stood_open_pushes_out_what_was_typed() -> None:
    ana, now = ("issuer", "ana"), Sessions(StoppedClock(ids="sessions end 9")).now()
    words = WordsKept()
    words.keep("a" * 43, ana, Words("/decide/keep", {"child": "0", "note": "typed"}), now)
    for child in range(1, MOST_FORMS + 2):
        words.keep("a" * 43, ana, Words("/reason", {"child": str(child)}), now)
    found = words.open("a" * 43, ana, now)
    assert [one.path for one in found] == [*["/reason"] * MOST_FORMS, "/decide/keep"]


@pytest.mark.parametrize("about", ["person", "report", "request", "enquiry"])
def test_two_forms_about_one_child_are_two(about: str) -> None:
    ana, now = ("issuer", "ana"), Sessions(StoppedClock(ids="sessions end 10")).now()
    words = WordsKept()
    one, other = (Words("/reply/keep", {"child": "0", about: which}) for which in ("1", "2"))
    for each in (one, other):
        words.keep("a" * 43, ana, each, now)
    words.drop("a" * 43, other)
    assert words.open("a" * 43, ana, now) == (one,)


def test_of_two_tabs_each_is_given_back_by_itself_and_what_was_sent_is_not_given_again(hub: Hub) -> None:
    clock = StoppedClock(ids="sessions end 8")
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    key = form_key(browser.get("/about"))
    clock.forward(IDLE)
    for path, note in (("/ask/keep", "Words that took an hour"), ("/chronology", "Words that took two")):
        post(browser, path, {**TYPED, "note": note}, key)
    assert sign_in(browser, hub, staff.DECISION_MAKER).headers["location"] == "/kept"
    page = browser.get("/kept")
    assert re.findall(r"<dd><bdi>(Words that took .*?)<", page.text) == [
        "Words that took two",
        "Words that took an hour",
    ]
    assert post(browser, "/chronology", {**TYPED, "note": "Words that took two"}, form_key(page)).status_code == 200
    assert post(browser, "/ask/keep", TYPED, form_key(page)).status_code == 422  # it was not sent yet, as it is
    (which,) = re.findall(r'name="which" value="([^"]+)"', browser.get("/kept").text)
    assert post(browser, "/kept", {"which": "0" * 64}, form_key(page)).headers["location"] == "/kept"
    assert "took an hour" in browser.get("/kept").text
    assert post(browser, "/kept", {"which": which}, form_key(page)).headers["location"] == "/"
    assert browser.get("/kept").headers["location"] == "/"
