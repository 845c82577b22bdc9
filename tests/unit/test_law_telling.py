"""When is the record of telling a person complete, and when is it late?"""

from dataclasses import replace
from datetime import date

import pytest

from consent.examples import basis, item, told
from consent.request import PersonTelling
from consent.transparency import WITHHELD, is_overdue, is_resolved, missing, overdue
from contracts.vocabulary import AgencyKind, Telling

ON = date(2026, 10, 6)
WHOLE = told(Telling.NOT_TOLD_SAFETY, reason="risk_to_victim", approved_by="sergeant", review_on=ON)


@pytest.mark.parametrize("state", sorted(WITHHELD))
@pytest.mark.parametrize(
    ("gap", "lacks"),
    [
        ({"reason": None}, "a reason"),
        ({"reason": ""}, "a reason"),
        ({"reason": " - "}, "a reason"),
        ({"decided_by": None}, "who decided"),
        ({"approved_by": None}, "who approved"),
        ({"review_on": None}, "a review date"),
    ],
)
def test_a_not_told_state_lacks_what_is_left_out(state: Telling, gap: dict[str, str | None], lacks: str) -> None:
    telling = PersonTelling(
        WHOLE.person,
        WHOLE.role,
        state,
        gap.get("reason", WHOLE.reason),
        gap.get("decided_by", WHOLE.decided_by),
        gap.get("approved_by", WHOLE.approved_by),
        None if "review_on" in gap else ON,
    )
    assert missing(telling) == (lacks,)


def test_a_whole_not_told_state_lacks_nothing() -> None:
    assert missing(WHOLE) == ()


@pytest.mark.parametrize("state", [Telling.TOLD_BEFORE, Telling.TOLD_AT, Telling.TOLD_AFTER, Telling.NOT_KNOWN])
def test_a_told_or_unknown_state_needs_nothing_more(state: Telling) -> None:
    assert missing(told(state)) == ()


def test_a_due_telling_needs_its_date() -> None:
    assert missing(told(Telling.DUE)) == ("the date by which the person is to be told",)
    assert missing(told(Telling.DUE, review_on=ON)) == ()


def test_who_could_not_be_reached_needs_a_note_of_what_was_tried() -> None:
    assert missing(told(Telling.NOT_CONTACTABLE)) == ("what was tried",)
    assert missing(told(Telling.NOT_CONTACTABLE, reason="two visits, one letter")) == ()


@pytest.mark.parametrize("state", list(Telling))
def test_only_not_known_is_unresolved(state: Telling) -> None:
    assert is_resolved(told(state)) is (state is not Telling.NOT_KNOWN)


@pytest.mark.parametrize(("day", "late"), [(date(2026, 10, 6), False), (date(2026, 10, 7), True)])
def test_a_date_is_kept_on_its_day_and_late_the_day_after(day: date, late: bool) -> None:
    assert is_overdue(told(Telling.DUE, review_on=ON), day) is late
    assert is_overdue(WHOLE, day) is late


def test_someone_told_is_never_overdue() -> None:
    assert not is_overdue(told(Telling.TOLD_AT, review_on=date(2020, 1, 1)), ON)


def test_what_is_overdue_comes_oldest_first_and_with_its_item() -> None:
    one = item(AgencyKind.NHS, basis(), tellings=(replace(WHOLE, review_on=date(2026, 10, 3)), told(Telling.NOT_KNOWN)))
    two = item(AgencyKind.POLICE, basis(), tellings=(told(Telling.DUE, review_on=date(2026, 10, 1)), WHOLE))
    late = overdue((one, two), ON)
    assert [each.since for each in late] == [date(2026, 10, 1), date(2026, 10, 3)]
    assert [each.state for each in late] == [Telling.DUE, Telling.NOT_TOLD_SAFETY]
    assert {each.item for each in late} == {one.item_id}
    assert {each.person for each in late} == {WHOLE.person}
