"""A date for telling, or for looking again at a reason for silence, may not pass unseen (UK GDPR Art 14(3))."""

from datetime import date

from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import is_overdue
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="telling-overdue",
    title="The date has passed",
    citation="UK GDPR Art 14(3); DPA 2018 Sch 2 para 2, s44(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D48",),
    effect=Effect.WARNING,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where the day by which a person was to be told, or a reason reviewed, is over."""
    if not is_overdue(case.telling, case.request.on):
        return None
    if case.telling.state is Telling.DUE:
        return Answer("This person should have been told by now.", ("tell this person, or record why not",))
    return Answer("The reason for not telling should have been looked at again by now.", ("review the reason",))


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes(
        "yesterday",
        hold(_LA),
        item(_LA, basis(), tellings=(told(Telling.DUE, review_on=date(2026, 10, 5)),)),
    ),
    no("today", hold(_LA), item(_LA, basis(), tellings=(told(Telling.DUE, review_on=ON),))),
)
