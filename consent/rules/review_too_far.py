"""A reason for silence is looked at again within 28 days (a rule of this design; the law gives no figure)."""

from dataclasses import replace
from datetime import date

from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import LONGEST_REVIEW, WITHHELD
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="review-too-far",
    title="The review is too far away",
    citation="DPA 2018 Sch 2 para 2, s44(4); 28 days is this design's figure",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.WARNING,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where a not-told state is to be reviewed more than 28 days after the item came in, and still ahead."""
    when = case.telling.review_on
    if case.telling.state not in WITHHELD or when is None:
        return None
    if when - max(case.request.on, case.item.received) <= LONGEST_REVIEW:
        return None
    return Answer(
        "A reason for not telling lasts only while the risk does. Look at it again within 28 days.",
        ("set a review within 28 days",),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_SAFE = told(Telling.NOT_TOLD_SAFETY, reason="risk_to_victim", approved_by="manager", review_on=date(2026, 12, 15))
EXAMPLES = (
    yes("in ten weeks", hold(_LA), item(_LA, basis(), tellings=(_SAFE,))),
    no("today", hold(_LA), item(_LA, basis(), tellings=(replace(_SAFE, review_on=ON),))),
)
