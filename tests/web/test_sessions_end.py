"""Does a session end when it must, wherever it is?"""

from datetime import timedelta
from pathlib import Path

import pytest

from contracts.events.hub import SessionEnded
from contracts.vocabulary import StaffRole
from hub.application.change_staff import change_role, leave_staff
from hub.application.enrol import enrol_staff
from hub.application.ports import Stream
from hub.commands import staff
from hub.commands.staff import Member
from hub.domain import registry
from hub.domain.errors import NotEnrolled
from hub.web.app import create_app
from hub.web.session import ABSOLUTE, FRESH, IDLE, Proof, Session, Sessions
from hub.wiring import Hub
from tests.support.given import StoppedClock, an_actor
from tests.support.house import house
from tests.support.issuers import app_with, is_in, known, last_position, round_trip, sessions_since
from tests.support.openid_provider import Provider
from tests.support.pages import browsing, pages, parts_of, send, sign_in, signed_in


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub whose staff come and go."""
    return house(tmp_path_factory.mktemp("staffed"))


def ends(hub: Hub, before: int) -> list[str]:
    return [fact.why for fact in sessions_since(hub, before) if isinstance(fact, SessionEnded)]


def back_again(hub: Hub, member: Member) -> None:
    """The member is on the registry as at first."""
    actor = an_actor().model_copy()
    for one in registry.ever_staff(hub.store.read_stream(Stream.registry())).values():
        if one.actor.subject == member.subject:
            actor = one.actor.model_copy(update={"role": member.role})
    enrol_staff(hub.store, hub.clock, actor, member.name, hub.phrases.hashed(staff.phrase(hub, member)))


def test_whoever_left_is_out_at_the_next_request_and_comes_in_no_more(staffed: Hub) -> None:
    browser = signed_in(staffed, staff.RESEARCHER)
    other = signed_in(staffed, staff.DECISION_MAKER)
    before = last_position(staffed)
    leave_staff(staffed.store, staffed.clock, staff.RESEARCHER.subject)
    assert browser.get("/").headers["location"] == "/sign-in"
    assert browser.get("/").headers["location"] == "/sign-in"
    assert ends(staffed, before) == ["left"]
    assert sign_in(pages(staffed), staffed, staff.RESEARCHER).status_code == 403
    assert other.get("/").status_code == 200
    with pytest.raises(NotEnrolled):
        leave_staff(staffed.store, staffed.clock, staff.RESEARCHER.subject)
    back_again(staffed, staff.RESEARCHER)
    assert signed_in(staffed, staff.RESEARCHER).get("/").status_code == 200


def test_a_changed_role_ends_what_was_opened_under_the_one_before(staffed: Hub) -> None:
    browser = signed_in(staffed, staff.UNRELATED)
    before = last_position(staffed)
    change_role(staffed.store, staffed.clock, staff.UNRELATED.subject, StaffRole.MASH_DECISION_MAKER)
    assert browser.get("/questions").headers["location"] == "/sign-in"
    assert ends(staffed, before) == ["changed"]
    assert sign_in(browser, staffed, staff.UNRELATED).status_code == 303
    assert browser.get("/questions").status_code == 200
    back_again(staffed, staff.UNRELATED)


def test_every_session_of_whoever_left_ends_together(staffed: Hub) -> None:
    app = create_app(parts_of(staffed))
    one, two = browsing(app), browsing(app)
    for browser in (one, two):
        sign_in(browser, staffed, staff.NURSERY_LEAD)
    before = last_position(staffed)
    leave_staff(staffed.store, staffed.clock, staff.NURSERY_LEAD.subject)
    assert [each.get("/").status_code for each in (one, two)] == [303, 303]
    assert ends(staffed, before) == ["left", "left"]
    back_again(staffed, staff.NURSERY_LEAD)


def test_a_clock_that_is_put_back_keeps_no_session_alive() -> None:
    clock, seconds = StoppedClock(ids="sessions end 6"), [0.0]
    sessions = Sessions(clock, lambda: seconds[0])
    token = sessions.open(an_actor(), "Priya", before="")
    clock.forward(timedelta(hours=-1))
    seconds[0] += IDLE.total_seconds()
    assert sessions.find(token) is None
    token = sessions.open(an_actor(), "Priya", before="")
    for _ in range(int(ABSOLUTE / timedelta(minutes=10))):
        seconds[0] += 600
        sessions.find(token)
    assert sessions.find(token) is None


def test_a_clock_that_is_put_ten_years_on_ends_every_session() -> None:
    clock = StoppedClock(ids="sessions end 7")
    sessions = Sessions(clock, lambda: 0.0)
    token = sessions.open(an_actor(), "Priya", before="")
    clock.forward(timedelta(days=3652))
    assert sessions.find(token) is None


def found(sessions: Sessions, token: str) -> Session:
    session = sessions.find(token)
    assert session is not None
    return session


def test_a_proof_is_fresh_for_five_minutes_by_either_clock() -> None:
    clock, seconds = StoppedClock(ids="sessions end 8"), [0.0]
    sessions = Sessions(clock, lambda: seconds[0])
    token = sessions.open(an_actor(), "Priya", before="")
    assert found(sessions, token).is_fresh(sessions.now())
    seconds[0] += FRESH.total_seconds()
    assert not found(sessions, token).is_fresh(sessions.now())
    earlier = Proof(clock.now() - FRESH)
    assert not found(sessions, sessions.open(an_actor(), "Priya", "", earlier)).is_fresh(sessions.now())
    unknown = sessions.open(an_actor(), "Priya", "", Proof(None))
    assert not found(sessions, unknown).is_fresh(sessions.now())
    ahead = sessions.open(an_actor(), "Priya", "", Proof(clock.now() + timedelta(hours=1)))
    clock.forward(FRESH)
    assert not found(sessions, ahead).is_fresh(sessions.now())


def test_a_link_of_another_site_gives_no_token_in_place_of_the_one_it_did_not_bring(hub: Hub) -> None:
    browser = pages(hub)
    linked = browser.get("/sign-in", headers={"sec-fetch-site": "cross-site"})
    assert (linked.status_code, "set-cookie" in linked.headers) == (200, False)
    assert 'content="0; url=/"' in linked.text
    asked = browser.get("/sign-in", headers={"sec-fetch-site": "same-origin"})
    assert (asked.status_code, "set-cookie" in asked.headers, "refresh" in asked.text) == (200, True, False)


def test_one_sees_ones_own_sessions_and_ends_those_one_does_not_know(hub: Hub) -> None:
    app = create_app(parts_of(hub))
    here, there, anothers = browsing(app), browsing(app), browsing(app)
    for browser, member in ((here, staff.IG_OFFICER), (there, staff.IG_OFFICER), (anothers, staff.DECISION_MAKER)):
        sign_in(browser, hub, member)
    page = here.get("/sessions").text
    assert (page.count("This one"), page.count("Another browser")) == (1, 1)
    mark = page.split('name="mark" value="')[1].split('"')[0]
    before = last_position(hub)
    send(anothers, "/sessions", {"mark": mark})
    assert there.get("/feeds").status_code == 200
    send(here, "/sessions", {"mark": mark})
    assert there.get("/feeds").status_code == 303
    assert here.get("/feeds").status_code == 200
    assert anothers.get("/sessions").text.count("Another browser") == 0
    assert ends(hub, before) == ["own_hand"]


def test_an_issuer_ends_a_session_it_vouched_for_and_no_other(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    provider.claims = {"sid": "one"}
    app = app_with(own_hub, clock, provider.list_in(tmp_path))
    here, there = browsing(app), browsing(app)
    round_trip(here, provider)
    provider.claims = {"sid": "two"}
    round_trip(there, provider)
    before = last_position(own_hub)
    token = provider.logout_token(sid="one")
    issuer = browsing(app)
    issuer.headers.pop("origin")
    said = issuer.post("/sign-in/ended/trust", data={"logout_token": token})
    assert (said.status_code, said.headers["cache-control"]) == (200, "no-store")
    assert (is_in(here), is_in(there)) == (False, True)
    assert ends(own_hub, before) == ["by_issuer"]
    assert issuer.post("/sign-in/ended/trust", data={"logout_token": token}).status_code == 400
    assert issuer.post("/sign-in/ended/trust", data={"logout_token": provider.logout_token()}).status_code == 200
    assert not is_in(there)


def test_what_is_no_logout_token_ends_nothing(
    own_hub: Hub, provider: Provider, clock: StoppedClock, tmp_path: Path
) -> None:
    known(own_hub, provider)
    app = app_with(own_hub, clock, provider.list_in(tmp_path))
    here, issuer = browsing(app), browsing(app)
    round_trip(here, provider)
    issuer.headers.pop("origin")
    at = int(clock.now().timestamp())
    wrong = (
        "",
        "a.b.c",
        provider.last_token,
        provider.logout_token(nonce="n"),
        provider.logout_token(events={}),
        provider.logout_token(events=None),
        provider.logout_token(aud="another"),
        provider.logout_token(iss="https://another.example"),
        provider.logout_token(sub=None),
        provider.logout_token(jti=None),
        provider.logout_token(exp=at - 61),
        provider.logout_token(iat=at - 3600),
        provider.logout_token()[:-4] + "AAAA",
    )
    for token in wrong:
        assert issuer.post("/sign-in/ended/trust", data={"logout_token": token}).status_code == 400
    assert issuer.post("/sign-in/ended/nobody", data={"logout_token": provider.logout_token()}).status_code == 400
    assert is_in(here)
