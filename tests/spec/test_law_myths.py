"""Is a myth that is given as a reason not to share answered at once, with its source and a way on?"""

from datetime import date, timedelta

import pytest

from consent.finding import Effect, Evidence
from consent.myths import REPLIES, Myth, answer, guide_on
from consent.packs import DUAA_2026, WT_2018, WT_2026, LawSettings
from consent.refusals import Reason, Refusing, judge
from contracts.vocabulary import AgencyKind, NeedLevel, Purpose

ON = date(2026, 10, 6)
DAYS = (date(2017, 3, 1), WT_2018, date(2024, 5, 1), date(2026, 2, 4), DUAA_2026, WT_2026, ON, date(2040, 1, 1))


def refusing(reason: Reason, body: AgencyKind = AgencyKind.ACADEMY, on: date = ON) -> Refusing:
    """A decision that has everything, so that only its reason can be wrong."""
    review, asker = on + timedelta(days=1), AgencyKind.LOCAL_AUTHORITY
    return Refusing(reason, "in words", "school office", "head", review, on, body, asker, Purpose.SECTION_17)


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("myth", Myth)
def test_each_myth_has_one_reply_on_every_day_with_a_source_and_a_way_on(myth: Myth, on: date) -> None:
    said = answer(myth, on)
    assert said.effect is Effect.FIX
    assert said.says
    assert said.propose
    assert said.citation.startswith("Working Together")
    assert any(character.isdigit() for character in said.citation.partition(";")[2])
    assert sum(each.myth is myth and each.in_force(max(on, WT_2018)) for each in REPLIES) == 1


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.myth is not None])
@pytest.mark.parametrize("body", AgencyKind)
def test_a_myth_never_stands_whoever_gives_it(reason: Reason, body: AgencyKind) -> None:
    outcome = judge(refusing(reason, body))
    assert not outcome.stands
    assert outcome.myth
    assert outcome.findings == (answer(Myth(reason.value), ON),)


def test_the_five_myths_are_the_guides_five() -> None:
    assert [reason.myth for reason in Reason if reason.myth] == list(Myth)
    assert len(Myth) == 5


@pytest.mark.parametrize(
    ("myth", "law"),
    [
        (Myth.DATA_PROTECTION, "Sch 1 para 18"),
        (Myth.CONSENT, "rule 3"),
        (Myth.OTHER_PURPOSE, "8A"),
        (Myth.CONFIDENTIALITY, "Human Rights Act 1998"),
        (Myth.SYSTEM, "ss10, 11"),
    ],
)
def test_each_reply_names_the_law_that_answers_it(myth: Myth, law: str) -> None:
    assert law in answer(myth, ON).citation


@pytest.mark.parametrize(
    ("myth", "before", "after"),
    [(Myth.OTHER_PURPOSE, "(b), 6(4)", "8A"), (Myth.DATA_PROTECTION, "(e), (f)", "(e), (ea)")],
)
def test_a_myth_is_answered_by_the_law_of_its_own_day(myth: Myth, before: str, after: str) -> None:
    eve = answer(myth, DUAA_2026 - timedelta(days=1))
    assert before in eve.citation
    assert after not in eve.citation
    day = answer(myth, DUAA_2026)
    assert after in day.citation
    assert before not in day.citation


def test_what_the_newest_edition_says_of_the_myths_was_not_seen_and_is_marked_so() -> None:
    assert answer(Myth.CONSENT, WT_2026 - timedelta(days=1)).evidence is Evidence.SECONDARY
    assert answer(Myth.CONSENT, WT_2026).evidence is Evidence.UNCERTAIN
    assert answer(Myth.SYSTEM, date(2024, 5, 1)).evidence is Evidence.KNOWLEDGE
    assert "not seen" in guide_on(WT_2026)
    assert "not seen" not in guide_on(WT_2026 - timedelta(days=1))


def test_a_missing_consent_is_answered_with_telling_the_family_and_not_with_asking_them() -> None:
    said = answer(Myth.CONSENT, ON)
    assert any("tell the family" in way for way in said.propose)
    assert not any(way.startswith("ask") or " ask " in way for way in said.propose)


@pytest.mark.parametrize("need", [None, *NeedLevel])
def test_no_level_of_need_turns_a_myth_into_a_reason(need: NeedLevel | None) -> None:
    case = refusing(Reason.NO_CONSENT)
    low = Refusing(
        case.reason, case.words, case.decided_by, case.approved_by, case.review_on, ON, case.body, case.asker,
        Purpose.EARLY_HELP, need,
    )  # fmt: skip
    assert not judge(low).stands


def test_under_the_duty_a_myth_is_answered_with_the_duty_as_well() -> None:
    outcome = judge(refusing(Reason.DATA_PROTECTION, AgencyKind.NHS), LawSettings(date(2026, 9, 30)))
    assert [each.rule for each in outcome.findings] == ["myth-data-protection", "refusal-under-the-duty"]
    assert outcome.pack.endswith("+16LA")
    outside = judge(refusing(Reason.DATA_PROTECTION, AgencyKind.CLUB), LawSettings(date(2026, 9, 30)))
    assert [each.rule for each in outside.findings] == ["myth-data-protection"]
