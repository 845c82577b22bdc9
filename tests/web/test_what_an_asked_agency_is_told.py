"""Who an asked agency is told that a child is: not where the child may be, nor a new name, if anybody is kept away."""

from pathlib import Path

import pytest

from contracts.identifiers import Scheme, identifier
from contracts.report import Change, Name, Person, Report
from contracts.vocabulary import ChangeKind, SensitivityTag, StatementKind
from hub.commands import staff
from hub.wiring import Hub
from tests.support.asked import BLIND, answers, fields, opened, pressable, question_to
from tests.support.given import ROBIN
from tests.support.house import house, say
from tests.support.pages import send, signed_in
from tests.support.story import CHILD, PROTECTED, about_robin, clock, said
from tests.web.test_chronology_page import words_of

PLAIN, ADOPTED = SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.ADOPTION
UPN = "H801200001001"


def seen(record: str, child: Person = CHILD, tags: tuple[SensitivityTag, ...] = (PLAIN,)) -> Report:
    """A report about Robin with one sentence."""
    words = said("what_happened", StatementKind.OBSERVATION, "Seen at the gate.")
    return about_robin(record, clock(2026, 11, 10), words, people=(child,), tags=tags)


def asked_about(folder: Path, *reports: Report, by: str = "school") -> Hub:
    """A hub in which one agency stated these reports, and the nursery was then asked."""
    made = house(folder)
    say(made, by, *reports)
    assert send(signed_in(made, staff.DECISION_MAKER), "/ask/keep", question_to("nursery")).status_code == 200
    made.work()
    return made


def test_an_address_is_told_where_nothing_keeps_anybody_away(tmp_path: Path) -> None:
    page = words_of(opened(asked_about(tmp_path, seen("S-1"))).text)
    assert "Address 14 Hazel Lane, Northborough, ZZ99 3CZ" in page


@pytest.mark.parametrize(
    "kept",
    [
        SensitivityTag.ADDRESS_PROTECTED,
        SensitivityTag.VICTIM_SAFETY,
        SensitivityTag.RESTRICTED_PERSON,
    ],
)
def test_an_address_is_not_told_as_soon_as_one_report_keeps_anybody_away(tmp_path: Path, kept: SensitivityTag) -> None:
    """By another agency than the one that stated the address; and nothing says that it is kept."""
    bare = CHILD.model_copy(update={"address": None})
    made = asked_about(tmp_path, seen("S-1"))
    say(made, "health", seen("H-1", bare, (PLAIN, kept)))
    page = opened(made).text
    assert "Robin" in page
    assert PROTECTED not in page
    assert "ZZ99" not in page
    assert "Not given here." in words_of(page)
    assert "protected" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_report_withdrawn_or_corrected_says_nobody_s_name_any_more(tmp_path: Path) -> None:
    def called(given: str) -> Person:
        return CHILD.model_copy(update={"names": (Name(family="Exemplar", given=given),)})

    made = asked_about(tmp_path, seen("S-1"))
    (wrong, slip) = say(made, "health", seen("H-1", called("Robbie")), seen("H-2", called("Robyn")))
    away = Change(kind=ChangeKind.RETRACTION, of=wrong, reason="Wrong child")
    right = Change(kind=ChangeKind.CORRECTION, of=slip, reason="Misheard")
    say(made, "health", seen("H-1/2", called("Robbie")).model_copy(update={"change": away}))
    say(made, "health", seen("H-2/2").model_copy(update={"change": right}))
    page = words_of(opened(made).text)
    assert "Robin Exemplar" in page
    assert "Robbie" not in page
    assert "Robyn" not in page


def renamed() -> Person:
    """Robin under another family name."""
    return CHILD.model_copy(update={"names": (Name(family="Newname", given="Robin"),)})


def test_other_names_and_numbers_are_told_where_nobody_is_kept_away(tmp_path: Path) -> None:
    upn = identifier(Scheme.UPN, UPN)
    child = renamed().model_copy(update={"identifiers": (*CHILD.identifiers, upn)})
    page = words_of(opened(asked_about(tmp_path, seen("S-1"), seen("S-2", child))).text)
    assert "Also known as Robin Newname" in page
    assert upn.may_match
    assert f"Unique pupil number {UPN}" in page


def test_a_name_that_may_be_new_is_left_to_the_mash(tmp_path: Path) -> None:
    protected = (PLAIN, SensitivityTag.ADDRESS_PROTECTED)
    page = opened(asked_about(tmp_path, seen("S-1"), seen("S-2", renamed(), protected)))
    assert not [word for word in ("Robin", "Exemplar", "Newname", ROBIN) if word in page.text]
    assert "cannot say here which child is meant" in words_of(page.text)
    assert pressable(page) == {"more_time", "cannot_share"}


@pytest.mark.parametrize("said_blind", BLIND)
def test_whoever_opened_a_request_and_was_told_nobody_s_name_answers_nothing_of_the_child(
    tmp_path: Path, said_blind: str
) -> None:
    made = asked_about(tmp_path, seen("S-1"), seen("S-2", renamed(), (PLAIN, SensitivityTag.ADDRESS_PROTECTED)))
    lena, sent = signed_in(made, staff.NURSERY_LEAD), fields(made)
    assert send(lena, "/requests/one", sent).status_code == 200
    assert send(lena, "/requests", {**sent, "answer": said_blind}).status_code == 403
    assert answers(made) == []
    assert send(lena, "/requests", {**sent, "answer": "more_time"}).status_code == 200
    assert answers(made) == ["more_time"]


def test_once_the_only_name_is_withdrawn_nothing_is_answered_of_the_child(tmp_path: Path) -> None:
    made = house(tmp_path)
    (only,) = say(made, "school", seen("S-1"))
    assert send(signed_in(made, staff.DECISION_MAKER), "/ask/keep", question_to("nursery")).status_code == 200
    lena, sent = signed_in(made, staff.NURSERY_LEAD), fields(made)
    assert pressable(send(lena, "/requests/one", sent)) > set(BLIND)
    away = Change(kind=ChangeKind.RETRACTION, of=only, reason="Wrong child")
    say(made, "school", seen("S-1/2").model_copy(update={"change": away}))
    assert send(lena, "/requests", {**sent, "answer": "not_known"}).status_code == 403
    assert answers(made) == []


def test_of_a_child_whose_identity_changed_the_law_lets_nobody_be_named(tmp_path: Path) -> None:
    made = asked_about(tmp_path, seen("S-1"), seen("S-2", CHILD, (PLAIN, ADOPTED)))
    page = opened(made)
    assert page.status_code == 200
    assert not [word for word in ("Robin", "Exemplar", ROBIN, "dopt") if word in page.text]
    assert pressable(page) == {"more_time", "cannot_share"}
    (person_id,) = made.index.people_with("nhs", ROBIN)
    last = made.store.read_access(person_id)[-1]
    assert (last.effect, [one.rule for one in last.bars]) == ("refused", ["identity-changed"])
    assert (
        send(signed_in(made, staff.NURSERY_LEAD), "/requests", {**fields(made), "answer": "not_known"}).status_code
        == 403
    )
    assert answers(made) == []
