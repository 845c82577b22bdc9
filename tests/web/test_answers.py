"""Do answers carry their headers and nothing of anybody, whatever they answer?"""

import logging
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.event import Fact
from hub.application.ports import Stream
from hub.commands import staff
from hub.domain.errors import StoreUnavailable, Unreadable
from hub.web.app import create_app
from hub.web.headers import HEADERS
from hub.web.pages import law
from hub.web.parts import Rows
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.pages import ASKING, browsing, form_key, pages, parts_of, send, sign_in, signed_in
from tests.support.story import SECRETS
from tests.support.watched_store import WatchedStore
from tests.web.test_strangers import every_route

NOBODY = "9990001375"
PRECIOUS = (ROBIN, NOBODY, "999 000 1006", *SECRETS)


def every_answer(hub: Hub, browser: TestClient) -> list[Response]:
    """An answer of every route, and of every way in which asking goes wrong."""
    routes = sorted(every_route(create_app(parts_of(hub)).routes), key=lambda route: route[1] == "/sign-out")
    found = [browser.get("/nowhere"), browser.get("/chronology"), browser.post("/chronology", data={"child": ROBIN})]
    found += [browser.post("/chronology", content=b"", headers={"host": "elsewhere.example"})]
    for method, path in routes:
        address = path.replace("{rest:path}", "checkpoint")
        found.append(send(browser, address, ASKING) if method == "POST" else browser.get(address))
    return found


@pytest.mark.parametrize("member", [None, *staff.MEMBERS], ids=lambda one: one.subject if one else "stranger")
def test_every_answer_carries_the_headers(hub: Hub, member: staff.Member | None) -> None:
    browser = pages(hub) if member is None else signed_in(hub, member)
    for answer in every_answer(hub, browser):
        for name, value in HEADERS.items():
            if name != "Cache-Control":
                assert answer.headers[name] == value, answer.url
        kept = answer.headers["cache-control"]
        assert kept == "no-store" or answer.url.path.startswith(("/log/", "/static/")), answer.url
        assert "server" not in answer.headers


def test_nothing_may_come_from_elsewhere_or_from_the_page_itself() -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["require-trusted-types-for"].replace("script", "self") == "'self'"
    assert not [source for source in policy.values() if "unsafe" in source or "http" in source or "*" in source]


def test_an_accident_that_nobody_foresaw_is_answered_with_the_headers_and_without_a_value(hub: Hub) -> None:
    def broken(_name: str) -> Rows:
        raise ValueError(f"about {SECRETS[0]} {ROBIN}")

    browser = browsing(create_app(replace(parts_of(hub), rows_of=broken)))
    sign_in(browser, hub, staff.IG_OFFICER)
    answer = browser.get("/quarantine")
    assert answer.status_code == 500
    assert "The hub could not do this" in answer.text
    assert not [word for word in PRECIOUS if word in answer.text]
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)


def test_a_record_that_does_not_open_is_answered_with_its_position_alone(hub: Hub) -> None:
    def broken(_name: str) -> Rows:
        raise Unreadable(4711, "tag")

    browser = browsing(create_app(replace(parts_of(hub), rows_of=broken)))
    sign_in(browser, hub, staff.IG_OFFICER)
    answer = browser.get("/quarantine")
    assert (answer.status_code, "position 4711" in answer.text) == (503, True)


def test_a_child_who_is_not_there_and_one_who_may_not_be_seen_are_answered_byte_for_byte_alike(hub: Hub) -> None:
    browser = signed_in(hub, staff.NURSERY_LEAD)
    forbidden = send(browser, "/chronology", ASKING)
    absent = send(browser, "/chronology", {**ASKING, "child": NOBODY})
    assert forbidden.status_code == absent.status_code == 403
    assert forbidden.content == absent.content
    assert dict(forbidden.headers) == dict(absent.headers)
    assert all(word in forbidden.text for word in ("You cannot see this", "999", "duty number", "on record"))
    assert 'href="/emergency"' in forbidden.text


def test_an_emergency_that_is_refused_is_not_led_to_an_emergency(hub: Hub) -> None:
    browser = signed_in(hub, staff.NURSERY_LEAD)
    answer = send(browser, "/emergency", {"child": NOBODY, "reason": "danger_now", "understood": "1"})
    assert (answer.status_code, 'href="/emergency"' in answer.text) == (403, False)


@pytest.mark.parametrize("member", [staff.DECISION_MAKER, staff.UNRELATED], ids=lambda member: member.subject)
def test_who_looked_is_refused_alike_to_whoever_may_not_know(hub: Hub, member: staff.Member) -> None:
    browser = signed_in(hub, member)
    forbidden, absent = (send(browser, "/who-looked", {"child": child}) for child in (ROBIN, NOBODY))
    assert forbidden.status_code == absent.status_code == 403
    assert forbidden.content == absent.content


@pytest.mark.parametrize(
    "fields",
    [
        {"child": ROBIN},
        {"child": ROBIN, "purpose": "gossip-4711"},
        {"child": "nhs:9990001007", "purpose": "s47"},
        {"child": "Robin Exemplar 9990001006", "purpose": "s47"},
        {"child": "name:Exemplar", "purpose": "s47"},
        {"child": "", "purpose": "s47"},
        {**ASKING, "day-day": "31", "day-month": "2", "day-year": "2026"},
        {**ASKING, "day-day": "1", "day-month": "1", "day-year": "2099"},
        {**ASKING, "day-day": "1", "day-month": "1", "day-year": "26"},
        {**ASKING, "day-day": "four", "day-month": "9071107", "day-year": "x"},
        {**ASKING, "day-day": "1"},
        {"child": "9" * 2000, "purpose": "s47"},
    ],
)
def test_what_was_typed_wrongly_is_said_without_repeating_it(hub: Hub, fields: dict[str, str]) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    answer = send(browser, "/chronology", fields)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert not [word for word in (*PRECIOUS, "9071107", "9990001007", "gossip", "9999999") if word in answer.text]


@pytest.mark.parametrize(
    "typed", ["999 000 1006", "999-000-1006", "nhs:9990001006", "NHS: 999 000 1006", " 9990001006 "]
)
def test_a_number_is_found_however_it_is_typed(hub: Hub, typed: str) -> None:
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", {**ASKING, "child": typed})
    assert answer.status_code == 200


def test_no_identifier_is_in_an_address_or_a_log(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for member in staff.MEMBERS:
        for answer in every_answer(hub, signed_in(hub, member)):
            for word in PRECIOUS:
                assert word not in str(answer.url)
                assert word not in answer.headers.get("location", "")
                assert word not in answer.headers.get("set-cookie", "")
    assert not [word for word in PRECIOUS if word in caplog.text]


def test_a_childs_name_is_not_in_the_title_of_the_page(hub: Hub) -> None:
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    title = answer.text.partition("<title>")[2].partition("</title>")[0]
    assert title
    assert "Exemplar" not in title


def test_the_hub_says_whether_it_lives_and_whether_it_is_ready(hub: Hub) -> None:
    answer = pages(hub).get("/health")
    assert (answer.status_code, answer.json()) == (200, {"live": True, "ready": True})


class Closed(WatchedStore):
    """A store that cannot be read."""

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """Raises StoreUnavailable."""
        raise StoreUnavailable("disk")


def test_a_hub_whose_store_cannot_be_read_is_not_ready(hub: Hub) -> None:
    answer = pages(hub, Closed(hub.store)).get("/health")
    assert (answer.status_code, answer.json()) == (503, {"live": True, "ready": False})


def test_the_hub_says_how_each_thing_that_it_stands_on_is(hub: Hub) -> None:
    hub.follow()  # what other tests left here may have waited for more than a minute
    answer = pages(hub).get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "store": "ok", "bus": "ok", "intake": "ok", "followers": "ok"},
    )
    assert (pages(hub).get("/healthz").status_code, pages(hub).get("/healthz").json()) == (200, {"live": True})


@pytest.mark.parametrize("away", ["store", "bus", "intake", "followers"])
def test_one_thing_that_is_away_makes_the_hub_not_ready(hub: Hub, away: str) -> None:
    codes = {"store": "ok", "bus": "ok", "intake": "ok", "followers": "ok", away: "away"}
    browser = browsing(create_app(replace(parts_of(hub), ready=lambda: codes)))
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, **codes})
    assert browser.get("/healthz").status_code == 200


def test_the_law_is_folded_by_its_questions_and_all_of_it_is_on_the_page(hub: Hub) -> None:
    page = signed_in(hub, staff.DECISION_MAKER).get("/law").text
    parts = page.split('<details class="part">')[1:]
    assert len(parts) == len(law.QUESTIONS) + 2
    for part, one in zip(parts[2:], law.QUESTIONS, strict=True):
        rows = part.partition("</details>")[0].count('<th role="rowheader"')
        assert rows == len(one.laws) > 0
    assert parts[1].startswith('<summary><h2 id="reasons">')  # the page of help leads to it


def test_a_form_key_is_not_the_token(hub: Hub) -> None:
    browser = pages(hub)
    page = browser.get("/sign-in")
    assert form_key(page) not in str(browser.cookies)
    assert browser.cookies["hub-sid"] not in page.text
