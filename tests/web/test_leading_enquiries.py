"""Is an enquiry opened, assigned and closed on pages as by a command: decided, on record, and never by chance?"""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from agencies import registry as partners
from contracts.event import Fact
from contracts.events.hub import AccessDecided
from contracts.events.need import ConflictKind, EnquiryAssigned, EnquiryClosed, EnquiryOpened, Part
from contracts.identifiers import parse_identifier
from contracts.vocabulary import LogOperation, Purpose
from hub.application.keep_apart import change_team, declare_conflict
from hub.application.lead_enquiry import close_enquiry, open_enquiry
from hub.application.stand_to import enquiries_of
from hub.commands import staff
from hub.domain.enquiries import open_enquiries
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.given import ROBIN, WREN, a_concern
from tests.support.house import house, proved, say
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.screens import CLOCKS
from tests.web.test_asking_agencies import ASK
from tests.web.test_chronology_page import words_of
from tests.web.test_list_of_enquiries import Keeping, rows
from tests.web.test_recording_decisions import NOT

CHILD, WHY = parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this test's own that knows Robin, about whom no enquiry is open."""
    made = house(tmp_path_factory.mktemp("leading"))
    say(made, "police", a_concern())
    return made


@pytest.fixture
def lena(own: Hub) -> TestClient:
    """Who decides at the MASH, in an area that rates its enquiries."""
    browser = browsing(create_app(replace(parts_of(own), clocks=CLOCKS)))
    assert sign_in(browser, own, staff.DECISION_MAKER).status_code == 303
    return browser


def begun(hub: Hub) -> EnquiryOpened:
    """An enquiry opened by a command."""
    return open_enquiry(hub.reading(), proved(hub, staff.DECISION_MAKER), CHILD, WHY)


def facts(hub: Hub) -> tuple[Fact, ...]:
    """What is kept of enquiries about Robin."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return hub.store.read_stream(enquiries_of(person_id))


def held(page: str, action: str) -> dict[str, str]:
    """What the form that goes there holds before anybody fills it in."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    assert form, action
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_one_is_opened_from_the_chronology_for_what_somebody_says_it_is_for(own: Hub, lena: TestClient) -> None:
    page = send(lena, "/chronology", ASKING).text
    assert 'formaction="/enquiry"' in page
    asked = send(lena, "/enquiry", {**held(page, "/decide")})
    assert asked.status_code == 200
    assert "No enquiry about this child is open." in words_of(asked.text)
    assert " checked" not in asked.text
    form = held(asked.text, "/enquiry/open")
    empty = lena.post("/enquiry/open", data=form)
    assert (empty.status_code, "Select what the enquiry is for" in empty.text, facts(own)) == (422, True, ())
    done = lena.post("/enquiry/open", data={**form, "for": "s17"})
    assert "The enquiry is open" in words_of(done.text)
    (opened,) = facts(own)
    assert isinstance(opened, EnquiryOpened)
    assert (opened.purpose, opened.by.subject) == (Purpose.SECTION_17, staff.DECISION_MAKER.subject)
    own.work()
    assert "Assigned to nobody yet" in rows(lena.get("/enquiries/1").text)


def test_pressed_twice_it_opens_one_and_says_what_came_between(own: Hub, lena: TestClient) -> None:
    form = {**held(send(lena, "/enquiry", ASKING).text, "/enquiry/open"), "for": "early_help"}
    assert lena.post("/enquiry/open", data=form).status_code == 200
    again = lena.post("/enquiry/open", data=form)
    assert again.status_code == 409
    assert "was opened since you opened this page" in words_of(again.text)
    assert len(facts(own)) == 1
    assert re.search(r'value="early_help"[^>]* checked', again.text), "what was chosen stays chosen"
    assert lena.post("/enquiry/open", data={**held(again.text, "/enquiry/open"), "for": "s47"}).status_code == 200
    assert len(facts(own)) == 2


def to_be_assigned(own: Hub, lena: TestClient) -> Response:
    """The page on which an enquiry that is open is assigned, where sam is of a team."""
    begun(own)
    change_team(own.store, own.clock, proved(own, staff.DECISION_MAKER), of="sam", team="night", change="joined")
    own.work()
    return lena.post("/enquiry/assign", data=held(lena.get("/enquiries/1").text, "/enquiry/assign"))


def test_it_is_assigned_by_name_to_whoever_is_chosen_and_nobody_is_chosen_beforehand(
    own: Hub, lena: TestClient
) -> None:
    asked = to_be_assigned(own, lena)
    assert (" checked" in asked.text, " selected" in asked.text) == (False, False)
    keep = held(asked.text, "/enquiry/assign/keep")
    sam, police = staff.UNRELATED, partners.by_name("police").source
    assert f"{sam.name}, Practitioner" in asked.text
    assert staff.IG_OFFICER.name not in asked.text.partition("<main")[2], "who checks works on no enquiry"
    for typed, says in (
        ({}, "Select who works on it"),
        ({"to": "holder", "staff": "nobody"}, "Select the member of staff"),
        ({"to": "team", "team": "day"}, "Select the team"),
        ({"to": "agency", "agency": "urn:x"}, "Select the agency"),
    ):
        wrong = lena.post("/enquiry/assign/keep", data={**keep, **typed})
        assert (wrong.status_code, says in wrong.text) == (422, True), typed
        assert not typed or re.search(rf'value="{typed["to"]}"[^>]* checked', wrong.text)
    for typed in (
        {"to": "me"},
        {"to": "holder", "staff": sam.subject},
        {"to": "team", "team": "night"},
        {"to": "agency", "agency": police},
    ):
        done = lena.post("/enquiry/assign/keep", data={**keep, **typed})
        assert (done.status_code, "That you assigned it is on record" in words_of(done.text)) == (200, True)
    kept = [one.assignee for one in facts(own) if isinstance(one, EnquiryAssigned)]
    assert [(one.part, one.name) for one in kept] == [
        (Part.WORKER, staff.DECISION_MAKER.subject),
        (Part.HOLDER, sam.subject),
        (Part.TEAM, "night"),
        (Part.AGENCY, police),
    ]
    own.work()
    said = rows(lena.get("/").text)
    assert f"Assigned to {staff.DECISION_MAKER.name}, {sam.name}, team night," in said
    assert staff.DECISION_MAKER.subject not in said.split()


def test_it_is_closed_after_its_page_has_said_what_that_does(own: Hub, lena: TestClient) -> None:
    older, newer = begun(own), begun(own)
    send(lena, "/ask/keep", ASK)
    own.work()
    page = send(lena, "/enquiry", ASKING).text
    forms = [one for one in page.split("<form ") if 'action="/enquiry/close"' in one]
    assert [held(one, "/enquiry/close")["enquiry"] for one in forms] == [str(newer.enquiry_id), str(older.enquiry_id)]
    asked = lena.post("/enquiry/close", data=held(forms[1], "/enquiry/close"))
    said = words_of(asked.text)
    assert "Nobody at the MASH has decided here yet" in said
    assert "2 replies are still owed" in said
    assert "It was assigned to nobody" in said
    assert len(facts(own)) == 2
    keep = held(asked.text, "/enquiry/close/keep")
    assert "The enquiry is closed" in words_of(lena.post("/enquiry/close/keep", data=keep).text)
    assert [one.opened.enquiry_id for one in open_enquiries(facts(own))] == [newer.enquiry_id]
    again = lena.post("/enquiry/close/keep", data=keep)
    assert (again.status_code, "This enquiry is not open" in again.text) == (404, True)
    assert sum(isinstance(one, EnquiryClosed) for one in facts(own)) == 1
    assert lena.post("/enquiry/assign", data=keep).status_code == 404


def test_each_look_and_each_change_is_on_record_as_what_it_is(own: Hub) -> None:
    begun(own)
    store = Keeping(own)
    browser = signed_in(own, staff.DECISION_MAKER, store)
    page = send(browser, "/enquiry", ASKING).text
    asked = browser.post("/enquiry/close", data=held(page, "/enquiry/close")).text
    assert browser.post("/enquiry/close/keep", data=held(asked, "/enquiry/close/keep")).status_code == 200
    decided = [one.what for one in store.kept if isinstance(one.what, AccessDecided)]
    assert [(one.what, one.operation) for one in decided] == [
        ("enquiry", LogOperation.CONSULTATION),
        ("enquiry", LogOperation.CONSULTATION),
        ("enquiry", LogOperation.ALTERATION),
    ]


def test_whoever_may_not_is_refused_as_for_a_child_who_is_not_there(own: Hub) -> None:
    meant = {**ASKING, "enquiry": str(begun(own).enquiry_id), "for": "s47", "to": "me"}
    paths = ("", "/open", "/assign", "/assign/keep", "/close", "/close/keep")
    for member in (staff.UNRELATED, staff.RESEARCHER, staff.IG_OFFICER):
        browser = signed_in(own, member)
        assert {send(browser, f"/enquiry{path}", meant).status_code for path in paths} == {403}
    actor = proved(own, staff.DECISION_MAKER)
    declare_conflict(own.store, own.clock, actor, CHILD, of=actor.subject, kind=ConflictKind.FRIEND)
    browser = signed_in(own, staff.DECISION_MAKER)
    for path in paths:
        kept = send(browser, f"/enquiry{path}", meant)
        absent = send(browser, f"/enquiry{path}", {**meant, "child": f"nhs:{WREN}"})
        hide = re.compile(r'value="[0-9a-f]{64}"|data-key="[^"]*"|data-seconds="\d+"')
        assert (kept.status_code, absent.status_code) == (403, 403)
        assert hide.sub("", kept.text) == hide.sub("", absent.text)
    assert len(facts(own)) == 1


def test_one_that_was_closed_elsewhere_meanwhile_is_not_assigned(own: Hub, lena: TestClient) -> None:
    begun(own)
    page = send(lena, "/enquiry", ASKING).text
    keep = held(lena.post("/enquiry/assign", data=held(page, "/enquiry/assign")).text, "/enquiry/assign/keep")
    close_enquiry(own.reading(), proved(own, staff.DECISION_MAKER), CHILD, WHY)
    begun(own)
    answer = lena.post("/enquiry/assign/keep", data={**keep, "to": "me"})
    assert (answer.status_code, "This enquiry is not open" in answer.text) == (404, True)
    assert not [one for one in facts(own) if isinstance(one, EnquiryAssigned)], "nor is the newer one"


@pytest.mark.parametrize("missing", ["child", "purpose", "enquiry"])
def test_what_no_page_of_ours_sends_leads_nowhere(own: Hub, lena: TestClient, missing: str) -> None:
    meant = {**ASKING, "enquiry": str(begun(own).enquiry_id), "to": "me"}
    for path in ("/enquiry/assign", "/enquiry/assign/keep", "/enquiry/close", "/enquiry/close/keep"):
        assert send(lena, path, {**meant, missing: "x"}).status_code == 404
    assert len(facts(own)) == 1


def test_the_worklist_leads_to_closing_once_somebody_has_decided(own: Hub, lena: TestClient) -> None:
    one = begun(own)
    own.work()
    assert 'action="/enquiry/close"' not in lena.get("/enquiries/1").text
    send(lena, "/decide/keep", NOT)
    own.work()
    page = lena.get("/enquiries/1").text
    assert "Close it, if nothing is left to do, on record" in words_of(page)
    asked = lena.post("/enquiry/close", data=held(page, "/enquiry/close"))
    assert asked.status_code == 200
    assert "has decided here yet" not in words_of(asked.text)
    assert held(asked.text, "/enquiry/close/keep")["enquiry"] == str(one.enquiry_id)
