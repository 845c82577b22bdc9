"""Does nobody come in by an issuer's word unless all of it fits, and is each try on record and nothing of it told?"""

from datetime import timedelta
from pathlib import Path

import pytest

from contracts.events.hub import SessionOpened
from hub.domain import assurance
from hub.web.session import cookie_for
from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.issuers import ROLE, app_with, is_in, known, last_position, round_trip, sessions_since
from tests.support.openid_provider import Provider
from tests.support.openid_server import serving
from tests.support.openid_wrong import Wrong
from tests.support.pages import browsing

SESSION = cookie_for(over_https=False).name


def test_somebody_on_the_registry_comes_in_by_their_issuer(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    subject = known(own_hub, provider)
    provider.claims = {"acr": "aal2", "amr": ["pwd", "otp"], "sid": "session-of-theirs"}
    before = last_position(own_hub)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    answer = round_trip(browser, provider)
    assert answer.status_code == 200
    assert 'content="0; url=/"' in answer.text
    assert "Nia Okoro" in browser.get("/").text
    (opened,) = sessions_since(own_hub, before)
    assert isinstance(opened, SessionOpened)
    assert (opened.effect, opened.why) == ("opened", "")
    assert opened.actor is not None
    assert (opened.actor.issuer, opened.actor.subject, opened.actor.role) == (provider.address, subject, ROLE)
    found = assurance.read(opened.actor.assurance)
    assert (found.acr, found.amr, found.auth_time) == ("aal2", ("pwd", "otp"), clock.now())


def test_roles_and_agency_come_from_the_registry_and_never_from_the_token(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    provider.claims = {"roles": ["ig_officer"], "role": "ig_officer", "agency": "police", "groups": ["admin"]}
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    assert round_trip(browser, provider).status_code == 200
    assert browser.get("/questions").status_code == 200
    assert browser.get("/audit").status_code == 403


REFUSED = {
    Wrong.AUDIENCE: "audience",
    Wrong.AUDIENCES: "audience",
    Wrong.PARTY: "audience",
    Wrong.NONCE: "nonce",
    Wrong.NO_NONCE: "nonce",
    Wrong.ISSUER: "issuer",
    Wrong.OTHER_ANSWERS: "issuer",
    Wrong.NAMELESS: "issuer",
    Wrong.STATE: "state",
    Wrong.NO_STATE: "state",
    Wrong.EXPIRED: "expired",
    Wrong.NOT_YET: "not_yet",
    Wrong.OLD: "issued",
    Wrong.NO_SUBJECT: "subject",
    Wrong.KEY: "token_signature",
    Wrong.UNKNOWN_KEY: "token_key",
    Wrong.NO_ALGORITHM: "token_algorithm",
    Wrong.SHARED_SECRET: "token_algorithm",
    Wrong.OTHER_ALGORITHM: "token_algorithm",
    Wrong.KEY_INSIDE: "token_form",
    Wrong.BIT: "token_signature",
    Wrong.NO_BINDING: "token_binding",
    Wrong.BINDING: "token_binding",
    Wrong.NO_ACCESS: "token_answer",
    Wrong.TWICE: "token_form",
    Wrong.DENIED: "not_by_issuer",
    Wrong.HUGE: "issuer_answer",
    Wrong.ELSEWHERE: "issuer_answer",
    Wrong.REPLAYED: "issuer_answer",
}


def test_there_is_an_answer_to_every_misbehaviour() -> None:
    assert set(REFUSED) == set(Wrong)


@pytest.mark.parametrize("wrong", Wrong, ids=lambda wrong: wrong.name.lower())
def test_each_misbehaviour_is_refused_on_record_and_nothing_of_it_is_told(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path, wrong: Wrong
) -> None:
    subject = known(own_hub, provider)
    provider.wrong = wrong
    before = last_position(own_hub)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    answer = round_trip(browser, provider)
    assert answer.status_code == 403
    told = [
        word
        for word in (subject, "of-another-trip", "another-client", "code-", "another.example")
        if word in answer.text
    ]
    assert not told
    assert not is_in(browser)
    (refused,) = sessions_since(own_hub, before)
    assert isinstance(refused, SessionOpened)
    assert (refused.effect, refused.why, refused.actor) == ("refused", REFUSED[wrong], None)


def test_the_same_answer_brought_twice_lets_nobody_in_twice(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    app = app_with(own_hub, clock, provider.list_in(tmp_path))
    browser = browsing(app)
    there = browser.get("/sign-in/with/trust")
    trip = browser.cookies["hub-trip"]
    place = provider.authorize(there.headers["location"])
    assert browser.get(place).status_code == 200
    again = browsing(app)
    again.headers["cookie"] = f"hub-trip={trip}"
    assert again.get(place).status_code == 403


def test_an_answer_brought_by_another_browser_lets_nobody_in(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    app = app_with(own_hub, clock, provider.list_in(tmp_path))
    place = provider.authorize(browsing(app).get("/sign-in/with/trust").headers["location"])
    victim = browsing(app)
    assert victim.get(place).status_code == 403
    victim.get("/sign-in/with/trust")
    assert victim.get(place).status_code == 403
    assert not is_in(victim)


def test_an_answer_to_one_issuer_is_not_taken_as_anothers(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    with serving(clock.now) as other:
        path = provider.list_in(tmp_path)
        path.write_text(path.read_text() + other.listed("other"))
        browser = browsing(app_with(own_hub, clock, path))
        there = browser.get("/sign-in/with/trust")
        place = provider.authorize(there.headers["location"]).replace("/return/trust", "/return/other")
        assert browser.get(place).status_code == 403


def test_a_trip_that_took_too_long_is_over(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    place = provider.authorize(browser.get("/sign-in/with/trust").headers["location"])
    clock.forward(timedelta(minutes=5))
    assert browser.get(place).status_code == 403
    assert not is_in(browser)


def test_what_was_sent_in_is_never_told(own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path) -> None:
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    browser.get("/sign-in/with/trust")
    answer = browser.get("/sign-in/return/trust?state=canary-1&code=canary-2&iss=canary-3&error=canary-4")
    assert answer.status_code == 403
    assert "canary" not in answer.text


@pytest.mark.parametrize("issuer", ["trust", "nobody"])
def test_a_return_from_no_trip_puts_nobody_out_of_their_session(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path, issuer: str
) -> None:
    known(own_hub, provider)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    round_trip(browser, provider)
    assert is_in(browser)
    of_their_own = browser.cookies.get(SESSION)
    browser.cookies.delete(SESSION)  # a link of another site brings no Strict cookie
    answer = browser.get(f"/sign-in/return/{issuer}?state=x&code=y")
    assert (answer.status_code, "set-cookie" in answer.headers, 'href="/sign-in"' in answer.text) == (403, False, True)
    browser.cookies.set(SESSION, str(of_their_own))
    assert is_in(browser)


def test_a_trip_begun_by_a_link_of_another_site_puts_nobody_out_either(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    round_trip(browser, provider)
    of_their_own = browser.cookies.get(SESSION)
    browser.cookies.delete(SESSION)
    assert browser.get("/sign-in/with/trust").status_code == 303
    answer = browser.get("/sign-in/return/trust?state=wrong&code=y")
    assert answer.status_code == 403
    assert SESSION not in answer.headers.get("set-cookie", "")
    browser.cookies.set(SESSION, str(of_their_own))
    assert is_in(browser)
