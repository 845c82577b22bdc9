"""Is whoever is signed in who they say, and only for as long as they may be?"""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from contracts.events.hub import SessionOpened
from contracts.vocabulary import StaffRole
from hub.application.ports import Stream
from hub.commands import staff
from hub.domain import registry
from hub.web.app import create_app
from hub.web.session import ABSOLUTE, IDLE, Sessions
from hub.wiring import Hub
from tests.support.given import StoppedClock, an_actor
from tests.support.pages import browsing, form_key, pages, parts_of, send, sign_in, signed_in

COOKIE = "hub-sid"


def is_in(answer_status: int) -> bool:
    return answer_status == 200


def holding(app: FastAPI, token: str) -> TestClient:
    """A browser that sends this token and no other."""
    browser = browsing(app)
    browser.headers["cookie"] = f"{COOKIE}={token}"
    return browser


def test_signing_in_gives_a_new_token_and_the_old_one_leads_nowhere(hub: Hub) -> None:
    app = create_app(parts_of(hub))
    browser = browsing(app)
    browser.get("/sign-in")
    before = browser.cookies[COOKIE]
    sign_in(browser, hub, staff.DECISION_MAKER)
    after = browser.cookies[COOKIE]
    assert before != after
    assert is_in(browser.get("/").status_code)
    assert holding(app, before).get("/").status_code == 303


def test_a_token_that_somebody_planted_is_not_the_one_signed_in_with(hub: Hub) -> None:
    planted = "A" * 43
    app = create_app(parts_of(hub))
    answer = sign_in(holding(app, planted), hub, staff.DECISION_MAKER)
    assert answer.status_code == 303
    assert planted not in answer.headers["set-cookie"]
    assert holding(app, planted).get("/").status_code == 303


def test_signing_in_again_ends_the_session_before(hub: Hub) -> None:
    app = create_app(parts_of(hub))
    browser = browsing(app)
    sign_in(browser, hub, staff.DECISION_MAKER)
    first = browser.cookies[COOKIE]
    fields = {"subject": "ivy", "phrase": staff.phrase(hub, staff.IG_OFFICER)}
    assert send(browser, "/sign-in", fields).status_code == 303
    other = holding(app, first)
    assert other.get("/about").text.count("Priya") == 0
    assert other.get("/").status_code == 303


def test_an_unused_session_is_over_after_fifteen_minutes(hub: Hub) -> None:
    clock = StoppedClock(ids="sessions 1")
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    clock.forward(IDLE - timedelta(seconds=1))
    assert is_in(browser.get("/").status_code)
    clock.forward(IDLE)
    assert browser.get("/").headers["location"] == "/sign-in"


def test_a_session_in_use_is_over_after_eight_hours(hub: Hub) -> None:
    clock = StoppedClock(ids="sessions 2")
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    for _ in range(47):
        clock.forward(timedelta(minutes=10))
        assert is_in(browser.get("/").status_code)
    clock.forward(timedelta(minutes=10))
    assert browser.get("/").status_code == 303
    assert timedelta(minutes=480) == ABSOLUTE


def test_signing_out_ends_it_at_the_hub_and_in_the_browser(hub: Hub) -> None:
    app = create_app(parts_of(hub))
    browser = browsing(app)
    sign_in(browser, hub, staff.DECISION_MAKER)
    token = browser.cookies[COOKIE]
    answer = send(browser, "/sign-out", {})
    assert answer.headers["location"] == "/sign-in"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert COOKIE not in browser.cookies
    assert holding(app, token).get("/").status_code == 303


def test_signing_out_takes_a_form_not_a_link(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    assert browser.get("/sign-out").status_code == 405
    assert is_in(browser.get("/").status_code)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(hub: Hub) -> None:
    said = pages(hub).get("/sign-in").headers["set-cookie"].lower()
    assert said.startswith("hub-sid=")
    assert {"httponly", "path=/", "samesite=strict"} <= {part.strip() for part in said.split(";")}
    assert "domain" not in said


def test_over_https_the_cookie_is_bound_to_the_host_and_secure(hub: Hub) -> None:
    browser = browsing(create_app(parts_of(hub), over_https=True))
    answer = browser.get("/sign-in")
    said = answer.headers["set-cookie"]
    assert said.startswith("__Host-sid=")
    assert "Secure" in said
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


@pytest.mark.parametrize(
    ("subject", "phrase"), [("priya", "wrong"), ("nobody", "wrong"), ("", ""), ("priya", ""), ("a" * 4000, "b" * 4000)]
)
def test_every_failure_is_answered_alike_and_opens_nothing(hub: Hub, subject: str, phrase: str) -> None:
    browser = pages(hub)
    key = form_key(browser.get("/sign-in"))
    fields = {"form_key": key, "subject": subject, "phrase": phrase}
    answer = browser.post("/sign-in", data=fields)
    uniform = browser.post("/sign-in", data={"form_key": key, "subject": "another", "phrase": "another"})
    assert answer.status_code == 403
    assert answer.content == uniform.content
    assert browser.get("/").status_code == 303


def test_each_try_is_on_record(hub: Hub) -> None:
    before = hub.store.rows_after(0, 1_000_000)[-1].position
    browser = pages(hub)
    send(browser, "/sign-in", {"subject": "priya", "phrase": "wrong"})
    sign_in(browser, hub, staff.DECISION_MAKER)
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(before, 10)]
    effects = [fact.effect for fact in facts if isinstance(fact, SessionOpened)]
    assert effects == ["refused", "opened"]


def test_nobody_is_anybody_by_default(hub: Hub) -> None:
    page = pages(hub).get("/sign-in").text
    enrolled = registry.staff(hub.store.read_stream(Stream.registry())).values()
    assert not [one.name for one in enrolled if one.name in page or f'value="{one.actor.subject}"' in page]


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
@pytest.mark.parametrize(
    ("path", "role"), [("/audit", StaffRole.IG_OFFICER), ("/questions", StaffRole.MASH_DECISION_MAKER)]
)
def test_a_roles_page_is_for_that_role(hub: Hub, member: staff.Member, path: str, role: StaffRole) -> None:
    assert signed_in(hub, member).get(path).status_code == (200 if member.role is role else 403)


def test_a_finished_session_is_forgotten() -> None:
    clock = StoppedClock(ids="sessions 3")
    sessions = Sessions(clock)
    token = sessions.open(an_actor(), "Priya", before="")
    clock.forward(IDLE)
    assert sessions.find(token) is None
    clock.forward(-IDLE)
    assert sessions.find(token) is None
