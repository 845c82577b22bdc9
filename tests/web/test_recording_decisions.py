"""Is a sharing decision four questions with nothing chosen, answered by the law at once, and on record in any case?"""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from contracts.events.sharing import DisclosureDecided, ReportShared, SharingRefused
from contracts.identifiers import parse_identifier
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.ports import Stream
from hub.commands import staff
from hub.web.app import create_app
from hub.web.decision_form import FAMILY, MOST_TICKED, WHAT, WHY, field_of, read_decision
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.house import house, proved
from tests.support.html import faults
from tests.support.long_life import a_house, busy, parts_over
from tests.support.pages import ASKING, browsing, send, sign_in, signed_in
from tests.support.story import tell_story
from tests.web.test_chronology_page import words_of

ALL: Mapping[str, str] = {**ASKING, "what": "all", "to-health": "1", "why": "s47", "family": "to_be_told"}
NOT: Mapping[str, str] = {
    **ASKING,
    "what": "none",
    "to-school": "1",
    "why": "s17",
    "reason": "no_consent",
    "words": "x",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this file's own: what is decided here stays here."""
    made = house(tmp_path_factory.mktemp("deciding"))
    tell_story(made)
    return made


@pytest.fixture
def browser(own: Hub) -> TestClient:
    """The decision-maker's browser."""
    return signed_in(own, staff.DECISION_MAKER)


def kept(hub: Hub) -> tuple[DisclosureDecided | SharingRefused, ...]:
    """Every decision about sharing what is held about Robin."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    facts = hub.store.read_stream(Stream.access(person_id))
    return tuple(one for one in facts if isinstance(one, DisclosureDecided | SharingRefused))


def test_the_questions_are_four_and_nothing_is_chosen(browser: TestClient) -> None:
    page = send(browser, "/decide", ASKING).text
    legends = re.findall(r'<legend class="label">([^<]*)</legend>', page)
    assert [one for one in legends if one != "When it is looked at again"] == [
        "What are you deciding?",
        "Who with?",
        "Why is sharing necessary?",
        "Can the family be told about this sharing?",
    ]
    assert " checked" not in page
    assert not re.search(r"<option [^>]*selected", page)
    assert all(said in page for said in WHAT.values())
    assert len(WHY) + len(FAMILY) == 8


def test_all_that_may_have_to_be_filled_in_stands_before_what_sends_it(browser: TestClient) -> None:
    page = send(browser, "/decide", ASKING).text
    places = [page.index(one) for one in ("If some: which", "If you do not share", "Record, and send what")]
    assert places == sorted(places)
    assert page.count("Record, and send what may go") == 1
    assert not re.search(r"<details[^>]* open", page)
    some = send(browser, "/decide/keep", {**ALL, "what": "some"}).text
    assert re.search(r'<details class="only-if" open>\s*<summary id="entries-title"', some)


def test_an_agency_from_which_nothing_ever_came_is_remarked(browser: TestClient) -> None:
    page = send(browser, "/decide", ASKING).text
    offered = dict(re.findall(r'<label for="to-\d+">([^<]*)</label>(<p class="hint"[^>]*>[^<]*</p>)?', page))
    assert "Nothing has ever come from them: call too" in offered["Little Oaks Nursery"]
    assert offered["Hexley Police"] == ""


def test_whom_nothing_can_be_sent_to_is_named_and_not_offered(browser: TestClient) -> None:
    page = send(browser, "/decide", ASKING).text
    assert "Not connected to the hub, so call them: Northborough Probation." in page
    assert 'name="to-probation"' not in page


@pytest.mark.parametrize("missing", ["what", "to-health", "why", "family"])
def test_a_question_left_open_is_named_and_nothing_is_kept(own: Hub, browser: TestClient, missing: str) -> None:
    before = kept(own)
    answer = send(browser, "/decide/keep", {name: value for name, value in ALL.items() if name != missing})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert len(re.findall(r'class="wrong"', answer.text)) == 1
    assert kept(own) == before


def test_what_may_go_goes_and_what_was_answered_is_on_record(own: Hub, browser: TestClient) -> None:
    answer = send(browser, "/decide/keep", ALL)
    said = words_of(answer.text)
    decided = kept(own)[-1]
    assert isinstance(decided, DisclosureDecided)
    assert decided.items
    assert decided.family == "to_be_told"
    assert "Sent to Fenwold Hospitals" in said
    number = decided.disclosure_id.hex.upper()
    assert f"On record as number {number[:4]} {number[4:8]}" in said
    assert str(decided.disclosure_id) not in said
    shared = words_of(send(browser, "/shares", {"child": f"nhs:{ROBIN}"}).text)
    assert "Fenwold Hospitals NHS Trust" in shared
    assert "delivered" in shared.lower()


def test_some_are_only_those_ticked(own: Hub, browser: TestClient) -> None:
    page = send(browser, "/decide", ASKING).text
    box = re.findall(r'name="(r-[0-9a-f]{32})"', page)[1]
    send(browser, "/decide/keep", {**ALL, "what": "some", box: "1"})
    decided = kept(own)[-1]
    assert isinstance(decided, DisclosureDecided)
    assert [one.hex for one in decided.asked_for] == [box.removeprefix("r-")]


def test_some_without_a_tick_is_asked_again(browser: TestClient) -> None:
    answer = send(browser, "/decide/keep", {**ALL, "what": "some"})
    assert answer.status_code == 422
    assert "Tick the entries to share" in answer.text


def test_too_many_ticks_are_said_on_the_form_with_all_that_was_typed(own: Hub, tmp_path: Path) -> None:
    browser = browsing(create_app(parts_over(own, a_house(tmp_path, busy(60)))))
    sign_in(browser, own, staff.DECISION_MAKER)
    page = send(browser, "/decide", ASKING).text
    boxes = re.findall(r'name="(r-[0-9a-f]{32})"', page)
    agencies = re.findall(r'name="(to-[a-z]+)"', page)
    assert (len(boxes), len(agencies) > 2) == (60, True)
    assert f"up to {MOST_TICKED}" in page
    typed = {"words": "Nan rang <twice>", "approved-by": "Team manager", "review-day": "1", "review-month": "2"}
    ticks = dict.fromkeys((*boxes, *agencies), "1")
    answer = send(browser, "/decide/keep", {**ALL, **ticks, **typed, "what": "some", "reason": "no_consent"})
    assert answer.status_code == 422
    error = f"You ticked 60. Tick at most {MOST_TICKED}; the rest takes a decision of its own"
    assert f'<a href="#entries-title">{error}</a>' in answer.text
    assert re.search(rf'<p class="wrong" id="entries-wrong">.*{error}</p>', answer.text)
    checked = set(re.findall(r'<input [^>]*name="([^"]+)"[^>]* checked', answer.text))
    assert checked == {*ticks, "what", "to-health", "why", "family"}
    assert all(escape(one) in answer.text for one in typed.values())
    assert 'value="no_consent" selected' in answer.text
    assert not faults(answer.text)


def test_as_many_ticks_as_are_offered_are_taken() -> None:
    offered = tuple(UUID(int=number) for number in range(1, MOST_TICKED + 2))
    ticked = {field_of(one): "1" for one in offered}
    fields = {**ALL, **ticked, "what": "some"}
    one_more = read_decision(fields, offered, ())
    just = read_decision(fields, offered[:-1], ())
    assert isinstance(one_more, dict)
    assert isinstance(just, dict)
    assert ("entries" in one_more, "entries" in just) == (True, False)


def test_what_was_added_is_on_record_and_goes_to_nobody(own: Hub, browser: TestClient) -> None:
    added = "Agreed with S. Rahimi at 16:00 <b>"
    for fields in (ALL, NOT):
        page = send(browser, "/decide/keep", {**fields, "note": f"  {added} "}).text
        assert f"Added: <bdi>{escape(added)}</bdi>" in page
        decided = kept(own)[-1]
        assert decided.note == added
        number = decided.disclosure_id if isinstance(decided, DisclosureDecided) else decided.refusal_id
        checks = proved(own, staff.IG_OFFICER)
        explaining = Explaining(own.store, own.store, own.clock, own.law, own.index, own.deciding())
        note = explain_decision(explaining, checks, number)
        assert f"They added: “{added}”" in " ".join(note.split())
    assert "note" not in ReportShared.model_fields


def test_a_note_too_long_to_be_only_a_note_is_asked_again(own: Hub, browser: TestClient) -> None:
    before = kept(own)
    page = send(browser, "/decide", ASKING).text
    assert re.search(r'<input [^>]*name="note"[^>]*maxlength="100"[^>]*aria-describedby="note-hint"', page)
    assert "Do not describe the child or what happened" in page
    long = "x" * 101
    answer = send(browser, "/decide/keep", {**ALL, "note": long})
    assert (answer.status_code, kept(own)) == (422, before)
    assert '<a href="#note">Say it in 100 characters or fewer</a>' in answer.text
    assert long in answer.text
    assert send(browser, "/decide/keep", {**ALL, "note": long[1:]}).status_code == 200


def test_not_to_share_for_a_myth_is_kept_and_answered(own: Hub, browser: TestClient) -> None:
    said = words_of(send(browser, "/decide/keep", NOT).text)
    decided = kept(own)[-1]
    assert isinstance(decided, SharingRefused)
    assert decided.myth
    assert not decided.stands
    assert "This is one of the myths about sharing" in said
    assert "Way on:" in said


@pytest.mark.parametrize("missing", ["reason", "words"])
def test_not_to_share_wants_a_reason_in_words(browser: TestClient, missing: str) -> None:
    answer = send(browser, "/decide/keep", {name: value for name, value in NOT.items() if name != missing})
    assert answer.status_code == 422
    assert "not shared" in answer.text


@pytest.mark.parametrize("member", [one for one in staff.MEMBERS if one is not staff.DECISION_MAKER])
@pytest.mark.parametrize("path", ["/decide", "/decide/keep", "/shares", "/shares/take-back"])
def test_only_a_decision_maker_decides(own: Hub, member: staff.Member, path: str) -> None:
    assert send(signed_in(own, member), path, ALL).status_code == 403


def test_a_child_who_is_not_there_is_answered_as_one_who_may_not_be_seen(browser: TestClient) -> None:
    nobody = parse_identifier("nhs:9990000018")
    answer = send(browser, "/decide", {**ASKING, "child": f"nhs:{nobody.value}"})
    assert answer.status_code == 403
    assert "You cannot see this" in answer.text


def asked_house(folder: Path) -> Hub:
    """A hub with its story, at which two agencies and one that is not connected were asked about Robin."""
    made = house(folder)
    tell_story(made)
    asked = {**ASKING, "to-police": "1", "to-health": "1", "to-probation": "1", "want-known": "1", "within": "4"}
    assert send(signed_in(made, staff.DECISION_MAKER), "/ask/keep", asked).status_code == 200
    return made


def test_everyone_who_was_asked_is_one_choice_that_names_them(tmp_path: Path) -> None:
    made = asked_house(tmp_path)
    browser = signed_in(made, staff.DECISION_MAKER)
    page = send(browser, "/decide", ASKING).text
    assert re.search(
        r'name="to-asked" value="1" aria-describedby="to-asked-hint"><label for="to-asked">Everyone asked about this '
        r'child</label><p class="hint" id="to-asked-hint">Hexley Police, Fenwold Hospitals NHS Trust</p>',
        page,
    )
    assert re.search(r'<details class="only-if">\s*<summary>Choose agencies \(7\)</summary>', page)
    together = re.search(r'name="asked" value="([^"]*)"', page)
    assert together is not None
    fields = {name: value for name, value in ALL.items() if not name.startswith("to-")}
    nobody = send(browser, "/decide/keep", {**fields, "asked": together[1]})
    assert (nobody.status_code, kept(made)) == (422, ())
    assert re.search(r'<details class="only-if" open>\s*<summary>Choose', nobody.text)
    send(browser, "/decide/keep", {**fields, "asked": together[1], "to-asked": "1"})
    decided = [one for one in kept(made) if isinstance(one, DisclosureDecided)]
    assert [one.recipient for one in decided] == ["urn:childhub:agency:police", "urn:childhub:agency:health"]
    assert all(one.law and one.asked_for for one in decided)


def test_whoever_is_asked_meanwhile_is_not_among_everyone_that_was_named(tmp_path: Path) -> None:
    made = asked_house(tmp_path)
    browser = signed_in(made, staff.DECISION_MAKER)
    send(browser, "/ask/keep", {**ASKING, "to-school": "1", "want-known": "1", "within": "4"})
    fields = {name: value for name, value in ALL.items() if not name.startswith("to-")}
    send(browser, "/decide/keep", {**fields, "asked": "police health", "to-asked": "1"})
    decided = [one for one in kept(made) if isinstance(one, DisclosureDecided)]
    assert {one.recipient for one in decided} == {"urn:childhub:agency:police", "urn:childhub:agency:health"}


def test_where_nobody_was_asked_agencies_are_chosen_one_by_one(browser: TestClient) -> None:
    page = send(browser, "/decide", ASKING).text
    assert "to-asked" not in page
    assert "Choose agencies" not in page


def test_the_same_form_sent_again_sends_nothing_again_and_a_new_one_does(own: Hub, browser: TestClient) -> None:
    """As a page does that is loaded again."""
    forms = [
        found[1]
        for _ in range(2)
        if (found := re.search(r'name="form" value="([^"]+)"', send(browser, "/decide", ASKING).text))
    ]
    assert len(set(forms)) == 2
    before = kept(own)
    first = send(browser, "/decide/keep", {**ALL, "form": forms[0]})
    assert "It has gone to" in words_of(first.text)
    once = kept(own)
    again = words_of(send(browser, "/decide/keep", {**ALL, "form": forms[0]}).text)
    assert (len(once) - len(before), kept(own)) == (1, once)
    assert "This form was sent before" in again
    assert "It has gone to" not in again
    assert "Nothing has gone" not in again
    send(browser, "/decide/keep", {**ALL, "form": forms[1]})
    assert len(kept(own)) == len(once) + 1
