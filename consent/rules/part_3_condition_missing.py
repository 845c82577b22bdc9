"""Sensitive law-enforcement processing needs a Schedule 8 condition and strict necessity (DPA 2018 s35(5), Sch 8)."""

from dataclasses import replace

from consent.bodies import LAW_ENFORCEMENT
from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, NoConsentReason, PersonRole, Purpose, Regime

LAW = Law(
    id="part-3-condition-missing",
    title="No condition for sensitive processing",
    citation="DPA 2018 s35(5), Sch 8",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D18",),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where sensitive Part 3 information names no condition; for law enforcement, none of Schedule 8."""
    if case.basis.regime is not Regime.PART_3 or not case.special:
        return None
    if case.basis.role is PersonRole.PROFESSIONAL:
        return None
    if case.purpose in LAW_ENFORCEMENT:
        if case.basis.article9 is Article9.SCHEDULE_8_SAFEGUARDING:
            return None
        return Answer("Sensitive information needs strict necessity and a Schedule 8 condition.", ("sch8_para_4",))
    if case.basis.article9 is not None:
        return None
    return Answer(
        "No condition is named. For welfare the receiver will hold this under UK GDPR: name a Schedule 1 condition.",
        ("9g_para_18 with its reason", "sch8_para_4"),
    )


_LEP = basis(regime=Regime.PART_3, policy=True, why=NoConsentReason.WOULD_PREJUDICE)
_TO_PROBATION = share(AgencyKind.POLICE, AgencyKind.PROBATION, purpose=Purpose.CRIME)
EXAMPLES = (
    yes("none named", _TO_PROBATION, item(AgencyKind.POLICE, _LEP, classes=ABOUT_HEALTH)),
    no(
        "Schedule 8 named",
        _TO_PROBATION,
        item(AgencyKind.POLICE, replace(_LEP, article9=Article9.SCHEDULE_8_SAFEGUARDING), classes=ABOUT_HEALTH),
    ),
)
