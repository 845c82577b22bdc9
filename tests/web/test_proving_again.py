"""Must somebody prove again who they are before what does most harm, and is it then them and nobody else?"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.events.access import BreakGlassAsked
from contracts.events.hub import SessionOpened
from hub.commands import staff
from hub.domain import assurance
from hub.web.app import PAGES, create_app
from hub.web.session import FRESH
from hub.wiring import Hub
from tests.support.given import ROBIN, StoppedClock
from tests.support.issuers import app_with, is_in, known, last_position, round_trip, sessions_since
from tests.support.openid_provider import Provider
from tests.support.pages import browsing, form_key, parts_of, send, sign_in, signed_in

# Every page that asks for a proof of the last five minutes; what does most harm is added here and in its PAGES.
ASKS_AFRESH = frozenset(
    {
        ("POST", "/emergency"),
        ("POST", "/print/make"),
        ("POST", "/audit/subject-report/review"),
        ("POST", "/sessions"),
        ("POST", "/compartments/open"),
        ("POST", "/compartments/review"),
        ("POST", "/compartments/agree"),
        *(("POST", f"/erasures/{act}") for act in ("ask", "agree", "lift")),
        ("POST", "/moves/agree"),
    }
)
# What a page may be called that does most harm: it lets something out, opens what is shut, erases, or changes keys.
HARMFUL = re.compile(
    r"export|print|download|emergency|break-glass|revoke|keys|compartment|policy|report/review|/sessions|/pass-phrase"
    r"|erasures|/agree"
)
# These only show a form or a list, and open nothing.
OPENS_NOTHING = frozenset(
    {
        ("GET", "/emergency"),
        ("POST", "/print"),
        ("GET", "/sessions"),
        ("GET", "/pass-phrase"),
        ("POST", "/compartments"),
        ("GET", "/compartments/asked"),
        ("GET", "/compartments/agree"),
        *(("GET", path) for path in ("/audit/erasures", "/erasures", "/erasures/hold")),
        *(("POST", f"/erasures/{act}") for act in ("look", "hold", "certificate")),  # to keep is open to whoever may
    }
)
# The proof is in the form itself: the pass phrase that stands.
PROVED_BY_THE_FORM = frozenset({("POST", "/pass-phrase")})
OPENING = {"child": ROBIN, "reason": "hurt", "understood": "1"}


def test_every_page_that_does_most_harm_asks_for_a_fresh_proof() -> None:
    assert {(page.method, page.path) for page in PAGES if page.fresh} == ASKS_AFRESH
    harmful = {(page.method, page.path) for page in PAGES if HARMFUL.search(page.path)}
    assert harmful - OPENS_NOTHING - PROVED_BY_THE_FORM == ASKS_AFRESH


def opened_in_emergency(hub: Hub, before: int) -> int:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(before, 1_000))
    return sum(isinstance(fact, BreakGlassAsked) for fact in facts)


def go_on(browser: TestClient) -> Response:
    """Send what was kept, as the page that gives it back does."""
    page = browser.get("/kept")
    fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page.text.partition("/kept")[0]))
    found = re.search(r'<form method="post" action="(/(?!sign-out|kept)[^"]*)"', page.text)
    assert found is not None
    return browser.post(found[1], data=fields)


def test_soon_after_signing_in_nobody_is_asked_again(hub: Hub) -> None:
    browser = signed_in(hub, staff.UNRELATED)
    assert send(browser, "/emergency", OPENING).status_code == 200


def test_later_it_takes_a_new_proof_and_then_goes_on_with_what_was_typed(hub: Hub) -> None:
    clock = StoppedClock(ids="proving again 1")
    browser = signed_in(hub, staff.UNRELATED, clock=clock)
    clock.forward(FRESH)
    before = last_position(hub)
    answer = send(browser, "/emergency", OPENING)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/again")
    assert opened_in_emergency(hub, before) == 0
    first = browser.cookies["hub-sid"]
    wrong = send(browser, "/sign-in/again", {"phrase": "wrong"})
    assert wrong.status_code == 403
    proved = send(browser, "/sign-in/again", {"phrase": staff.phrase(hub, staff.UNRELATED)})
    assert (proved.status_code, proved.headers["location"]) == (303, "/kept")
    assert browser.cookies["hub-sid"] != first
    why = [(fact.effect, fact.why) for fact in sessions_since(hub, before) if isinstance(fact, SessionOpened)]
    assert why == [("refused", "phrase"), ("opened", "step_up")]
    done = go_on(browser)
    assert done.status_code == 200
    assert opened_in_emergency(hub, before) == 1


def test_the_token_from_before_the_proof_leads_nowhere(hub: Hub) -> None:
    browser = signed_in(hub, staff.UNRELATED)
    first = browser.cookies["hub-sid"]
    send(browser, "/sign-in/again", {"phrase": staff.phrase(hub, staff.UNRELATED)})
    assert browser.get("/").status_code == 200
    browser.cookies.clear()
    browser.headers["cookie"] = f"hub-sid={first}"
    assert browser.get("/").headers["location"] == "/sign-in"


def test_ending_ones_other_sessions_takes_a_fresh_proof(hub: Hub) -> None:
    clock = StoppedClock(ids="proving again 2")
    app = create_app(parts_of(hub, clock=clock))
    here, there = browsing(app), browsing(app)
    for browser in (here, there):
        sign_in(browser, hub, staff.UNRELATED)
    clock.forward(FRESH)
    answer = send(here, "/sessions", {"mark": "others"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/again")
    assert there.get("/about").status_code == there.get("/sessions").status_code == 200
    send(here, "/sign-in/again", {"phrase": staff.phrase(hub, staff.UNRELATED)})
    assert "End where you are signed in with another browser" in here.get("/kept").text
    assert go_on(here).headers["location"] == "/sessions"
    assert there.get("/sessions").headers["location"] == "/sign-in"


def test_another_persons_phrase_is_no_proof(hub: Hub) -> None:
    browser = signed_in(hub, staff.UNRELATED)
    fields = {"phrase": staff.phrase(hub, staff.DECISION_MAKER), "subject": staff.DECISION_MAKER.subject}
    assert send(browser, "/sign-in/again", fields).status_code == 403


def signed_in_openly(
    hub: Hub, provider: Provider, clock: StoppedClock, folder: Path, more: str = ""
) -> tuple[TestClient, str]:
    """A browser in which somebody is signed in by the issuer, and the key of their forms."""
    known(hub, provider)
    browser = browsing(app_with(hub, clock, provider.list_in(folder, more=more)))
    assert round_trip(browser, provider).status_code == 200
    return browser, form_key(browser.get("/about"))


def test_an_issuer_is_asked_to_have_it_proved_now(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    browser, key = signed_in_openly(own_hub, provider, clock, tmp_path, 'step_up_acr = ["aal3"]')
    clock.forward(FRESH)
    assert browser.post("/emergency", data={"form_key": key, **OPENING}).headers["location"] == "/sign-in/again"
    assert "/sign-in/with/trust" in browser.get("/sign-in/again").text
    place = browser.get("/sign-in/with/trust").headers["location"]
    assert {"prompt=login", "max_age=0", "acr_values=aal3"} <= set(place.split("&"))
    provider.claims = {"acr": "aal3", "amr": ["fido"]}
    before = last_position(own_hub)
    answer = browser.get(provider.authorize(place))
    assert 'url=/kept"' in answer.text
    (opened,) = sessions_since(own_hub, before)
    assert isinstance(opened, SessionOpened)
    assert opened.actor is not None
    assert (opened.why, assurance.read(opened.actor.assurance).acr) == ("step_up", "aal3")
    assert browser.get("/kept").status_code == 200


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"acr": "aal3", "auth_time": -300}, "auth_time"),
        ({"acr": "aal3", "auth_time": None}, "auth_time"),
        ({"acr": "aal2"}, "acr"),
        ({}, "acr"),
    ],
)
def test_an_old_or_a_weak_proof_is_refused(
    own_hub: Hub,
    provider: Provider,
    clock: StoppedClock,
    tmp_path: Path,
    claims: dict[str, str | int | None],
    why: str,
) -> None:
    browser, _ = signed_in_openly(own_hub, provider, clock, tmp_path, 'step_up_acr = ["aal3"]')
    clock.forward(timedelta(minutes=1))
    now = int(clock.now().timestamp())
    moved = {name: now + value if isinstance(value, int) else value for name, value in claims.items()}
    provider.claims = {**moved}
    before = last_position(own_hub)
    assert round_trip(browser, provider).status_code == 403
    assert [fact.why for fact in sessions_since(own_hub, before)] == [why]


def test_another_person_who_proves_it_is_refused(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    browser, _ = signed_in_openly(own_hub, provider, clock, tmp_path)
    known(own_hub, provider)
    before = last_position(own_hub)
    assert round_trip(browser, provider).status_code == 403
    assert [fact.why for fact in sessions_since(own_hub, before)] == ["another_person"]
    assert is_in(browser)


def test_a_long_session_at_the_issuer_is_no_fresh_proof(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    provider.claims = {"auth_time": int(clock.now().timestamp()) - 3600}
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    assert round_trip(browser, provider).status_code == 200
    key = form_key(browser.get("/about"))
    assert browser.post("/emergency", data={"form_key": key, **OPENING}).headers["location"] == "/sign-in/again"


@pytest.mark.parametrize(("acr", "place"), [("aal2", "/sign-in/again"), ("aal3", "")])
def test_signing_in_a_moment_ago_is_a_proof_only_where_it_was_strong_enough(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path, acr: str, place: str
) -> None:
    provider.claims = {"acr": acr}
    browser, key = signed_in_openly(own_hub, provider, clock, tmp_path, 'step_up_acr = ["aal3"]')
    answer = browser.post("/emergency", data={"form_key": key, **OPENING})
    assert answer.headers.get("location", "") == place
