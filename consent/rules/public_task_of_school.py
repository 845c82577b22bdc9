"""Maintained schools and academies may do what their safeguarding duties need (UK GDPR Art 6(1)(e))."""

from consent.bodies import PUBLIC_SCHOOLS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Regime

LAW = Law(
    id="public-task-of-school",
    title="Public task of a maintained school or academy",
    citation="UK GDPR Art 6(1)(e); Education Act 2002 s175 (maintained), s157 (academies); FOIA 2000 Sch 1 para 52A",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D25", "D51"),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a maintained school or an academy names its public task."""
    if case.body not in PUBLIC_SCHOOLS or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer("Safeguarding its pupils is among the tasks the law gives this school, and this is needed for it.")


EXAMPLES = (
    yes("an academy", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, basis())),
    no("a fee-paying school", share(AgencyKind.INDEPENDENT_SCHOOL), item(AgencyKind.INDEPENDENT_SCHOOL, basis())),
)
