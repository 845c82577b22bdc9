"""Can people change their own pass phrase on its page, and is one that the hub made good for that page alone?"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.events.hub import SessionEnded
from hub.application.change_phrase import change_phrase
from hub.application.enrol import Given, enrol_new_staff
from hub.application.guessing import MOST_WRONG
from hub.domain.pass_phrase import GIVEN_LASTS, LEAST_COST
from hub.web.app import create_app
from hub.web.door import is_open
from hub.web.page import OWN_PHRASE, STAY, TIME_LEFT
from hub.wiring import Hub
from tests.support.given import StoppedClock, an_actor
from tests.support.house import house
from tests.support.issuers import app_with, known, last_position, round_trip, sessions_since
from tests.support.openid_provider import Provider
from tests.support.pages import browsing, form_key, parts_of, send
from tests.support.phrases import OTHER, PLAIN, Crowded, signing_cheaply
from tests.web.test_nothing_unrecorded import answers
from tests.web.test_strangers import every_route

GIVEN = "7c1e-09d4-b35a-f268-4e91-0a7d"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this file's own, at which each test enrols somebody."""
    return house(tmp_path_factory.mktemp("phrases"))


def enrolled(hub: Hub, subject: str) -> FastAPI:
    """The pages, where somebody was enrolled a moment ago by a phrase that the hub made."""
    signing = signing_cheaply(hub)
    actor = an_actor(subject).model_copy(update={"issuer": "urn:childhub:pass-phrase"})
    given = Given(signing.phrases.hashed(GIVEN), hub.clock.now() + GIVEN_LASTS)
    enrol_new_staff(hub.store, hub.clock, actor, f"{subject.title()} Invented", given)
    return create_app(replace(parts_of(hub), signing=signing))


def signs_in(browser: TestClient, subject: str, phrase: str) -> Response:
    return send(browser, "/sign-in", {"subject": subject, "phrase": phrase})


def changes(browser: TestClient, phrase: str, chosen: str, again: str | None = None) -> Response:
    """The answer to the form, filled in on its own page."""
    key = form_key(browser.get(OWN_PHRASE))
    fields = {"form_key": key, "phrase": phrase, "chosen": chosen, "again": chosen if again is None else again}
    return browser.post(OWN_PHRASE, data=fields)


def in_with(app: FastAPI, subject: str, phrase: str) -> TestClient:
    browser = browsing(app)
    assert signs_in(browser, subject, phrase).status_code == 303
    return browser


def test_with_one_that_the_hub_made_every_other_page_leads_to_choosing_ones_own(own: Hub) -> None:
    app = enrolled(own, "una")
    browser = in_with(app, "una", GIVEN)
    assert "made by the hub and is soon over" in browser.get(OWN_PHRASE).text
    elsewhere: list[tuple[str, str]] = []
    routes = [
        (method, path)
        for method, path in sorted(every_route(app.routes))
        if path not in ("/sign-out", OWN_PHRASE, TIME_LEFT, STAY)
    ]
    for method, path in routes:
        told = {one.headers.get("location", "") for one in answers(browser, method, path)}
        if told != {OWN_PHRASE} and not is_open(path):
            elsewhere.append((method, path))
    assert (elsewhere, len(routes) > 60) == ([], True)
    left = browser.post(TIME_LEFT, data={"form_key": form_key(browser.get(OWN_PHRASE))})
    assert left.status_code == 200, "led away, an open page would be loaded again and again, and that is use"
    done = changes(browser, GIVEN, PLAIN)
    assert (done.status_code, "Your pass phrase is changed" in done.text) == (200, True)
    assert browser.get("/").status_code == 200
    assert signs_in(browsing(app), "una", GIVEN).status_code == 403


def test_changing_it_gives_a_new_token_and_ends_every_other_session_on_record(own: Hub) -> None:
    app = enrolled(own, "ben")
    here = in_with(app, "ben", GIVEN)
    changes(here, GIVEN, PLAIN)
    there = in_with(app, "ben", PLAIN)
    token, before = here.cookies["hub-sid"], last_position(own)
    assert changes(here, PLAIN, OTHER).status_code == 200
    assert here.cookies["hub-sid"] != token
    assert here.get("/").status_code == 200
    assert there.get("/").headers["location"] == "/sign-in"
    assert [one.why for one in sessions_since(own, before) if isinstance(one, SessionEnded)] == ["own_hand"]
    stale = browsing(app)
    stale.headers["cookie"] = f"hub-sid={token}"
    assert stale.get("/").headers["location"] == "/sign-in"


def test_changed_by_a_command_it_ends_every_session_that_was_opened_before(own: Hub) -> None:
    app = enrolled(own, "cas")
    browser = in_with(app, "cas", GIVEN)
    changes(browser, GIVEN, PLAIN)
    before = last_position(own)
    actor = an_actor("cas").model_copy(update={"issuer": "urn:childhub:pass-phrase", "via": "command"})
    change_phrase(signing_cheaply(own), actor, PLAIN, OTHER)
    later = in_with(app, "cas", OTHER)
    assert browser.get("/").headers["location"] == "/sign-in"
    assert later.get("/").status_code == 200
    assert [one.why for one in sessions_since(own, before) if isinstance(one, SessionEnded)] == ["changed"]


@pytest.mark.parametrize(
    ("phrase", "chosen", "again", "status", "says"),
    [
        ("wrong", PLAIN, PLAIN, 403, "The pass phrase that you have is not right"),
        (GIVEN, "too short", "too short", 422, "it has 15 characters or more"),
        (GIVEN, "passwordpassword", "passwordpassword", 422, "made of usual words"),
        (GIVEN, GIVEN, GIVEN, 422, "this one you have, or the hub made it"),
        (GIVEN, PLAIN, OTHER, 422, "The two are not the same"),
        (GIVEN, PLAIN, "", 422, "The two are not the same"),
    ],
)
def test_what_is_wrong_is_said_nothing_typed_is_given_back_and_nothing_changes(
    own: Hub, phrase: str, chosen: str, again: str, status: int, says: str
) -> None:
    subject = f"dot-{abs(hash((phrase, chosen, again)))}"
    app = enrolled(own, subject)
    browser = in_with(app, subject, GIVEN)
    answer = changes(browser, phrase, chosen, again)
    assert (answer.status_code, says in answer.text) == (status, True)
    assert not re.findall(r'type="password"[^>]* value=', answer.text)
    assert not [one for one in (PLAIN, OTHER, GIVEN) if one in answer.text]
    assert signs_in(browsing(app), subject, GIVEN).status_code == 303


def test_what_was_typed_there_is_never_kept(own: Hub) -> None:
    app = enrolled(own, "eve")
    here = in_with(app, "eve", GIVEN)
    changes(here, GIVEN, PLAIN)
    key = form_key(here.get(OWN_PHRASE))
    there = in_with(app, "eve", PLAIN)
    assert changes(there, PLAIN, OTHER).status_code == 200
    fields = {"form_key": key, "phrase": PLAIN, "chosen": "plovers in a thimble drawer", "again": "x"}
    assert here.post(OWN_PHRASE, data=fields).headers["location"] == "/sign-in"
    assert signs_in(here, "eve", OTHER).headers["location"] == "/"
    assert "thimble" not in here.get("/kept").text


def test_it_may_be_pasted_and_kept_by_a_manager_and_nothing_is_cut_off(own: Hub) -> None:
    app = enrolled(own, "fay")
    browser = in_with(app, "fay", GIVEN)
    fields = dict(re.findall(r'<input[^>]* name="(phrase|chosen|again)"([^>]*)>', browser.get(OWN_PHRASE).text))
    fills = {name: re.findall(r'autocomplete="([^"]*)"', rest) for name, rest in fields.items()}
    assert fills == {"phrase": ["current-password"], "chosen": ["new-password"], "again": ["new-password"]}
    assert all('type="password"' in rest for rest in fields.values())
    assert not [rest for rest in fields.values() if re.search(r"maxlength|onpaste|oncopy|readonly|pattern=", rest)]
    long = "".join(f"{number:04x} " for number in range(7, 65_000, 500))[:600]
    assert changes(browser, GIVEN, long).status_code == 200
    assert signs_in(browsing(app), "fay", long[:-1]).status_code == 403
    assert signs_in(browsing(app), "fay", long).status_code == 303


def test_too_many_wrong_tries_are_said_but_not_to_where_somebody_was_signed_in_lately(own: Hub) -> None:
    app = enrolled(own, "gus")
    owners = in_with(app, "gus", GIVEN)
    stranger = browsing(app)
    statuses = [signs_in(stranger, "gus", "wrong").status_code for _ in range(MOST_WRONG)]
    assert statuses == [403] * MOST_WRONG
    answer = signs_in(stranger, "gus", GIVEN)
    assert (answer.status_code, "too many wrong tries" in answer.text) == (429, True)
    assert signs_in(stranger, "someone else", "wrong").status_code == 403
    assert changes(owners, GIVEN, PLAIN).status_code == 200
    assert signs_in(owners, "gus", PLAIN).status_code == 303


def test_where_too_many_sign_in_at_once_the_next_is_told_to_try_again(own: Hub) -> None:
    signing = replace(signing_cheaply(own), phrases=Crowded(LEAST_COST))
    browser = browsing(create_app(replace(parts_of(own), signing=signing)))
    answer = signs_in(browser, "priya", PLAIN)
    assert (answer.status_code, "Try again in a minute" in answer.text) == (503, True)


def test_whoever_signs_in_by_their_organisation_has_none_to_change(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    assert round_trip(browser, provider).status_code == 200
    page = browser.get(OWN_PHRASE)
    assert (page.status_code, "You have no pass phrase here" in page.text) == (200, True)
    assert 'type="password"' not in page.text
    fields = {"form_key": form_key(page), "phrase": "", "chosen": PLAIN, "again": PLAIN}
    assert browser.post(OWN_PHRASE, data=fields).status_code == 403
