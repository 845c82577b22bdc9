"""A Schedule 8 condition carries sensitive law-enforcement processing (DPA 2018 s35(5), Sch 8 para 4)."""

from dataclasses import replace

from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, NoConsentReason, Purpose, Regime

LAW = Law(
    id="part-3-condition",
    title="Schedule 8 condition: safeguarding",
    citation="DPA 2018 s35(5), s42, Sch 8 para 4",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D18",),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where Schedule 8 paragraph 4 is named under Part 3 with its reason and a policy document."""
    if case.basis.regime is not Regime.PART_3 or case.basis.article9 is not Article9.SCHEDULE_8_SAFEGUARDING:
        return None
    if case.basis.no_consent_reason is None or not case.basis.policy_document:
        return None
    return Answer("Safeguarding a child strictly needs this, without consent for a reason the law allows.")


_LEP = basis(
    regime=Regime.PART_3,
    article9=Article9.SCHEDULE_8_SAFEGUARDING,
    why=NoConsentReason.WOULD_PREJUDICE,
    policy=True,
)
_TO_PROBATION = share(AgencyKind.POLICE, AgencyKind.PROBATION, purpose=Purpose.CRIME)
EXAMPLES = (
    yes("all there", _TO_PROBATION, item(AgencyKind.POLICE, _LEP, classes=ABOUT_HEALTH)),
    no(
        "no policy document",
        _TO_PROBATION,
        item(AgencyKind.POLICE, replace(_LEP, policy_document=False), classes=ABOUT_HEALTH),
    ),
)
