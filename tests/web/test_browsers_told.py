"""What are browsers, and those who fill in the form to sign in, told and spared?"""

import re

import pytest
from httpx2 import Response

from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.pages import HERE, browsing, form_key, pages, parts_of, send, sign_in, signed_in
from tests.web.test_answers import every_answer

ELSEWHERE = "https://elsewhere.example"
LONG = "correct horse battery staple " * 6


def test_over_https_every_answer_says_https_for_a_year_and_without_it_none(hub: Hub) -> None:
    over_https = browsing(create_app(parts_of(hub), over_https=True))
    for answer in every_answer(hub, over_https):
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in pages(hub).get("/sign-in").headers


def test_no_answer_lets_another_origin_read_it(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    answers = every_answer(hub, browser)
    answers += [browser.get("/about", headers={"origin": ELSEWHERE}), browser.options("/about")]
    told = [name for answer in answers for name in answer.headers if name.startswith("access-control-")]
    assert told == []


def _says_its_letters(answer: Response) -> bool:
    kind = answer.headers.get("content-type", "")
    return bool(kind) and (not kind.startswith("text/") or "charset=utf-8" in kind)


def test_every_answer_with_words_says_its_type_and_its_letters(hub: Hub) -> None:
    answers = every_answer(hub, signed_in(hub, staff.IG_OFFICER)) + every_answer(hub, pages(hub))
    wrong = {(str(one.url), one.headers.get("content-type")) for one in answers if one.content}
    wrong -= {(str(one.url), one.headers.get("content-type")) for one in answers if _says_its_letters(one)}
    assert wrong == set()


@pytest.mark.parametrize("header", ["x-forwarded-host", "forwarded", "x-original-url", "x-http-method-override"])
def test_what_a_proxy_would_say_is_not_believed(hub: Hub, header: str) -> None:
    """None of it changes by which name, from where, by which method or of which page the hub is asked."""
    said = {
        "forwarded": "host=127.0.0.1:8470;proto=https",
        "x-original-url": "/about",
        "x-http-method-override": "POST",
    }
    browser = pages(hub)
    asked = {header: said.get(header, "127.0.0.1:8470")}
    assert browser.get("/feeds", headers=asked).headers["location"] == "/sign-in"
    assert browser.get("/about", headers={**asked, "host": "elsewhere.example"}).status_code == 421
    posted = browser.post("/sign-in", data={"form_key": "0"}, headers={**asked, "origin": ELSEWHERE})
    assert posted.status_code == 403


@pytest.mark.parametrize("member", [staff.DECISION_MAKER, staff.IG_OFFICER], ids=lambda one: one.subject)
def test_every_page_of_somebody_signed_in_offers_to_sign_out(hub: Hub, member: staff.Member) -> None:
    answers = every_answer(hub, signed_in(hub, member))  # it signs out last of all
    shown = [one for one in answers if one.status_code == 200 and one.headers["content-type"].startswith("text/html")]
    assert len(shown) > 10
    assert not [str(one.url) for one in shown if 'action="/sign-out"' not in one.text]


def test_the_pass_phrase_is_hidden_and_may_be_pasted_and_kept_by_a_manager(hub: Hub) -> None:
    page = pages(hub).get("/sign-in").text
    (field,) = re.findall(r'<input[^>]* name="phrase"[^>]*>', page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert not re.search(r"onpaste|oncopy|readonly|pattern=", field)
    (longest,) = re.findall(r'maxlength="(\d+)"', field)
    assert int(longest) >= 64


def test_a_pass_phrase_is_judged_just_as_it_was_typed(hub: Hub) -> None:
    hashed = hub.phrases.hashed(LONG)
    assert hub.phrases.matches(LONG, hashed)
    for other in (LONG.strip(), LONG.upper(), LONG[:64], LONG[:-2], f" {LONG}", LONG.replace(" ", "")):
        assert not hub.phrases.matches(other, hashed)
    browser, phrase = pages(hub), staff.phrase(hub, staff.DECISION_MAKER)
    key = form_key(browser.get("/sign-in"))
    for typed in (f" {phrase}", f"{phrase} ", phrase.upper()):
        fields = {"form_key": key, "subject": staff.DECISION_MAKER.subject, "phrase": typed}
        assert browser.post("/sign-in", data=fields).status_code == 403
    assert sign_in(browser, hub, staff.DECISION_MAKER).status_code == 303


def test_a_field_that_comes_twice_counts_once_and_none_comes_from_the_address(hub: Hub) -> None:
    browser = pages(hub)
    key = form_key(browser.get("/sign-in"))
    phrase = staff.phrase(hub, staff.DECISION_MAKER)
    wanted = f"subject={staff.DECISION_MAKER.subject}&phrase={phrase}"
    kind = {"content-type": "application/x-www-form-urlencoded", "origin": HERE}
    asked = browser.post(f"/sign-in?{wanted}", content=f"form_key={key}", headers=kind)
    assert asked.status_code == 403
    twice = browser.post("/sign-in", content=f"form_key={key}&{wanted}&phrase=wrong", headers=kind)
    assert twice.status_code == 403
    assert send(browser, "/sign-in", {"subject": staff.DECISION_MAKER.subject, "phrase": phrase}).status_code == 303
