"""Does an issuer vouch for whom the list says, and for nobody from the moment that it is off it?"""

from datetime import timedelta
from pathlib import Path

from contracts.events.hub import SessionEnded
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.issuers import app_with, is_in, known, last_position, round_trip, sessions_since, with_issuers
from tests.support.openid_provider import Provider, new_key
from tests.support.openid_server import serving
from tests.support.pages import browsing, send


def test_a_stranger_to_the_registry_and_one_of_another_agency_are_refused(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path, agencies='"health"')))
    provider.subject = "nobody-here"
    assert round_trip(browser, provider).status_code == 403
    known(own_hub, provider, agency="police")
    assert round_trip(browser, provider).status_code == 403
    assert not is_in(browser)


def test_a_subject_of_another_issuer_is_another_person(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    subject = known(own_hub, provider)
    with serving(clock.now) as other:
        other.subject = subject
        browser = browsing(app_with(own_hub, clock, other.list_in(tmp_path)))
        assert round_trip(browser, other).status_code == 403


def test_nobody_comes_in_by_an_empty_pass_phrase_whose_issuer_vouches_for_them(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    subject = known(own_hub, provider)
    browser = browsing(app_with(own_hub, clock, provider.list_in(tmp_path)))
    for phrase in ("", "nobody"):
        assert send(browser, "/sign-in", {"subject": subject, "phrase": phrase}).status_code == 403
    assert not is_in(browser)


def test_new_keys_are_fetched_when_they_are_named_but_not_at_every_try(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    app = app_with(own_hub, clock, provider.list_in(tmp_path))
    assert round_trip(browsing(app), provider).status_code == 200
    assert round_trip(browsing(app), provider).status_code == 200
    assert provider.asked_for_keys == 1
    provider.keys["key-2"], provider.key_id = new_key(), "key-2"
    for _ in range(3):
        assert round_trip(browsing(app), provider).status_code == 403
    assert provider.asked_for_keys == 1
    clock.forward(timedelta(seconds=60))
    assert round_trip(browsing(app), provider).status_code == 200
    assert provider.asked_for_keys == 2


def test_a_key_that_its_issuer_took_back_proves_nothing_within_the_hour(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    app = app_with(own_hub, clock, provider.list_in(tmp_path))
    assert round_trip(browsing(app), provider).status_code == 200
    provider.withdrawn.add("key-1")
    clock.forward(timedelta(hours=1))
    before = last_position(own_hub)
    assert round_trip(browsing(app), provider).status_code == 403
    assert [fact.why for fact in sessions_since(own_hub, before)] == ["token_key"]


def test_an_issuer_taken_off_the_list_lets_nobody_in_and_its_sessions_end_at_once(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    path = provider.list_in(tmp_path)
    browser = browsing(app_with(own_hub, clock, path))
    round_trip(browser, provider)
    assert is_in(browser)
    before = last_position(own_hub)
    path.write_text("issuer = []\n")
    assert browser.get("/").headers["location"] == "/sign-in"
    (ended,) = sessions_since(own_hub, before)
    assert isinstance(ended, SessionEnded)
    assert ended.why == "issuer_gone"
    assert browser.get("/sign-in/with/trust").status_code == 404


def test_a_list_that_cannot_be_read_vouches_for_nobody(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    path = provider.list_in(tmp_path)
    browser = browsing(app_with(own_hub, clock, path))
    round_trip(browser, provider)
    path.write_text("this is not toml at all")
    assert not is_in(browser)


def test_what_the_browser_is_sent_with_is_what_the_flow_wants(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    path = provider.list_in(tmp_path, more='acr_values = "aal2"')
    answer = browsing(app_with(own_hub, clock, path)).get("/sign-in/with/trust")
    place = answer.headers["location"]
    for part in ("response_type=code", "code_challenge_method=S256", "state=", "nonce=", "acr_values=aal2"):
        assert part in place
    cookie = answer.headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "max-age=300", "path=/"} <= {part.strip() for part in cookie.split(";")}
    secure = create_app(with_issuers(own_hub, clock, path), over_https=True)
    assert browsing(secure).get("/sign-in/with/trust").headers["set-cookie"].startswith("__Host-trip=")
