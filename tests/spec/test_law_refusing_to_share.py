"""When does a decision not to share stand in law, and what is said to whoever made one that does not?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consent.finding import Effect
from consent.packs import LawSettings
from consent.refusals import GROUNDS, Ground, Reason, Refusing, gaps, judge
from contracts.vocabulary import AgencyKind, NeedLevel, Purpose

K = AgencyKind
ON = date(2026, 10, 6)
START = date(2026, 9, 30)
DUTY = LawSettings(START)
DETRIMENT = Refusing(
    Reason.MORE_DETRIMENTAL, "the neighbour fears reprisal", "housing officer", "housing lead", date(2026, 10, 20), ON,
    K.LOCAL_AUTHORITY, K.POLICE, Purpose.SECTION_17,
)  # fmt: skip
EVERY = pytest.mark.parametrize("ground", GROUNDS, ids=[ground.reason.value for ground in GROUNDS])


def rules(case: Refusing, settings: LawSettings = LawSettings()) -> list[str]:
    """The rules that spoke."""
    return [each.rule for each in judge(case, settings).findings]


def whole(ground: Ground) -> Refusing:
    """A decision on this ground that lacks nothing."""
    return replace(DETRIMENT, reason=ground.reason, review_on=ON + ground.longest_review)


def test_the_list_is_closed_every_reason_is_a_myth_or_a_ground() -> None:
    assert {ground.reason for ground in GROUNDS} == {reason for reason in Reason if reason.myth is None}
    assert len({ground.title for ground in GROUNDS}) == len(GROUNDS)
    assert all(ground.citation and ground.says and ground.ways_on for ground in GROUNDS)


@EVERY
def test_outside_the_duty_a_whole_decision_on_a_good_reason_stands(ground: Ground) -> None:
    outcome = judge(whole(ground))
    assert outcome.stands
    assert not outcome.myth
    (said,) = outcome.findings
    assert (said.effect, said.citation, said.says) == (Effect.GROUND, ground.citation, ground.says)


@EVERY
def test_under_the_duty_only_detriment_and_other_law_stand(ground: Ground) -> None:
    outcome = judge(whole(ground), DUTY)
    allowed = ground.reason in (Reason.MORE_DETRIMENTAL, Reason.OTHER_LAW)
    assert outcome.stands is allowed
    assert ("refusal-under-the-duty" in rules(whole(ground), DUTY)) is not allowed


def test_detriment_under_the_duty_is_cited_to_its_exception() -> None:
    (said,) = judge(DETRIMENT, DUTY).findings
    assert said.citation.startswith("Children Act 2004 s16LA(3)")
    (before,) = judge(DETRIMENT).findings
    assert "16LA" not in before.citation


def test_other_law_under_the_duty_stands_with_a_warning_that_this_is_not_settled() -> None:
    case = replace(DETRIMENT, reason=Reason.OTHER_LAW, review_on=ON)
    assert rules(case, DUTY) == ["refusal-other-law", "refusal-duty-and-other-law"]
    assert rules(case) == ["refusal-other-law"]
    assert "16LA(3)" not in judge(case, DUTY).findings[0].citation


@pytest.mark.parametrize(("on", "bound"), [(START - timedelta(days=1), False), (START, True)])
def test_the_duty_binds_from_the_day_that_is_set(on: date, bound: bool) -> None:
    case = replace(DETRIMENT, reason=Reason.NOT_RELEVANT, on=on, review_on=on)
    assert judge(case, DUTY).stands is not bound


@pytest.mark.parametrize(
    ("body", "asker", "body_designated", "asker_designated", "bound"),
    [
        (K.NHS, K.POLICE, False, False, True),
        (K.ACADEMY, K.POLICE, False, False, False),
        (K.ACADEMY, K.POLICE, True, False, True),
        (K.NHS, K.CLUB, False, False, False),
        (K.NHS, K.CLUB, False, True, True),
    ],
)
def test_the_duty_binds_only_two_bodies_that_are_both_listed(
    body: AgencyKind, asker: AgencyKind, body_designated: bool, asker_designated: bool, bound: bool
) -> None:
    case = replace(
        DETRIMENT, reason=Reason.NO_ROLE, body=body, asker=asker, body_designated=body_designated,
        asker_designated=asker_designated,
    )  # fmt: skip
    assert ("refusal-under-the-duty" in rules(case, DUTY)) is bound


@EVERY
@pytest.mark.parametrize(
    ("urgent", "need", "purpose"),
    [
        (True, None, Purpose.SECTION_17),
        (False, NeedLevel.SIGNIFICANT_HARM, Purpose.SECTION_17),
        (False, None, Purpose.SECTION_47),
        (False, None, Purpose.EMERGENCY),
    ],
)
def test_where_harm_is_feared_few_reasons_hold(
    ground: Ground, urgent: bool, need: NeedLevel | None, purpose: Purpose
) -> None:
    case = replace(whole(ground), urgent=urgent, need=need, purpose=purpose)
    holds = ground.reason in (Reason.MORE_DETRIMENTAL, Reason.OTHER_LAW, Reason.IDENTITY_IN_DOUBT)
    assert judge(case).stands is holds
    assert ("refusal-where-harm-is-feared" in rules(case)) is not holds


@pytest.mark.parametrize("need", [NeedLevel.UNIVERSAL, NeedLevel.EARLY_HELP, NeedLevel.CHILD_IN_NEED])
def test_a_confidence_may_be_kept_below_a_fear_of_harm(need: NeedLevel) -> None:
    case = replace(DETRIMENT, reason=Reason.ASKED_IN_CONFIDENCE, need=need)
    assert judge(case).stands


@pytest.mark.parametrize(
    ("case", "lacking"),
    [
        (replace(DETRIMENT, words=None), "own words"),
        (replace(DETRIMENT, words="  "), "own words"),
        (replace(DETRIMENT, decided_by=None), "who decided"),
        (replace(DETRIMENT, approved_by=None), "who approved"),
        (replace(DETRIMENT, approved_by="housing officer"), "not the one who decided"),
        (replace(DETRIMENT, review_on=None), "a review date"),
    ],
)
def test_a_decision_that_lacks_something_does_not_stand_and_hears_what_it_lacks(case: Refusing, lacking: str) -> None:
    outcome = judge(case, DUTY)
    assert not outcome.stands
    (said,) = outcome.findings
    assert lacking in said.says
    assert said.propose == gaps(case)


def test_a_whole_decision_lacks_nothing() -> None:
    assert gaps(DETRIMENT) == ()


@EVERY
def test_an_approver_is_needed_where_the_ground_says_so(ground: Ground) -> None:
    assert bool(gaps(replace(whole(ground), approved_by=None))) is ground.approver


@EVERY
@pytest.mark.parametrize(("days_past", "stands"), [(0, True), (1, False)])
def test_a_review_lies_no_further_off_than_the_ground_allows(ground: Ground, days_past: int, stands: bool) -> None:
    late = ON + ground.longest_review + timedelta(days=days_past)
    case = replace(whole(ground), review_on=late)
    assert judge(case).stands is stands
    if not stands:
        assert f"within {ground.longest_review.days} days" in judge(case).findings[0].says


@pytest.mark.parametrize(("review_on", "stands"), [(ON, True), (ON - timedelta(days=1), False)])
def test_a_review_that_lies_in_the_past_is_none(review_on: date, stands: bool) -> None:
    assert judge(replace(DETRIMENT, review_on=review_on)).stands is stands


def test_everything_that_is_wrong_is_said_at_once() -> None:
    case = replace(
        DETRIMENT, reason=Reason.SERVICE_DECLINED, urgent=True, words=None, review_on=ON + timedelta(days=90)
    )
    assert rules(case, DUTY) == [
        "refusal-under-the-duty", "refusal-where-harm-is-feared", "refusal-incomplete", "refusal-review-too-far",
    ]  # fmt: skip
    assert all(each.effect is Effect.FIX and each.citation for each in judge(case, DUTY).findings)


def test_nobody_is_designated_unless_somebody_says_so() -> None:
    asker = Refusing(
        Reason.NO_ROLE, "words", "officer", "lead", ON, ON, K.NHS, K.CLUB, Purpose.SECTION_17, body_designated=True
    )
    assert judge(asker, DUTY).stands
    body = replace(asker, body=K.CLUB, asker=K.NHS, body_designated=False)
    assert judge(body, DUTY).stands


def test_what_a_myth_lacks_can_be_said_too() -> None:
    case = replace(DETRIMENT, reason=Reason.SYSTEM, words=None, approved_by=None)
    assert gaps(case) == ("the reason in your own words",)


def test_a_decision_that_nobody_took_is_not_said_to_be_approved_by_its_maker() -> None:
    assert gaps(replace(DETRIMENT, decided_by=None, approved_by=None)) == ("who decided", "who approved")
