"""Has every code its words, and is a day or an identifier read as it was typed or not at all?"""

from collections.abc import Mapping
from datetime import date
from enum import Enum

import pytest

from contracts.report import LawfulBasis, Told
from contracts.vocabulary import (
    Article6,
    Article9,
    NoConsentReason,
    Precision,
    Purpose,
    Regime,
    StaffRole,
    StatementKind,
    Telling,
)
from contracts.when import When
from hub.web import said
from hub.web.forms import purposes_for, read_child, read_day
from hub.web.pages import find
from hub.web.said import basis, law, telling_details

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (StaffRole, said.ROLES),
        (StatementKind, said.KINDS),
        (Article6, said.ARTICLE_6),
        (Article9, said.ARTICLE_9),
        (NoConsentReason, said.NO_CONSENT),
        (Telling, said.TELLING),
    ],
)
def test_every_code_has_its_words(codes: type[Enum], words: Mapping[Enum, str]) -> None:
    assert set(codes) == set(words)
    assert len(set(words.values())) == len(words)


def test_a_basis_reads_as_a_sentence() -> None:
    stated = LawfulBasis(person="child", article6="6ea", annex1="para_6", article9="9g_para_18", no_consent_reason="c")
    assert basis(stated) == (
        "Recognised legitimate interest (Safeguarding a vulnerable individual); safeguarding condition "
        "(Sch 1 para 18), asking for consent would have prejudiced the protection"
    )


def test_a_code_that_is_not_known_is_shown_as_that() -> None:
    assert basis(LawfulBasis(person="child", article6="6z")) == "code 6z, not one that this edition knows"


def test_no_basis_is_said() -> None:
    assert basis(LawfulBasis(person="child")) == "No basis stated"


def test_law_enforcement_is_said() -> None:
    assert "Part 3" in basis(LawfulBasis(person="child", article6="6e", regime=Regime.PART_3))


@pytest.mark.parametrize("state", [Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE, Telling.DUE])
def test_not_being_told_without_a_review_date_is_said(state: Telling) -> None:
    assert telling_details(Told(person="child", state=state)) == ("no review date given",)
    review = When(value="2026-12-01", precision=Precision.DAY)
    assert telling_details(Told(person="child", state=state, review_on=review)) == (
        "to be looked at again on 1 December 2026",
    )


def test_an_edition_of_the_law_is_named() -> None:
    assert law("WT2026+DUAA") == "Working Together 2026, with recognised legitimate interests"
    assert law("WT2023") == "Working Together 2023"


def test_a_purpose_is_split_from_where_the_law_gives_it() -> None:
    assert find.in_words(Purpose.SECTION_17) == ("Assess and serve a child in need", "Children Act 1989 s17")
    assert find.in_words(Purpose.EMERGENCY) == ("Immediate protection of life or limb", "")


def test_checking_is_offered_to_those_who_check_and_to_no_one_else() -> None:
    offered = {role: Purpose.AUDIT in purposes_for(role) for role in StaffRole}
    assert offered == {role: role is StaffRole.IG_OFFICER for role in StaffRole}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("", "", ""), None),
        (("1", "2", "2026"), date(2026, 2, 1)),
        (("01", "02", "2026"), date(2026, 2, 1)),
        ((" 21 ", "11", "2026"), TODAY),
        (("29", "2", "2024"), date(2024, 2, 29)),
    ],
)
def test_a_day_is_read(typed: tuple[str, str, str], found: date | None) -> None:
    assert read_day(boxes(*typed), TODAY) == found


@pytest.mark.parametrize(
    "typed",
    [("22", "11", "2026"), ("29", "2", "2026"), ("1", "", "2026"), ("1", "1", "26"), ("१", "1", "2026"),
     ("-1", "1", "2026"), ("1", "1", "99999"), ("0", "1", "2026"), ("1", "13", "2026"), ("1.0", "1", "2026")],
)  # fmt: skip
def test_what_is_no_day_is_not_read_as_one(typed: tuple[str, str, str]) -> None:
    assert isinstance(read_day(boxes(*typed), TODAY), str)


@pytest.mark.parametrize(
    "typed", ["9990001007", "nhs:123", "upn:X", "hub:12", "999000100६", "name:Robin", "", "1111111111"]
)
def test_what_is_no_identifier_is_not_searched_for(typed: str) -> None:
    assert isinstance(read_child(typed), str)


def boxes(day: str, month: str, year: str) -> dict[str, str]:
    """The three boxes, filled in."""
    return {"day-day": day, "day-month": month, "day-year": year}


@pytest.mark.parametrize(
    ("proposed", "read"),
    [
        ("6e with common_law", "Public task with the common law"),
        ("6e with ca04_s10", "Public task with Children Act 2004 s10"),
        ("6e", "Public task"),
        ("something else", "something else"),
    ],
)
def test_what_would_put_a_basis_right_is_read_without_a_code(proposed: str, read: str) -> None:
    assert said.proposed(proposed) == read
