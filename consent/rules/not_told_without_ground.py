"""Not telling a person needs a reason, a decision, an approval and a review date (UK GDPR Arts 13-14)."""

from dataclasses import replace
from datetime import timedelta

from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import ACCESS_ONLY_REASONS, NOT_REASONS, WITHHELD, missing
from contracts.vocabulary import AgencyKind, Purpose, Telling

LAW = Law(
    id="not-told-without-ground",
    title="The person is not told, and the record does not bear it out",
    citation="UK GDPR Arts 5(1)(a), 13, 14; DPA 2018 s44(4), (7); DfE information sharing advice 2024, rules 2, 7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D40",),
    effect=Effect.FIX,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where a not-told state lacks something, or its reason is none. An emergency has until the next day."""
    telling = case.telling
    if telling.state not in WITHHELD or telling.reason in ACCESS_ONLY_REASONS:
        return None
    gaps = missing(telling)
    if not gaps and telling.reason not in NOT_REASONS:
        return None
    if gaps and case.purpose is Purpose.EMERGENCY and case.request.on <= case.item.received + timedelta(days=1):
        return None
    if gaps:
        return Answer(f"This person is not told, and the record lacks {' and '.join(gaps)}.")
    return Answer(
        "That telling would be awkward, or is never done, is not a reason. Say who would be put at risk, or tell."
    )


_SCHOOL = AgencyKind.ACADEMY
_SAFE = told(Telling.NOT_TOLD_SAFETY, reason="risk_to_child", approved_by="head", review_on=ON)
EXAMPLES = (
    yes("no reason", hold(_SCHOOL), item(_SCHOOL, basis(), tellings=(replace(_SAFE, reason=None),))),
    yes("an awkward talk", hold(_SCHOOL), item(_SCHOOL, basis(), tellings=(replace(_SAFE, reason="awkward"),))),
    no("all there", hold(_SCHOOL), item(_SCHOOL, basis(), tellings=(_SAFE,))),
)
