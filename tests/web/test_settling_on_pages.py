"""Can a person settle whose a report is, and two have one moved, on pages that choose nothing beforehand?"""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.read_chronology import read_chronology
from hub.application.read_worklist import WorklistViews, read_worklist
from hub.commands import staff
from hub.domain import identity
from hub.domain.proposed_moves import PROPOSED_FOR
from hub.web.page import Page
from hub.web.pages import moving, questions
from hub.wiring import Hub
from tests.support.given import ROBIN, WREN, StoppedClock, a_child, a_concern, an_actor
from tests.support.house import house, proved, say
from tests.support.pages import parts_of, send, signed_in
from tests.web.test_chronology_page import words_of

WRONG = "words about somebody else"


@pytest.fixture
def asked_about(tmp_path: Path) -> Hub:
    """A hub that asks whether two records are of one child."""
    hub = house(tmp_path)
    say(hub, "police", a_concern("C-1", words=WRONG))
    say(hub, "health", a_concern("H-1", a_child(family="Quite", given="Else", born="2015-01-02")))
    return hub


def test_who_is_needed_for_which_answer_and_all_that_differs_is_said_before_the_choice(asked_about: Hub) -> None:
    page, _ = compared(signed_in(asked_about, staff.DECISION_MAKER))
    said = words_of(page.text)
    before, _, after = said.partition("Is it the same child?")
    assert (
        "Only one answer takes two people. If you say that it is the same child, a second person has to agree" in before
    )
    assert "Takes nobody else." in after
    assert "The names differ too." not in said


def test_that_the_names_differ_is_said_where_the_date_of_birth_is_why_it_is_asked(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern("C-1"))
    say(hub, "health", a_concern("H-1", a_child(given="Else", born="2015-01-02")))
    said = words_of(compared(signed_in(hub, staff.DECISION_MAKER))[0].text)
    assert "The number agrees, but the date of birth does not. The names differ too." in said


def robin(hub: Hub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id


def fields_of(page: Response, action: str) -> dict[str, str]:
    """What the first form that leads to the address holds hidden, without its key."""
    form = page.text.partition(f'action="{action}"')[2].partition("</form>")[0]
    found = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
    return {name: value for name, value in found.items() if name != "form_key"}


def compared(browser: TestClient) -> tuple[Response, Mapping[str, str]]:
    """The page that shows them side by side, and what its form holds."""
    asked = send(browser, "/questions", fields_of(browser.get("/questions"), "/questions"))
    held = fields_of(asked, "/questions/compare")
    page = send(browser, "/questions/compare", {**held, "purpose": "s17"})
    return page, fields_of(page, "/questions/settle")


def proposed(hub: Hub, browser: TestClient, more: Mapping[str, str]) -> Response:
    """From one entry of the chronology, by the button that is there."""
    (link,) = hub.store.read_history(robin(hub)).standing()
    entry = send(browser, "/entry", {"child": ROBIN, "purpose": "s47", "report": link.report_id.hex})
    form = send(browser, "/moves", fields_of(entry, "/moves"))
    assert "To whom does it belong?" in form.text
    return send(browser, "/moves/propose", {**fields_of(form, "/moves/propose"), **more})


def waiting(browser: TestClient) -> dict[str, str]:
    return fields_of(browser.get("/moves"), "/moves/look")


def test_they_stand_side_by_side_and_nothing_is_chosen(asked_about: Hub) -> None:
    page, held = compared(signed_in(asked_about, staff.DECISION_MAKER))
    assert page.status_code == 200
    assert all(one in page.text for one in ("Robin", "Else Quite", "Not sure", "A different child", ROBIN))
    assert " checked" not in page.text
    assert set(held) == {"of-report", "person", "purpose"}


def test_from_the_question_whose_it_is_there_is_a_way_back_to_the_entry_also_after_an_error(asked_about: Hub) -> None:
    hub, browser = asked_about, signed_in(asked_about, staff.DECISION_MAKER)
    asked_again = proposed(hub, browser, {"belongs": "known", "because": "x"})
    assert asked_again.status_code == 422
    back = fields_of(asked_again, "/entry")
    entry = send(browser, "/entry", back)
    assert (entry.status_code, back["purpose"], WRONG in entry.text) == (200, "s47", True)
    done = proposed(hub, browser, {"belongs": "new", "because": "x"})
    assert send(browser, "/chronology", fields_of(done, "/chronology")).status_code == 200


def test_who_came_without_a_purpose_is_asked_for_one_on_the_way_back(asked_about: Hub) -> None:
    (link,) = asked_about.store.read_history(robin(asked_about)).standing()
    officer = signed_in(asked_about, staff.IG_OFFICER)
    form = send(officer, "/moves", {"of-report": link.report_id.hex, "person": robin(asked_about).hex})
    assert fields_of(form, "/reason") == {"child": f"hub:{robin(asked_about).hex}"}


def test_the_number_of_another_child_in_a_report_is_not_said_to_be_this_ones(asked_about: Hub) -> None:
    wren = a_child(WREN, given="Wren", born="2026-02-02").model_copy(update={"ref": "baby"})
    of_both = a_concern("C-2").model_copy(update={"people": (a_child(), wren)})
    say(asked_about, "housing", of_both)
    page, _ = compared(signed_in(asked_about, staff.DECISION_MAKER))
    assert (f"nhs:{ROBIN}" in page.text, f"nhs:{WREN}" in page.text) == (True, False)


def test_without_a_purpose_nothing_is_shown(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    held = fields_of(browser.get("/questions"), "/questions")
    page = send(browser, "/questions/compare", held)
    assert (page.status_code, "Else Quite" in page.text) == (422, False)


def test_an_answer_without_a_choice_or_a_reason_is_asked_for_again(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    _, held = compared(browser)
    page = send(browser, "/questions/settle", held)
    assert page.status_code == 422
    assert "Select whether it is the same child" in page.text
    assert "Enter why" in page.text
    asked_about.follow()
    assert "Compare them" in browser.get("/questions").text


def test_two_children_are_settled_by_one_person_and_the_list_is_empty(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    _, held = compared(browser)
    done = send(browser, "/questions/settle", {**held, "answer": "different", "because": "the school says so"})
    assert (done.status_code, "They are two children" in done.text) == (200, True)
    asked_about.follow()
    assert "There are no questions waiting" in browser.get("/questions").text
    assert asked_about.store.read_history(robin(asked_about)).in_question() == ()


def test_one_child_waits_for_a_second_person_and_is_then_one(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    _, held = compared(browser)
    same = {**held, "answer": f"same {robin(asked_about).hex}", "because": "the school says so"}
    assert "Somebody proposed to move it" not in browser.get("/questions").text
    assert "It waits for a second person" in send(browser, "/questions/settle", same).text
    asked_about.follow()
    assert "Somebody proposed to move it" in browser.get("/questions").text
    later = StoppedClock(asked_about.clock.now() + PROPOSED_FOR, "settling on pages")
    lapsed = signed_in(asked_about, staff.DECISION_MAKER, clock=later).get("/questions").text
    assert ("Compare them" in lapsed, "Somebody proposed to move it" in lapsed) == (True, False)
    own = send(browser, "/moves/look", waiting(browser))
    assert "You proposed it" in own.text
    assert fields_of(own, "/moves/agree") == {}
    officer = signed_in(asked_about, staff.IG_OFFICER)
    look = send(officer, "/moves/look", waiting(officer))
    done = send(officer, "/moves/agree", fields_of(look, "/moves/agree"))
    assert (done.status_code, "The report has moved" in done.text) == (200, True)
    assert len(asked_about.store.read_history(robin(asked_about)).standing()) == 2


def test_a_second_person_at_the_mash_can_look_for_themselves_before_they_agree(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    assert 'href="/questions">Say whose it is' in send(browser, "/chronology", {"child": ROBIN, "purpose": "s47"}).text
    _, held = compared(browser)
    same = {**held, "answer": f"same {robin(asked_about).hex}", "because": "the school says so"}
    send(browser, "/questions/settle", same)
    asked_about.follow()
    assert "Look at what you proposed" in browser.get("/moves").text
    staff.enrol(asked_about, (staff.SECOND_DECISION_MAKER,))
    noor = signed_in(asked_about, staff.SECOND_DECISION_MAKER)
    assert "Look, and agree or not" in noor.get("/moves").text
    look = send(noor, "/moves/look", waiting(noor))
    assert "Compare them" in send(noor, "/questions", fields_of(look, "/questions")).text
    assert send(noor, "/moves/agree", fields_of(look, "/moves/agree")).status_code == 200
    (moved,) = (
        one
        for one in asked_about.store.read_history(robin(asked_about)).standing()
        if identity.BY_PEOPLE in one.matched_on
    )
    asking = {"child": ROBIN, "purpose": "s47", "report": moved.report_id.hex}
    assert "Two people decided that it is this child" in send(browser, "/entry", asking).text


def test_a_wrong_match_is_undone_from_its_entry_and_who_saw_it_is_told(asked_about: Hub) -> None:
    hub, browser = asked_about, signed_in(asked_about, staff.DECISION_MAKER)
    child = parse_identifier(f"nhs:{ROBIN}")
    nobody = browser.get("/moved")
    assert "Nothing that you were shown" in nobody.text
    done = proposed(hub, browser, {"belongs": "new", "because": "the police called"})
    assert "It waits for a second person" in done.text
    hub.follow()
    assert "may stand with the wrong child" not in browser.get("/").text  # who proposed it is no second person
    officer = signed_in(hub, staff.IG_OFFICER)
    look = send(officer, "/moves/look", waiting(officer))
    assert "Priya Anand" in look.text
    assert WRONG not in look.text
    moved = send(officer, "/moves/agree", fields_of(look, "/moves/agree")).text
    assert all(one in moved for one in ("The report has moved", "If an agency was sent it"))
    assert re.search(r"Priya Anand, of Northborough Children.{1,9}s Social Care: \d looks?, ", moved)
    assert moved.count("Priya Anand, of") == 1
    hub.follow()
    shown = read_chronology(hub.reading(), proved(hub, staff.DECISION_MAKER), child, Purpose.SECTION_47)
    assert shown.entries == ()
    told = browser.get("/moved")
    assert "You last saw it" in told.text
    assert "Nothing waits to be moved" in officer.get("/moves").text


def test_what_is_left_out_or_wrong_is_asked_for_again(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    page = proposed(asked_about, browser, {})
    assert page.status_code == 422
    assert all(one in page.text for one in ("Select to whom it belongs", "Enter why"))
    page = proposed(asked_about, browser, {"belongs": "known", "child": "9990001375", "because": "x"})
    assert (page.status_code, "Nobody is known here by that number" in page.text) == (422, True)


def test_what_was_moved_already_or_never_was_is_said_so(asked_about: Hub) -> None:
    browser, officer = signed_in(asked_about, staff.DECISION_MAKER), signed_in(asked_about, staff.IG_OFFICER)
    proposed(asked_about, browser, {"belongs": "new", "because": "x"})
    asked_about.follow()
    held = waiting(officer)
    assert "proposed to move it already" in proposed(asked_about, browser, {"belongs": "new", "because": "x"}).text
    assert send(officer, "/moves/agree", held).status_code == 200
    again = send(officer, "/moves/agree", held)
    assert (again.status_code, "It was moved already" in again.text) == (422, True)
    nothing = {**held, "move": "00000000-0000-4000-8000-000000000000"}
    assert send(officer, "/moves/look", nothing).status_code == 404


@pytest.mark.parametrize(
    ("who", "after", "count"),
    [("ana", 0, 1), ("priya", 0, 0), ("ana", 7, 0)],
    ids=["somebody else", "whoever proposed it", "when it has lapsed"],
)
def test_a_second_person_finds_it_on_the_worklist(asked_about: Hub, who: str, after: int, count: int) -> None:
    hub = asked_about
    proposed(hub, signed_in(hub, staff.DECISION_MAKER), {"belongs": "new", "because": "x"})
    hub.follow()
    clock = StoppedClock(hub.clock.now() + timedelta(days=after), "a second person")
    views = WorklistViews((), (), (), (), (), (), parts_of(hub).rows_of("moves"), (), ())
    assert read_worklist(hub.store, clock, an_actor(who), views).to_agree == count


@pytest.mark.parametrize("after", [0, 7])
def test_who_checks_finds_it_where_they_begin(asked_about: Hub, after: int) -> None:
    hub = asked_about
    proposed(hub, signed_in(hub, staff.DECISION_MAKER), {"belongs": "new", "because": "x"})
    hub.follow()
    clock = StoppedClock(hub.clock.now() + timedelta(days=after), "who checks")
    officer = signed_in(hub, staff.IG_OFFICER, clock=clock)
    (waits,) = re.findall(r'href="/moves">[^<]*</a></dt><dd>(.*?)</dd>', officer.get("/audit").text)
    assert waits == ("None waits" if after else "<strong>1</strong>")
    assert officer.get("/api/audit").json()["to_agree"] == (0 if after else 1)


def test_what_lapsed_is_shown_and_cannot_be_agreed_to(asked_about: Hub) -> None:
    browser = signed_in(asked_about, staff.DECISION_MAKER)
    proposed(asked_about, browser, {"belongs": "new", "because": "x"})
    asked_about.follow()
    held = waiting(browser)
    clock = StoppedClock(asked_about.clock.now() + PROPOSED_FOR, "settling on pages")
    officer = signed_in(asked_about, staff.IG_OFFICER, clock=clock)
    assert "Lapsed" in officer.get("/moves").text
    assert "has lapsed" in send(officer, "/moves/agree", held).text


@pytest.mark.parametrize("member", [staff.RESEARCHER, staff.UNRELATED], ids=lambda member: member.subject)
def test_those_whose_work_it_is_not_are_refused(asked_about: Hub, member: staff.Member) -> None:
    browser = signed_in(asked_about, member)
    assert browser.get("/moves").status_code == 403
    every: tuple[Page, ...] = (*questions.PAGES, *moving.PAGES)
    posts = [page for page in every if page.method == "POST"]
    assert {send(browser, page.path, {}).status_code for page in posts} == {403}
