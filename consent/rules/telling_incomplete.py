"""A telling that is due needs a date, and one that failed a note of what was tried (UK GDPR Art 14(3), (5))."""

from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import WITHHELD, missing
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="telling-incomplete",
    title="The record of telling is incomplete",
    citation="UK GDPR Art 14(3), (5)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where a due telling has no date, or an unreachable person no note of what was tried."""
    if case.telling.state in WITHHELD:
        return None
    gaps = missing(case.telling)
    return Answer(f"The record lacks {' and '.join(gaps)}.") if gaps else None


_CLUB = AgencyKind.CLUB
EXAMPLES = (
    yes("due, no date", hold(_CLUB), item(_CLUB, basis(), tellings=(told(Telling.DUE),))),
    yes("not reached", hold(_CLUB), item(_CLUB, basis(), tellings=(told(Telling.NOT_CONTACTABLE),))),
    no("due on a date", hold(_CLUB), item(_CLUB, basis(), tellings=(told(Telling.DUE, review_on=ON),))),
)
