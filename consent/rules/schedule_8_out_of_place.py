"""Schedule 8 belongs to law-enforcement processing and is no condition under UK GDPR (DPA 2018 ss10, 35, Sch 8)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, NoConsentReason, Regime

LAW = Law(
    id="schedule-8-out-of-place",
    title="A law-enforcement condition under UK GDPR",
    citation="DPA 2018 ss10, 35, Sch 8 para 4",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where Schedule 8 is named and the information is held under UK GDPR."""
    if case.basis.article9 is not Article9.SCHEDULE_8_SAFEGUARDING or case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer(
        "Schedule 8 is for law-enforcement processing. Under UK GDPR the same test is in Schedule 1 para 18.",
        ("9g_para_18 with its reason",),
    )


_SCH8 = basis(article9=Article9.SCHEDULE_8_SAFEGUARDING, why=NoConsentReason.WOULD_PREJUDICE, policy=True)
EXAMPLES = (
    yes("under UK GDPR", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _SCH8)),
    no("under Part 3", share(AgencyKind.POLICE), item(AgencyKind.POLICE, replace(_SCH8, regime=Regime.PART_3))),
)
