"""Youth offending teams and probation may do what their welfare functions need (UK GDPR Art 6(1)(e))."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Regime

LAW = Law(
    id="public-task-of-youth-justice",
    title="Public task of a youth offending team or of probation",
    citation="UK GDPR Art 6(1)(e); Children Act 2004 ss10, 11",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D51",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where probation or a youth offending team names its public task for a welfare purpose."""
    if case.body not in (AgencyKind.PROBATION, AgencyKind.YOUTH_OFFENDING_TEAM):
        return None
    if case.basis.article6 is not Article6.PUBLIC_TASK or case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer("Having regard to the welfare of children is among this body's tasks, and this is needed for it.")


EXAMPLES = (
    yes("probation tells social care", share(AgencyKind.PROBATION), item(AgencyKind.PROBATION, basis())),
    no("a charity", share(AgencyKind.VCSE_INDEPENDENT), item(AgencyKind.VCSE_INDEPENDENT, basis())),
)
