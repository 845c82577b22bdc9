"""Does a page open what is held apart only after who is told is said, to the right person, on record, and once?"""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.events.compartment import CompartmentAsked, OpeningReason
from contracts.vocabulary import SensitivityTag
from hub.application.open_apart import Door
from hub.application.read_worklist import WorklistViews, read_worklist
from hub.cli import commands_parser
from hub.commands import compartments, staff
from hub.commands.staff import Member
from hub.domain.compartment_access import PROPOSED_FOR
from hub.domain.moment import day_in_london
from hub.web.app import create_app
from hub.web.rendering import number
from hub.wiring import Hub
from tests.support.at_the_door import AtTheDoor, Shut
from tests.support.given import StoppedClock, a_concern, an_actor
from tests.support.house import house, say
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.story import PROTECTED, tell_story

_BUTTON = re.compile(r'formaction="/compartments" name="part" value="([^"]*)"')
_PROPOSED = re.compile(r'name="proposal" value="([0-9a-f-]{36})"')
NOT_HERE = "It cannot be opened on this hub just now</strong>: the process that holds its keys does not answer."


def before(hub: Hub, door: Door, member: Member = staff.DECISION_MAKER) -> TestClient:
    browser = browsing(create_app(replace(parts_of(hub), door=door)))
    assert sign_in(browser, hub, member).status_code == 303
    return browser


def asked(hub: Hub) -> list[CompartmentAsked]:
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000)]
    return [fact for fact in facts if isinstance(fact, CompartmentAsked)]


def wanted(browser: TestClient) -> dict[str, str]:
    """What the form on the chronology names, with a reason."""
    part = _BUTTON.search(send(browser, "/chronology", ASKING).text)
    assert part is not None
    return {**ASKING, "part": part[1], "why": OpeningReason.SAFETY.value}


def with_second(hub: Hub, fields: dict[str, str]) -> None:
    """Somebody else agrees that the decision-maker opens it, unless somebody has already."""
    answer = send(before(hub, AtTheDoor(hub)), "/compartments/open", fields)
    if "A second person is needed" in answer.text:
        hub.follow()
        officer = signed_in(hub, staff.IG_OFFICER)
        (number,) = _PROPOSED.findall(officer.get("/compartments/agree").text)
        assert send(officer, "/compartments/agree", {"proposal": number}).status_code == 200


def test_who_is_told_is_said_before_and_nothing_of_it_is_shown_until_it_is_opened(hub: Hub) -> None:
    door = AtTheDoor(hub)
    browser = before(hub, door)
    fields, known = wanted(browser), len(asked(hub))
    form = send(browser, "/compartments", fields)
    assert form.status_code == 200
    assert PROTECTED not in form.text
    assert "see at once that you asked" in form.text
    assert "another decision-maker of the MASH, or an information-governance officer" in form.text
    assert "To ask for it, call your area&#39;s duty number" in form.text
    assert "checked" not in form.text
    assert (len(asked(hub)), door.asked) == (known, [])


def test_it_is_opened_on_record_by_the_process_and_its_agency_sees_who_asked(hub: Hub) -> None:
    door = AtTheDoor(hub)
    browser = before(hub, door)
    with_second(hub, wanted(browser))
    answer = send(browser, "/compartments/open", wanted(browser))
    assert answer.status_code == 200
    assert PROTECTED in answer.text
    decided = asked(hub)[-1]
    assert (decided.effect, decided.why, str(decided.actor.via)) == ("permitted", OpeningReason.SAFETY, "web")
    assert number(decided.decision_id) in answer.text
    assert str(decided.decision_id) not in answer.text
    assert len(door.asked) == 1
    hub.follow()
    told = signed_in(hub, staff.IG_OFFICER).get("/compartments/asked")
    assert told.status_code == 200
    assert OpeningReason.SAFETY.meaning in told.text
    assert ">Allowed; <bdi>Ivy Castell</bdi> agreed as the second person<" in told.text


@pytest.mark.parametrize("lapsed", [False, True])
def test_who_may_be_the_second_person_finds_it_where_they_begin(tmp_path: Path, *, lapsed: bool) -> None:
    hub = house(tmp_path)
    tell_story(hub)
    browser = before(hub, AtTheDoor(hub))
    assert "A second person is needed" in send(browser, "/compartments/open", wanted(browser)).text
    hub.follow()
    clock = StoppedClock(hub.clock.now() + (PROPOSED_FOR if lapsed else timedelta()), "a second person")
    officer = signed_in(hub, staff.IG_OFFICER, clock=clock)
    (waits,) = re.findall(r'href="/compartments/agree">[^<]*</a></dt><dd>(.*?)</dd>', officer.get("/audit").text)
    assert waits == ("None waits" if lapsed else "<strong>1</strong>, each for an hour at most")
    assert officer.get("/api/audit").json()["to_open"] == (0 if lapsed else 1)
    views = WorklistViews((), (), (), (), (), (), (), parts_of(hub).rows_of("openings"), ())
    counts = {who: read_worklist(hub.store, clock, an_actor(who), views).to_open for who in ("ana", "priya")}
    assert counts == {"ana": 0 if lapsed else 1, "priya": 0}


def test_no_reason_no_answer_and_nothing_is_asked_of_anybody(hub: Hub) -> None:
    door = AtTheDoor(hub)
    browser = before(hub, door)
    fields, known = wanted(browser), len(asked(hub))
    for wrong in ({"why": "curious"}, {"purpose": "early_help"}, {"purpose": ""}):
        answer = send(browser, "/compartments/open", {**fields, **wrong})
        assert (answer.status_code, PROTECTED in answer.text) == (422, False)
    for part in ("", "x", "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000000 standard"):
        assert send(browser, "/compartments/open", {**fields, "part": part}).status_code == 404
    assert (len(asked(hub)), door.asked) == (known, [])


@pytest.mark.parametrize("member", [one for one in staff.MEMBERS if one != staff.DECISION_MAKER])
def test_nobody_else_is_let_in_or_offered_it(hub: Hub, member: Member) -> None:
    door = AtTheDoor(hub)
    fields, known = wanted(before(hub, door)), len(asked(hub))
    browser = before(hub, door, member)
    for path in ("/compartments", "/compartments/open"):
        answer = send(browser, path, fields)
        assert (answer.status_code, PROTECTED in answer.text) == (403, False)
    assert _BUTTON.search(send(browser, "/chronology", ASKING).text) is None
    assert (len(asked(hub)), door.asked) == (known, [])


def test_another_child_and_one_who_is_not_there_are_answered_alike(hub: Hub) -> None:
    browser = before(hub, AtTheDoor(hub))
    fields = wanted(browser)
    nobody = {**fields, "child": "9990001375"}
    another = {**fields, "part": "00000000-0000-4000-8000-000000000000 refuge"}
    absent, refused = (send(browser, "/compartments/open", one) for one in (nobody, another))
    assert (absent.status_code, absent.text) == (403, refused.text)


def test_where_the_process_does_not_answer_the_page_says_whom_to_call(hub: Hub) -> None:
    fields, browser = wanted(before(hub, AtTheDoor(hub))), before(hub, Shut())
    with_second(hub, fields)
    known = len(asked(hub))
    answer = send(browser, "/compartments/open", fields)
    assert (answer.status_code, PROTECTED in answer.text) == (503, False)
    assert "Call the agency that stated it" in answer.text
    assert len(asked(hub)) == known + 1


def test_where_nothing_answers_it_is_not_offered_and_the_pages_say_whom_to_call(hub: Hub) -> None:
    report_id = wanted(before(hub, AtTheDoor(hub)))["part"].partition(" ")[0]
    for door, offered in ((AtTheDoor(hub), True), (Shut(), False)):
        browser = before(hub, door)
        pages = [send(browser, "/chronology", ASKING), send(browser, "/entry", {**ASKING, "report": report_id})]
        assert [page.status_code for page in pages] == [200, 200]
        assert [_BUTTON.search(page.text) is not None for page in pages] == [offered, offered]
        assert [NOT_HERE in page.text for page in pages] == [not offered, not offered]
        assert ["On this hub it opens with a reason" in page.text for page in pages] == [offered, offered]


def test_one_entry_alone_leads_to_the_asking_as_the_chronology_does(hub: Hub) -> None:
    browser = before(hub, AtTheDoor(hub))
    named = wanted(browser)["part"]
    alone = send(browser, "/entry", {**ASKING, "report": named.partition(" ")[0]}).text
    assert _BUTTON.findall(alone)[0] == named
    form = re.search(r'<form id="one-entry".*?</form>', alone, re.DOTALL)
    assert form is not None
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
    assert send(browser, "/compartments", {**fields, "part": named}).status_code == 200


def test_on_another_day_nothing_is_offered_either_way(hub: Hub) -> None:
    today = day_in_london(hub.clock.now())
    known_on = {**ASKING, "day-day": str(today.day), "day-month": str(today.month), "day-year": str(today.year)}
    for door in (AtTheDoor(hub), Shut()):
        page = send(before(hub, door), "/chronology", known_on)
        assert (page.status_code, "is held apart" in page.text) == (200, True)
        assert (_BUTTON.search(page.text), NOT_HERE in page.text) == (None, False)


def test_what_was_allowed_and_not_opened_is_never_called_opened(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    fields = wanted(before(hub, AtTheDoor(hub)))
    with_second(hub, fields)
    assert send(before(hub, Shut()), "/compartments/open", fields).status_code == 503
    assert asked(hub)[-1].effect == "permitted"
    hub.follow()
    told = signed_in(hub, staff.IG_OFFICER).get("/compartments/asked").text
    assert (">Allowed; " in told, ">Opened" in told) == (True, False)
    words = commands_parser().parse_args(["compartments", "asked", "--as", staff.IG_OFFICER.subject])
    assert compartments.run(hub.settings, words) == 0
    said = capsys.readouterr().out
    assert (": allowed, ivy agreed\n" in said, ": opened" in said) == (True, False)
    assert "stands on the ledger of the process" in said


MOVED = "She is staying with her aunt beyond the river"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub that holds words of a protected child until somebody has looked at them."""
    made = house(tmp_path_factory.mktemp("waiting"))
    say(made, "police", a_concern(tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    say(made, "health", a_concern("H-1", words=MOVED))
    return made


def test_words_that_wait_are_looked_at_and_released_on_the_pages(waiting: Hub) -> None:
    browser = before(waiting, AtTheDoor(waiting))
    page = send(browser, "/chronology", ASKING)
    assert "wait until somebody has looked at them" in page.text
    assert MOVED not in page.text
    fields = {**wanted(browser), "why": OpeningReason.REVIEW.value}
    opened = send(browser, "/compartments/open", fields)
    assert MOVED in opened.text
    assert "Release them" in opened.text
    assert send(browser, "/compartments/review", {**fields, "words": "perhaps"}).status_code == 422
    assert MOVED not in send(browser, "/chronology", ASKING).text
    done = send(browser, "/compartments/review", {**fields, "words": "released"})
    assert (done.status_code, "The words were released" in done.text) == (200, True)
    assert MOVED in send(browser, "/chronology", ASKING).text
