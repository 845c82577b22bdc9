"""Can a decision-maker state from a page that somebody was told, or why not yet, as the command does?"""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.events.telling import TellingStated
from contracts.vocabulary import PersonRole, Telling
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.web.said import called
from hub.wiring import Hub
from tests.support.families import about_father
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.web.test_chronology_page import words_of

_WHOM = re.compile(
    r'action="/told">.*?name="child" value="(hub:[0-9a-f]{32})".*?name="of-report" value="([0-9a-f]{32})"'
    r'.*?name="label" value="([a-z0-9_]+)"',
    re.S,
)


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub told of a child whose father is not told, for somebody's safety."""
    made = house(tmp_path)
    say(made, "police", about_father("C-1", Telling.NOT_TOLD_SAFETY))
    return made


@pytest.fixture
def browser(own: Hub) -> TestClient:
    """A decision-maker before the pages."""
    return signed_in(own, staff.DECISION_MAKER)


def offered(page: str) -> list[dict[str, str]]:
    """Whom the page offers to state something of, as the fields of its forms."""
    return [dict(zip(("child", "of-report", "label"), found, strict=True)) for found in _WHOM.findall(page)]


def father(browser: TestClient) -> dict[str, str]:
    """The fields that say it is about the father."""
    return next(one for one in offered(browser.get("/telling").text) if one["label"] == "father")


def day(hub: Hub, name: str, days: int) -> dict[str, str]:
    """The three boxes of a day that many days from today."""
    found = day_in_london(hub.clock.now()) + timedelta(days=days)
    return {f"{name}-day": str(found.day), f"{name}-month": str(found.month), f"{name}-year": str(found.year)}


def told(hub: Hub) -> dict[str, str]:
    return {
        "what": "told",
        "when": "told_after",
        "how": "in_person",
        "told-by": "Ada Wells, social worker",
        "child-agrees": "agrees",
        **day(hub, "on", 0),
    }


def not_told(hub: Hub) -> dict[str, str]:
    return {
        "what": "not_told",
        "harm": "not_told_safety",
        "because": "He said that he would find her",
        "approved-by": "Moll Castell",
        **day(hub, "review", 7),
    }


def kept(hub: Hub) -> list[TellingStated]:
    """What was stated at the hub of the only child, oldest first."""
    (person_id,) = hub.index.people_with("nhs", "9990001006")
    return [fact for fact in hub.store.read_history(person_id).facts if isinstance(fact, TellingStated)]


def test_nothing_is_chosen_beforehand(browser: TestClient) -> None:
    page = send(browser, "/told", father(browser)).text
    assert " checked" not in page
    assert not faults(page)


def test_who_was_told_is_on_record_and_no_longer_on_the_list(own: Hub, browser: TestClient) -> None:
    before = offered(browser.get("/telling").text)
    answer = send(browser, "/told/keep", {**father(browser), **told(own)})
    assert answer.status_code == 200
    assert "Stated, and it stands" in words_of(answer.text)
    assert not faults(answer.text)
    (fact,) = kept(own)
    assert (fact.label, fact.state, fact.how, fact.stands) == ("father", Telling.TOLD_AFTER, "in_person", True)
    assert (fact.actor.subject, fact.told_by) == (staff.DECISION_MAKER.subject, "Ada Wells, social worker")
    own.follow()
    after = offered(browser.get("/telling").text)
    assert [one for one in before if one not in after] == [one for one in before if one["label"] == "father"]
    assert "Since then, " in send(browser, "/chronology", ASKING).text


def test_a_silence_wants_a_reason_somebody_who_agrees_and_a_day(own: Hub, browser: TestClient) -> None:
    answer = send(browser, "/told/keep", {**father(browser), **not_told(own)})
    assert "Stated, and it stands" in words_of(answer.text)
    (fact,) = kept(own)
    assert (fact.state, fact.approved_by, fact.reason is not None) == (Telling.NOT_TOLD_SAFETY, "Moll Castell", True)


def test_nobody_agrees_with_themselves(own: Hub, browser: TestClient) -> None:
    alone = {**not_told(own), "approved-by": staff.DECISION_MAKER.name}
    answer = send(browser, "/told/keep", {**father(browser), **alone})
    assert "as it is it does not stand" in words_of(answer.text)
    assert "State it again" in answer.text
    assert [fact.stands for fact in kept(own)] == [False]


@pytest.mark.parametrize("missing", ["what", "when", "how", "told-by", "on-"])
def test_what_is_left_open_is_named_and_nothing_is_kept(own: Hub, browser: TestClient, missing: str) -> None:
    fields = {name: value for name, value in told(own).items() if not name.startswith(missing)}
    check_asked_again(own, browser, fields)


@pytest.mark.parametrize("missing", ["harm", "because", "approved-by", "review"])
def test_what_is_left_open_of_a_silence_is_named(own: Hub, browser: TestClient, missing: str) -> None:
    fields = {name: value for name, value in not_told(own).items() if not name.startswith(missing)}
    check_asked_again(own, browser, fields)


def test_a_day_still_to_come_is_no_day_of_telling(own: Hub, browser: TestClient) -> None:
    check_asked_again(own, browser, {**told(own), **day(own, "on", 2)})


def check_asked_again(own: Hub, browser: TestClient, fields: Mapping[str, str]) -> None:
    """The form comes again with one thing said to be wrong, what was typed still there, and nothing kept."""
    answer = send(browser, "/told/keep", {**father(browser), **fields})
    assert answer.status_code == 422
    assert len(re.findall('class="wrong"', answer.text)) == 1
    assert "<title>Error: " in answer.text
    assert fields.get("because", "") in answer.text
    assert not faults(answer.text)
    assert not kept(own)


def test_an_entry_offers_it_for_each_person_of_the_report(own: Hub, browser: TestClient) -> None:
    report = re.findall(r'name="report" value="([0-9a-f]{32})"', send(browser, "/chronology", ASKING).text)[0]
    page = send(browser, "/entry", {**ASKING, "report": report}).text
    assert "father" in {one["label"] for one in offered(page)}
    assert {one["of-report"] for one in offered(page)} == {report}
    then = send(browser, "/entry", {**ASKING, "report": report, **day(own, "day", 0)})
    assert then.status_code == 200
    assert not offered(then.text)


@pytest.mark.parametrize("wrong", [{"label": "Father Xavier"}, {"of-report": "x"}, {"label": "", "of-report": ""}])
def test_what_no_page_of_ours_says_is_not_taken(own: Hub, browser: TestClient, wrong: dict[str, str]) -> None:
    for path in ("/told", "/told/keep"):
        answer = send(browser, path, {**father(browser), **told(own), **wrong})
        assert answer.status_code == 422
        assert "Father Xavier" not in answer.text
    assert not kept(own)


@pytest.mark.parametrize("other", [{"label": "uncle"}, {"child": "nhs:9990000018"}, {"of-report": "0" * 32}])
def test_whoever_is_not_there_is_answered_as_one_who_may_not_be_seen(
    own: Hub, browser: TestClient, other: dict[str, str]
) -> None:
    answer = send(browser, "/told/keep", {**father(browser), **told(own), **other})
    assert (answer.status_code, "You cannot see this" in answer.text) == (403, True)
    assert not kept(own)


@pytest.mark.parametrize("member", [one for one in staff.MEMBERS if one is not staff.DECISION_MAKER])
def test_only_a_decision_maker_states_it(own: Hub, browser: TestClient, member: staff.Member) -> None:
    fields = {**father(browser), **told(own)}
    assert send(signed_in(own, member), "/told/keep", fields).status_code == 403
    assert not kept(own)


@pytest.mark.parametrize(
    ("label", "role", "says"),
    [
        ("adult1", PersonRole.PARENT_OR_CARER, "Adult 1, parent or carer"),
        ("father", PersonRole.PARENT_OR_CARER, "Father, parent or carer"),
        ("child", PersonRole.CHILD, "Child"),
        ("other_adult2", None, "Other adult 2"),
    ],
)
def test_whose_name_is_not_opened_is_called_by_label_and_role(label: str, role: PersonRole | None, says: str) -> None:
    assert called(label, role) == says


def test_the_list_and_the_form_say_the_role_in_words(browser: TestClient) -> None:
    listed = browser.get("/telling").text
    assert "Father, parent or carer" in listed
    fields = {**father(browser), "person-role": "parent_or_carer"}
    assert "Father, parent or carer" in words_of(send(browser, "/told", fields).text)
    unknown = words_of(send(browser, "/told", {**fields, "person-role": "<b>"}).text)
    assert "Father, in report" in unknown
    assert "&lt;b" not in unknown
