"""An agency that is asked sees which child is meant, on record and while it owes the answer: that, and nothing else."""

import re
from pathlib import Path

import pytest

from contracts.event import Fact
from contracts.events.access import ReadDecided
from contracts.events.hub import AccessDecided
from contracts.events.need import ConflictKind
from contracts.events.requests import InformationAnswered
from contracts.identifiers import parse_identifier
from contracts.vocabulary import FieldClass
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.keep_apart import declare_conflict
from hub.commands import staff
from hub.domain import access_words
from hub.domain.access_line import line_of
from hub.domain.words import moment
from hub.web.pages.asking import ANSWERS
from hub.wiring import Hub
from tests.support.asked import BLIND, answers, asked_of, fields, opened, pressable, question_to
from tests.support.given import ROBIN
from tests.support.house import proved
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import SECRETS
from tests.web.test_chronology_page import words_of
from tests.web.test_nothing_unrecorded import NotingStore


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub whose nursery was asked about a child of whom it stated nothing; the police protect the child's address."""
    return asked_of(tmp_path, "nursery")


def looks(hub: Hub) -> tuple[AccessDecided, ...]:
    """Each decision on who may see the child, refused or not."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return hub.store.read_access(person_id)


def facts_of(hub: Hub) -> tuple[Fact, ...]:
    """The child's history."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return hub.store.read_history(person_id).facts


def refused_last(hub: Hub) -> tuple[str, list[str]]:
    """The newest look that is about no one child: what it was, and by which rules it was refused."""
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000))
    last = [one for one in facts if isinstance(one, ReadDecided)][-1]
    return last.what, [bar.rule for bar in last.bars]


def test_the_list_names_nobody_and_offers_no_answer(own: Hub) -> None:
    page = signed_in(own, staff.NURSERY_LEAD).get("/requests")
    assert "See which child, on record" in words_of(page.text)
    assert pressable(page) == set()
    assert not [word for word in (*SECRETS, "Robin", ROBIN) if word in page.text]


def test_an_agency_that_knows_nothing_of_the_child_sees_who_it_is_and_answers(own: Hub) -> None:
    page = opened(own)
    said_there = words_of(page.text)
    assert page.status_code == 200
    assert all(one in said_there for one in ("Robin Exemplar", "Born 14 March 2019", f"NHS number {ROBIN}"))
    assert pressable(page) == {*BLIND, "more_time", "cannot_share"}
    assert "Are your records kept by the adults’ names? The hub does not give those here. Call" in said_there
    lena = signed_in(own, staff.NURSERY_LEAD)
    assert send(lena, "/requests", {**fields(own), "answer": "not_known"}).status_code == 200
    assert answers(own) == ["not_known"]


def test_it_sees_nothing_else_and_the_chronology_stays_shut(own: Hub) -> None:
    page = opened(own).text
    assert not [word for word in SECRETS if word in page and word != "Exemplar"]
    assert not [word for word in ("ZZ99", "Dana", "Ansell", "Hexley", "Police", "police") if word in page]
    for purpose in ("s47", "s17", "early_help"):
        assert (
            send(signed_in(own, staff.NURSERY_LEAD), "/chronology", {**ASKING, "purpose": purpose}).status_code == 403
        )


def test_that_somebody_saw_it_is_kept_first_and_says_what_it_was(own: Hub) -> None:
    store = NotingStore(own.store)
    lena = signed_in(own, staff.NURSERY_LEAD, store)
    store.calls.clear()
    assert "Robin" in send(lena, "/requests/one", fields(own)).text
    assert store.calls.index("kept permitted") < store.calls.index("open_reports")
    last = looks(own)[-1]
    assert (last.actor.subject, last.effect, last.classes) == (
        "lena",
        "permitted",
        (FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY),
    )
    assert [one.rule for one in last.grounds] == ["read-to-answer"]
    assert (last.policies, last.relations) == (("who-is-meant",), ("asked",))
    line = line_of(last, 1)
    assert line is not None
    assert access_words.done(line) == "Looked at: Which child the agency was asked about"


def test_where_nothing_can_be_kept_nobody_is_named(own: Hub) -> None:
    store = NotingStore(own.store)
    lena = signed_in(own, staff.NURSERY_LEAD, store)
    store.full = True
    page = send(lena, "/requests/one", fields(own))
    assert page.status_code == 503
    assert "Robin" not in page.text


@pytest.mark.parametrize("said_blind", BLIND)
def test_nobody_answers_for_a_child_whom_they_were_not_shown(own: Hub, said_blind: str) -> None:
    lena = signed_in(own, staff.NURSERY_LEAD)
    assert send(lena, "/requests", {**fields(own), "answer": said_blind}).status_code == 403
    assert answers(own) == []
    assert send(lena, "/requests", {**fields(own), "answer": "more_time"}).status_code == 200
    assert opened(own).status_code == 200
    assert send(lena, "/requests", {**fields(own), "answer": said_blind}).status_code == 200
    assert answers(own) == ["more_time", said_blind]


def test_a_chronology_that_was_read_is_no_look_at_who_is_meant(own: Hub) -> None:
    send(signed_in(own, staff.DECISION_MAKER), "/ask/keep", question_to("police"))
    own.work()
    tom = signed_in(own, staff.RESEARCHER)
    assert send(tom, "/chronology", ASKING).status_code == 200
    found = re.search(r'name="request" value="([0-9a-f-]{36})"', tom.get("/requests").text)
    assert found is not None
    sent = {**fields(own), "request": found[1], "answer": "not_known"}
    assert send(tom, "/requests", sent).status_code == 403
    page = send(tom, "/requests/one", sent)
    assert "Open" in words_of(page.text), "an agency that reported may read on"
    assert send(tom, "/requests", sent).status_code == 200


@pytest.mark.parametrize("whose", [staff.UNRELATED, staff.RESEARCHER, staff.DECISION_MAKER], ids=lambda one: one.agency)
def test_no_other_agency_is_told_who_is_meant(own: Hub, whose: staff.Member) -> None:
    page = opened(own, whose)
    assert page.status_code == 403
    assert "Robin" not in page.text
    assert refused_last(own) == ("who_is_meant", ["need-to-know"])


def test_once_it_is_answered_nobody_is_told_any_more(own: Hub) -> None:
    sent, lena = fields(own), signed_in(own, staff.NURSERY_LEAD)
    assert send(lena, "/requests/one", sent).status_code == 200
    assert send(lena, "/requests", {**sent, "answer": "not_known"}).status_code == 200
    page = send(lena, "/requests/one", sent)
    assert page.status_code == 403
    assert "Robin" not in page.text


def test_a_press_that_comes_twice_is_one_answer_and_names_nobody_again(own: Hub) -> None:
    sent, lena = {**fields(own), "answer": "not_known"}, signed_in(own, staff.NURSERY_LEAD)
    send(lena, "/requests/one", sent)
    assert "Answer recorded Robin Exemplar" in words_of(send(lena, "/requests", sent).text)
    again = send(lena, "/requests", sent)
    assert "Answer recorded hub:" in words_of(again.text)
    assert "Robin" not in again.text
    assert answers(own) == ["not_known"]
    assert send(lena, "/requests", {**sent, "answer": "known_relevant"}).status_code == 403
    for whose in (staff.RESEARCHER, staff.DECISION_MAKER):
        assert send(signed_in(own, whose), "/requests", sent).status_code == 403
    assert answers(own) == ["not_known"]


@pytest.mark.parametrize(
    ("answer", "way_on"),
    [
        ("known_relevant", "Now send what you hold The MASH sees the answer above, and nothing else of yours by it."),
        ("known_nothing_relevant", "If you were asked for more"),
        ("not_known", "If you find later that you do know the child, call"),
        ("more_time", "The request stays on your list"),
        ("cannot_share", "Why is on record, and is not shown in the chronology."),
    ],
)
def test_what_was_answered_about_whom_to_whom_and_when_is_confirmed(own: Hub, answer: str, way_on: str) -> None:
    lena = signed_in(own, staff.NURSERY_LEAD)
    send(lena, "/requests/one", fields(own))
    page = words_of(send(lena, "/requests", {**fields(own), "answer": answer, "reason": "other_law"}).text)
    (fact,) = (one for one in facts_of(own) if isinstance(one, InformationAnswered))
    number = f"{fact.answer_id.hex[:4]} {fact.answer_id.hex[4:8]}".upper()
    for told in (
        f"Answer {ANSWERS[fact.answer]}",
        "About Robin Exemplar hub: ",
        "From Little Oaks Nursery",
        "Social Care, which asked on ",
        f"When {moment(fact.at)}",
        f"On record as Number {number}",
        way_on,
    ):
        assert told in page, told


def test_who_it_is_about_is_named_there_only_once_that_look_is_kept(own: Hub) -> None:
    store = NotingStore(own.store)
    lena = signed_in(own, staff.NURSERY_LEAD, store)
    send(lena, "/requests/one", fields(own))
    store.calls.clear()
    assert "Robin" in send(lena, "/requests", {**fields(own), "answer": "not_known"}).text
    assert store.calls.index("kept permitted") < store.calls.index("open_reports")
    store.calls.clear()
    mash = signed_in(own, staff.DECISION_MAKER)
    assert send(mash, "/ask/keep", question_to("nursery")).status_code == 200
    assert "Robin" not in send(lena, "/requests", {**fields(own), "answer": "more_time"}).text
    assert "open_reports" not in store.calls


def test_a_child_who_is_not_there_is_answered_alike(own: Hub) -> None:
    nobody = {**fields(own), "child": "hub:00000000000040008000000000000001"}
    assert send(signed_in(own, staff.NURSERY_LEAD), "/requests/one", nobody).status_code == 403
    assert refused_last(own) == ("who_is_meant", ["need-to-know"])


def test_whoever_is_kept_from_the_child_is_not_told(own: Hub) -> None:
    lena, child = proved(own, staff.NURSERY_LEAD), parse_identifier(f"nhs:{ROBIN}")
    declare_conflict(own.store, own.clock, lena, child, of=lena.subject, kind=ConflictKind.FRIEND)
    page = opened(own)
    assert page.status_code == 403
    assert "Robin" not in page.text
    assert refused_last(own) == ("who_is_meant", ["conflict-of-interest"])


def test_an_answer_sent_wrong_is_asked_for_again_with_who_is_meant(own: Hub) -> None:
    lena = signed_in(own, staff.NURSERY_LEAD)
    page = send(lena, "/requests", {**fields(own), "answer": "cannot_share"})
    assert page.status_code == 422
    assert "Robin Exemplar" in words_of(page.text)
    assert "Select why you cannot share" in words_of(page.text)


def test_who_checks_is_told_why_it_was_let(own: Hub) -> None:
    opened(own)
    explaining = Explaining(own.store, own.store, own.clock, own.reading().law, own.index, own.reading().deciding)
    note = " ".join(explain_decision(explaining, proved(own, staff.IG_OFFICER), looks(own)[-1].decision_id).split())
    assert "asked which child their agency was asked about" in note
    assert "Judged afresh on the same history, the answer and the law are the same." in note
