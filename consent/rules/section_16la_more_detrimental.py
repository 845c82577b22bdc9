"""A body need not share what would harm the child more than silence (Children Act 2004 s16LA(3))."""

from datetime import date

from consent.circumstances import Circumstances, Refusal
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import CODE_16LA, DPA_2018, LawSettings
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="section-16la-more-detrimental",
    title="Sharing would be more detrimental to the child",
    citation="Children Act 2004 s16LA(3); DfE information sharing advice 2024, rule 7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D39",),
    effect=Effect.BAR,
    question=Question.POWER,
    acts=SHARING,
    only_with=CODE_16LA,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies, once the duty is in force, where this was decided with reason, name and review date on record."""
    refusal = case.around.more_detrimental
    if refusal is None or not (refusal.reason and refusal.decided_by and refusal.review_on):
        return None
    return Answer(
        "It was decided that sharing would harm the child more than not sharing. The law allows that: the decision "
        "stands until it is reviewed."
    )


_DECIDED = Refusal("reprisal", "housing manager", date(2026, 10, 20))
_ON = LawSettings(sixteen_la_from=date(2026, 9, 30))
_LA = AgencyKind.LOCAL_AUTHORITY
_ITEM = item(_LA, basis())
EXAMPLES = (
    yes("decided", share(_LA, AgencyKind.NHS), _ITEM, around=Circumstances(more_detrimental=_DECIDED), settings=_ON),
    no("nobody decided it", share(_LA, AgencyKind.NHS), _ITEM, settings=_ON),
)
