"""Does a page say which entry it is and whose, why nothing can be done there, and what a right number looks like?"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.events.shared import PersonDescribed
from contracts.report import Place, Report, Told
from contracts.vocabulary import Telling
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.given import a_child, a_concern, a_sound_basis
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.web.test_chronology_page import words_of
from tests.web.test_recording_decisions import ALL


def described(record: str, street: str | None) -> Report:
    """What an agency states of who the child is, with the address or without."""
    place = Place(text=street) if street is not None else None
    child = a_child().model_copy(update={"address": place})
    told = a_concern(record, child).model_dump()
    return PersonDescribed.model_validate({**told, "statements": ()})


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub told of one child three times."""
    made = house(tmp_path_factory.mktemp("told"))
    say(made, "police", a_concern())
    for record, street in (("D-1", None), ("D-2", "1 Old Street"), ("D-3", "2 New Street")):
        say(made, "police", described(record, street))
    return made


@pytest.fixture
def browser(told: Hub) -> TestClient:
    """A decision-maker before the pages."""
    return signed_in(told, staff.DECISION_MAKER)


def known_on(hub: Hub) -> dict[str, str]:
    """The fields of yesterday."""
    day = day_in_london(hub.clock.now()) - timedelta(days=1)
    return {**ASKING, "day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}


def test_an_entry_says_what_it_is_whose_and_of_when(browser: TestClient) -> None:
    report = re.findall(r'name="report" value="([0-9a-f]{32})"', send(browser, "/chronology", ASKING).text)[0]
    page = send(browser, "/entry", {**ASKING, "report": report}).text
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
    assert heading is not None
    assert re.match(r"Concern raised Hexley Police, .*About Robin Exemplar", words_of(heading[1]).strip())
    assert not faults(page)


def test_details_of_a_person_say_what_is_stated_what_changed_and_what_is_not_recorded(browser: TestClient) -> None:
    page = send(browser, "/chronology", ASKING).text
    said = words_of(page[page.index('id="described-title"') :])
    assert "Address Not recorded" in said
    assert "Address 1 Old Street Changed; it was: Not recorded" in said
    assert "Address 2 New Street Changed; it was: 1 Old Street" in said
    assert said.count("Name Robin Exemplar") == 3
    assert "Name Robin Exemplar Changed" not in said
    assert "Professional view" not in said


def test_compared_they_say_which_details_there_are_and_never_that_no_words_are_recorded(
    told: Hub, browser: TestClient
) -> None:
    days = {f"from-{part.removeprefix('day-')}": value for part, value in known_on(told).items() if "day-" in part}
    said = words_of(send(browser, "/compare/days", {**ASKING, **days}).text)
    assert said.count("States: name, day of birth, address") == 2
    assert said.count("States: name, day of birth This entry") == 1
    assert "No words recorded" not in said


def test_a_lawful_basis_that_holds_for_several_is_said_once(tmp_path: Path) -> None:
    hub = house(tmp_path)
    other = a_child("9990001375", given="Wren", born="2026-02-02").model_copy(update={"ref": "other"})
    concern = a_concern()
    both = (*concern.bases, a_sound_basis().model_copy(update={"person": "other"}))
    say(hub, "police", concern.model_copy(update={"people": (*concern.people, other), "bases": both}))
    page = words_of(send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING).text)
    assert page.count("safeguarding condition (Sch 1 para 18)") == 1
    assert re.search(r"For Robin Exemplar \(child\), Wren Exemplar \(child\)", page)


def test_as_known_on_says_why_nothing_can_be_done_there_and_leads_back(told: Hub, browser: TestClient) -> None:
    page = send(browser, "/chronology", known_on(told)).text
    assert 'action="/decide"' not in page
    said = words_of(page)
    assert "From here you cannot record a decision, ask agencies or make a document" in said
    assert "Show everything known today, on record" in said
    today = send(browser, "/chronology", ASKING).text
    assert "From here you cannot" not in today


@pytest.mark.parametrize(
    ("typed", "example"),
    [("nhs:9990001007", "999 000 0018"), ("9990001007", "999 000 0018"), ("upn:A801200005001", "upn:B801200005001")],
)
def test_a_number_that_cannot_be_is_answered_with_one_that_can(browser: TestClient, typed: str, example: str) -> None:
    answer = send(browser, "/chronology", {**ASKING, "child": typed})
    assert answer.status_code == 422
    assert example in answer.text
    assert typed not in answer.text


def test_the_choices_of_every_form_look_alike(browser: TestClient) -> None:
    pages = [send(browser, path, ASKING).text for path in ("/chronology", "/decide", "/ask", "/print")]
    for page in (*pages, browser.get("/").text, browser.get("/emergency").text):
        boxes = re.findall(r'(<[^>]*>)<input type="(?:radio|checkbox)"', re.sub(r">\s+<", "><", page))
        assert boxes
        assert set(boxes) <= {'<div class="radio">', "<li>"}


def test_what_is_to_be_weighed_stands_above_what_was_decided(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern(telling=(Told(person="child", state=Telling.NOT_KNOWN),)))
    page = send(signed_in(hub, staff.DECISION_MAKER), "/decide/keep", ALL).text
    places = [page.index(words) for words in ('id="weigh-title"', "It is not known whether", "Sent to ")]
    assert places == sorted(places)
    assert page.count("It is not known whether") == 1


def test_the_help_sends_people_where_another_day_is_chosen(browser: TestClient) -> None:
    said = words_of(browser.get("/help").text)
    (named,) = re.findall(r"Choose “([^”]+)” beside the child’s name", said)
    top = send(browser, "/chronology", ASKING).text.partition('class="glance"')[0]
    assert f'<a href="#again-title">{named}</a>' in top


def test_as_many_journeys_are_said_to_be_walked_by_keyboard_as_are(browser: TestClient) -> None:
    said = words_of(browser.get("/accessibility").text)
    (named,) = re.findall(r"Five journeys are walked with a keyboard alone: ([^.]*)\.", said)
    walks = (Path(__file__).parent / "test_keyboard_journeys.py").read_text(encoding="utf-8")
    titles = set(re.findall(r'\btold\(f?"([^"]+)", keys\)', walks)) - {"Know the story of a child"}  # how long it takes
    assert len(re.split(", | and ", named)) == len(titles) == 5
    assert "every page against WCAG 2.2 AA" in said
    assert "walked with the keyboard" not in said
