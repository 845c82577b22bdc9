"""Is what somebody was typing given back to them in the words of the form on which they typed it?"""

import re
from datetime import timedelta
from html import unescape

import pytest

from hub.commands import staff
from hub.commands.staff import Member
from hub.web.pages.typed_words import in_words
from hub.web.session import FRESH
from hub.web.words_kept import Words
from hub.wiring import Hub
from tests.support.given import ROBIN, StoppedClock
from tests.support.pages import ASKING, parts_of, send, signed_in
from tests.web.test_chronology_page import words_of
from tests.web.test_making_documents import PACK

WHOM = {"of-report": "00000000-0000-4000-8000-000000000000", "label": "mother"}
FORMS = (
    ("/print", "/print/make", ASKING, staff.DECISION_MAKER),
    ("/enquiry", "/enquiry/open", ASKING, staff.DECISION_MAKER),
    ("/ask", "/ask/keep", ASKING, staff.DECISION_MAKER),
    ("/decide", "/decide/keep", ASKING, staff.DECISION_MAKER),
    ("/told", "/told/keep", {**ASKING, **WHOM}, staff.DECISION_MAKER),
    ("/reply", "/reply/keep", ASKING, staff.DECISION_MAKER),
    ("/emergency", "/emergency", {"child": ROBIN, "step": "ask"}, staff.UNRELATED),
)
CHOICE = re.compile(
    r'<input type="(?:radio|checkbox)" id="[^"]*" name="([^"]*)" value="([^"]*)"[^>]*><label[^>]*>(.*?)<'
)
GROUP = re.compile(r'<fieldset.*?<legend class="label">(.*?)</legend>(.*?)</fieldset>', re.S)


@pytest.mark.parametrize(("at", "sent_to", "fields", "member"), FORMS, ids=[one[0] for one in FORMS])
def test_each_choice_of_a_form_comes_back_in_its_words(
    hub: Hub, at: str, sent_to: str, fields: dict[str, str], member: Member
) -> None:
    parts = parts_of(hub)
    titles = {**parts.titles, **{one.agency: parts.titles[one.source] for one in parts.agreements}}
    browser = signed_in(hub, member)
    if at == "/reply":  # the only one that opens the entry that it is about
        report = re.findall(r'name="report" value="([0-9a-f]{32})"', send(browser, "/chronology", ASKING).text)[0]
        fields = {**fields, "of-report": report}
    page = unescape(send(browser, at, fields).text)
    choices = [(legend, *choice) for legend, inside in GROUP.findall(page) for choice in CHOICE.findall(inside)]
    assert len(choices) > 2
    for legend, name, value, label in choices:
        ((asks, answer),) = in_words(Words(sent_to, {name: value}), titles)
        assert {asks, answer} >= ({label} if name == "urgent" else {legend, label}), (name, value)


def test_numbers_are_short_days_are_whole_and_what_was_written_stands_as_it_was_written(hub: Hub) -> None:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    fields = {
        "child": f"hub:{person_id.hex}",
        "request": "0f0e0d0c-0000-4000-8000-000000000000",
        "review-day": "1",
        "review-month": "2",
        "review-year": "2027",
        "words": "s47 <b>",
        "mark": "x",
    }
    said = dict(in_words(Words("/decide/keep", fields), {}))
    assert said.pop("Child").startswith("hub: ")
    assert said == {
        "Request": "No. 0F0E 0D0C",
        "When it is looked at again": "1 2 2027",
        "In your own words": "s47 <b>",
    }


def test_a_document_comes_back_in_words_and_a_press_is_said_to_make_one(hub: Hub) -> None:
    clock = StoppedClock(ids="typed words")
    browser = signed_in(hub, staff.DECISION_MAKER, clock=clock)
    clock.forward(FRESH + timedelta(seconds=1))
    assert send(browser, "/print/make", PACK).headers["location"] == "/sign-in/again"
    send(browser, "/sign-in/again", {"phrase": staff.phrase(hub, staff.DECISION_MAKER)})
    said = words_of(browser.get("/kept").text)
    assert "What is it? A pack for a meeting" in said
    assert not [code for code in ("meeting_pack", "urn:childhub") if code in said]
    assert f"Who is it for? {parts_of(hub).titles[PACK['recipient']]}" in said
    assert "A second press makes another copy" in said
