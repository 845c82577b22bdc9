"""Health data held elsewhere waits for a health professional's fresh opinion (DPA 2018 Sch 3 para 6)."""

from dataclasses import replace
from datetime import date

from consent.bodies import HEALTH
from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.periods import months_after
from consent.rule import SHARING, ItemCase, Law
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="health-opinion-missing",
    title="No recent opinion of a health professional",
    citation="DPA 2018 Sch 3 para 6",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D59",),
    effect=Effect.FIX,
    question=Question.RIGHTS,
    acts=SHARING,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies where a body outside health would disclose health data with no opinion of the last six months."""
    if case.purpose is not Purpose.SUBJECT_ACCESS or not case.special or case.body in HEALTH:
        return None
    given = case.item.health_opinion_on
    if given is not None and months_after(given, 6) >= case.request.on:
        return None
    return Answer(
        "Hold this item and ask the health professional whether disclosing it would cause serious harm. Their opinion "
        "counts for six months.",
        ("ask the health professional",),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_ASK = share(_LA, None, purpose=Purpose.SUBJECT_ACCESS)
_HEALTH = item(_LA, basis(), classes=ABOUT_HEALTH)
EXAMPLES = (
    yes("none", _ASK, _HEALTH),
    yes("seven months old", _ASK, replace(_HEALTH, health_opinion_on=date(2026, 3, 5))),
    no("one month old", _ASK, replace(_HEALTH, health_opinion_on=date(2026, 9, 6))),
)
