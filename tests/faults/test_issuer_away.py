"""An issuer that is away: do the pages say so, do sessions that exist go on, and do agencies' systems come in still?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from contracts.events.hub import SessionOpened
from hub.adapters.issuer_keys import HELD_FOR
from hub.commands import signing_in
from hub.web.app import create_app
from hub.web.session import IDLE
from hub.wiring import Hub
from tests.support import issuers
from tests.support.given import StoppedClock
from tests.support.issuers import (
    OwnIds,
    app_with,
    is_in,
    known,
    last_position,
    round_trip,
    sessions_since,
    with_issuers,
)
from tests.support.openid_provider import Provider
from tests.support.openid_server import serving
from tests.support.pages import HERE, browsing
from tests.web.test_machines import assertion, key_of, let_in, system

AWAY = "Your organisation’s sign-in cannot be reached."
SESSION = "hub-sid"
hub, clock, provider = issuers.own_hub, issuers.clock, issuers.provider


@pytest.fixture
def app(hub: Hub, clock: StoppedClock, provider: Provider, tmp_path: Path) -> FastAPI:
    known(hub, provider)
    return app_with(hub, clock, provider.list_in(tmp_path))


def refused_since(hub: Hub, before: int) -> list[tuple[str, str]]:
    return [(one.effect, one.why) for one in sessions_since(hub, before) if isinstance(one, SessionOpened)]


def test_nobody_comes_in_anew_and_the_page_says_why(hub: Hub, provider: Provider, app: FastAPI) -> None:
    before, browser = last_position(hub), browsing(app)
    provider.away = True
    answer = round_trip(browser, provider)
    assert (answer.status_code, AWAY in answer.text, "Nobody is signed in" in answer.text) == (503, True, True)
    assert not is_in(browser)
    assert refused_since(hub, before) == [("refused", "issuer_away")]
    provider.away = False
    assert round_trip(browser, provider).status_code == 200
    assert is_in(browser)


def test_an_issuer_whose_machine_is_gone_is_away_too(hub: Hub, clock: StoppedClock, tmp_path: Path) -> None:
    with serving(clock.now) as gone:
        known(hub, gone)
        browser = browsing(app_with(hub, clock, gone.list_in(tmp_path)))
    answer = round_trip(browser, gone)
    assert (answer.status_code, AWAY in answer.text) == (503, True)


def test_whoever_is_in_goes_on_until_their_session_ends(provider: Provider, app: FastAPI, clock: OwnIds) -> None:
    browser = browsing(app)
    round_trip(browser, provider)
    provider.away = True
    began = clock.now()
    while clock.now() - began <= HELD_FOR:  # longer than the issuer's keys are held
        clock.forward(IDLE - timedelta(seconds=1))
        assert is_in(browser)
    clock.forward(IDLE)
    assert not is_in(browser)


def comes_back_from_another_site(browser: TestClient, place: str) -> tuple[int, str]:
    """The answer to a browser that sends no cookie of the session on its way from another site, and keeps it."""
    (kept,) = (one for one in browser.cookies.jar if one.name == SESSION)
    browser.cookies.delete(SESSION)
    answer = browser.get(place)
    if SESSION not in answer.cookies:
        browser.cookies.jar.set_cookie(kept)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("away", "status", "said"),
    [(True, 503, AWAY), (False, 403, "Your organisation’s sign-in was not accepted.")],
)
def test_whoever_cannot_prove_it_again_stays_signed_in(
    provider: Provider, app: FastAPI, away: bool, status: int, said: str
) -> None:
    browser = browsing(app)
    round_trip(browser, provider)
    there = browser.get("/sign-in/with/trust")
    place = provider.authorize(there.headers["location"])
    provider.away = away
    came, page = comes_back_from_another_site(browser, place if away else place.replace("code=", "code=another-"))
    assert (came, said in page, "You are still signed in" in page) == (status, True, True)
    assert is_in(browser)


def test_agencies_systems_come_in_by_their_own_keys_meanwhile(
    hub: Hub, provider: Provider, clock: OwnIds, tmp_path: Path
) -> None:
    parts = with_issuers(hub, clock, provider.list_in(tmp_path))
    client = system(create_app(replace(parts, machines=signing_in.machines(hub.store, clock, HERE))))
    provider.away = True
    header = let_in(client, assertion(key_of(hub), clock))
    assert client.get("/machine/balance", headers=header).status_code == 200
