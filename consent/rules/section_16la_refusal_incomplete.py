"""A decision not to share needs a reason, a name and a review date (Children Act 2004 s16LA(3))."""

from datetime import date

from consent.circumstances import Circumstances, Refusal
from consent.examples import ON, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import CODE_16LA, DPA_2018, LawSettings
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="section-16la-refusal-incomplete",
    title="The decision not to share is not fully recorded",
    citation="Children Act 2004 s16LA(3); DfE information sharing advice 2024, rule 7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D39",),
    effect=Effect.FIX,
    question=Question.POWER,
    acts=SHARING,
    only_with=CODE_16LA,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies, once the duty is in force, where a decision not to share lacks its reason, name or review date."""
    refusal = case.around.more_detrimental
    if refusal is None or (refusal.reason and refusal.decided_by and refusal.review_on):
        return None
    return Answer("Say why sharing would harm the child more, who decided it, and when it will be looked at again.")


_ON = LawSettings(sixteen_la_from=date(2026, 9, 30))
_LA = AgencyKind.LOCAL_AUTHORITY
_ITEM = item(_LA, basis())
EXAMPLES = (
    yes(
        "no reason",
        share(_LA, AgencyKind.NHS),
        _ITEM,
        around=Circumstances(more_detrimental=Refusal(None, "manager", ON)),
        settings=_ON,
    ),
    no("nobody decided it", share(_LA, AgencyKind.NHS), _ITEM, settings=_ON),
)
