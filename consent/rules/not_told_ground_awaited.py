"""In an emergency the reason for not telling may follow within a day (UK GDPR Arts 13-14; DfE advice 2024, rule 1)."""

from datetime import timedelta

from consent.examples import basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import WITHHELD, missing
from contracts.vocabulary import AgencyKind, Purpose, Telling

LAW = Law(
    id="not-told-ground-awaited",
    title="The reason for not telling is to follow",
    citation="UK GDPR Arts 13, 14; DfE information sharing advice 2024, rules 1, 2",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D40",),
    effect=Effect.WARNING,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies in an emergency, up to the day after receipt, where a not-told state is incomplete."""
    if case.telling.state not in WITHHELD or case.purpose is not Purpose.EMERGENCY or not missing(case.telling):
        return None
    if case.request.on > case.item.received + timedelta(days=1):
        return None
    return Answer("This can wait until tomorrow, not longer: complete the record of why this person is not told.")


_SILENT = item(AgencyKind.ACADEMY, basis(), tellings=(told(Telling.NOT_TOLD_SAFETY),))
EXAMPLES = (
    yes("the first night", hold(AgencyKind.ACADEMY, purpose=Purpose.EMERGENCY), _SILENT),
    no("no emergency", hold(AgencyKind.ACADEMY, purpose=Purpose.SECTION_17), _SILENT),
)
