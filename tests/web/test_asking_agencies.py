"""Asked and not replied is neither "nothing" nor silence: is it shown, answered in one press, and true of each day?"""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from contracts.events.requests import InformationAnswered, InformationRequested
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.domain.requests import requests
from hub.wiring import Hub
from tests.support.asked import question_to
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import tell_story
from tests.web.test_chronology_page import words_of

ASK = question_to("police", "gp")


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this test's own."""
    made = house(tmp_path_factory.mktemp("asking"))
    tell_story(made)
    return made


def robin(hub: Hub) -> str:
    """The child's reference."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id.hex


def at_a_glance(browser: TestClient) -> str:
    """What the first screen of the chronology says."""
    page = send(browser, "/chronology", ASKING).text
    return words_of(page.partition('<ul class="glance">')[2].partition("</ul>")[0])


def answer(hub: Hub, browser: TestClient, said: str, **more: str) -> int:
    """The status with which the first request on the list is opened and answered."""
    page = browser.get("/requests").text
    found = re.search(r'name="request" value="([0-9a-f-]{36})"', page)
    assert found is not None
    fields = {"request": found[1], "child": f"hub:{robin(hub)}", "answer": said, **more}
    assert send(browser, "/requests/one", fields).status_code == 200
    return send(browser, "/requests", fields).status_code


def test_who_was_asked_has_not_replied_until_it_says_something(own: Hub) -> None:
    mash, police = signed_in(own, staff.DECISION_MAKER), signed_in(own, staff.RESEARCHER)
    assert "not replied" not in words_of(send(mash, "/chronology", ASKING).text)
    assert "2 agencies were asked" in words_of(send(mash, "/ask/keep", ASK).text)
    own.work()
    said = words_of(send(mash, "/chronology", ASKING).text)
    assert "2 of 2 asked have not replied" in said
    assert "No reply yet" in said
    assert answer(own, police, "not_known") == 200
    said = words_of(send(mash, "/chronology", ASKING).text)
    assert "1 of 2 asked has not replied" in said
    assert "Nobody asked" not in said
    assert "See of whom nothing is shown" in said
    assert "Hexley Police Not known to them" in said
    own.work()
    assert "No requests waiting." in words_of(police.get("/requests").text)


def test_whoever_was_not_asked_and_is_not_heard_stays_on_the_first_screen(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    page = send(mash, "/chronology", ASKING).text
    nobody = (
        "Nobody asked through the hub Ask agencies, on record. 4 of 9 not known in full. See of whom nothing is shown"
    )
    assert nobody in words_of(page)
    (form,) = re.findall(r'<form [^>]*id="act"[^>]*>', page)
    assert 'method="post"' in form
    assert re.search(r'<button [^>]*form="act" formaction="/ask">Ask agencies', page), (
        "it leads to where they are asked"
    )
    send(mash, "/ask/keep", ASK)  # the police are heard, the surgery is one of the four
    own.work()
    said = at_a_glance(mash)
    assert "2 of 2 asked have not replied Hexley Police, Fen Row Surgery. Not known in full: 3 more agencies." in said
    send(mash, "/ask/keep", {**ASK, "to-nursery": "1"})
    own.work()
    said = at_a_glance(mash)
    assert "3 of 3 asked have not replied" in said
    assert re.search(r"Not known in full: [^.]*Northborough Probation[^.]*\.", said)


def test_when_all_have_replied_it_says_so_and_who_is_not_known_in_full(own: Hub) -> None:
    mash, police = signed_in(own, staff.DECISION_MAKER), signed_in(own, staff.RESEARCHER)
    assert "Nobody asked through the hub The MASH can ask. 4 of 9 not known in full." in at_a_glance(police)
    send(mash, "/ask/keep", question_to("police"))
    own.work()
    assert answer(own, police, "known_nothing_relevant") == 200
    own.work()
    assert "1 of 1 asked has replied Ask others, on record. 4 of 9 not known in full." in at_a_glance(mash)


def test_whoever_says_that_something_relevant_is_known_there_is_named_until_it_comes(own: Hub) -> None:
    mash, police = signed_in(own, staff.DECISION_MAKER), signed_in(own, staff.RESEARCHER)
    send(mash, "/ask/keep", question_to("police"))
    own.work()
    assert answer(own, police, "known_relevant") == 200
    own.work()
    assert "1 of 1 asked has replied Relevant there, and nothing of it shown since: Hexley Police." in at_a_glance(mash)


def test_an_agency_answers_only_what_it_was_asked(own: Hub) -> None:
    mash, school = signed_in(own, staff.DECISION_MAKER), signed_in(own, staff.UNRELATED)
    send(mash, "/ask/keep", ASK)
    own.work()
    assert "No requests waiting." in words_of(school.get("/requests").text)
    facts = own.store.read_history(own.index.people_with("nhs", ROBIN)[0]).facts
    (first, _) = [one for one in facts if isinstance(one, InformationRequested)]
    fields = {"request": str(first.request_id), "child": f"hub:{robin(own)}", "answer": "not_known"}
    assert send(school, "/requests", fields).status_code == 403


def test_cannot_share_wants_a_reason_and_more_time_leaves_it_open(own: Hub) -> None:
    mash, police = signed_in(own, staff.DECISION_MAKER), signed_in(own, staff.RESEARCHER)
    send(mash, "/ask/keep", ASK)
    own.work()
    assert answer(own, police, "cannot_share") == 422
    assert answer(own, police, "more_time") == 200
    facts = own.store.read_history(own.index.people_with("nhs", ROBIN)[0]).facts
    (held,) = [one for one in requests(facts) if one.source.endswith(":police")]
    assert held.is_open
    assert held.due > held.asked + timedelta(hours=5)
    own.work()
    said = at_a_glance(mash)
    assert "1 of 2 asked has not replied Fen Row Surgery. More time: Hexley Police, until " in said
    assert answer(own, police, "cannot_share", reason="other_law") == 200
    facts = own.store.read_history(own.index.people_with("nhs", ROBIN)[0]).facts
    assert [one.answer for one in facts if isinstance(one, InformationAnswered)] == ["more_time", "cannot_share"]


def test_what_was_asked_today_was_not_asked_yesterday(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    yesterday = day_in_london(own.clock.now()) - timedelta(days=1)
    then = {**ASKING, "day-day": str(yesterday.day), "day-month": str(yesterday.month), "day-year": str(yesterday.year)}
    before = re.sub(r"\d+|[0-9A-F ]{30,}", "", words_of(send(mash, "/chronology", then).text))
    send(mash, "/ask/keep", ASK)
    own.work()
    after = re.sub(r"\d+|[0-9A-F ]{30,}", "", words_of(send(mash, "/chronology", then).text))
    assert after == before


def test_nobody_is_asked_twice_while_an_answer_is_owed(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    send(mash, "/ask/keep", ASK)
    own.work()
    assert "0 agencies were asked" in words_of(send(mash, "/ask/keep", ASK).text)


@pytest.mark.parametrize("missing", ["to", "want-known", "within"])
def test_what_is_left_open_is_asked_again(own: Hub, missing: str) -> None:
    fields = {name: value for name, value in ASK.items() if not name.startswith(missing)}
    answer_page = send(signed_in(own, staff.DECISION_MAKER), "/ask/keep", fields)
    assert answer_page.status_code == 422
    assert len(re.findall('class="wrong"', answer_page.text)) == 1


def test_the_worklist_counts_what_waits(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    send(mash, "/ask/keep", ASK)
    own.work()
    said = words_of(mash.get("/").text)
    assert "2 Asked, no reply" in said
    assert "2 To be told" in said
    assert "Robin" not in said
