"""NHS bodies and general practice may do what their functions need (UK GDPR Art 6(1)(e); Children Act 2004 s11)."""

from consent.bodies import HEALTH
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Regime

LAW = Law(
    id="public-task-of-health",
    title="Public task of the NHS",
    citation="UK GDPR Art 6(1)(e); National Health Service Act 2006; Children Act 2004 s11 (NHS bodies)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D11", "D12", "D51"),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where an NHS body or a general practice names its public task."""
    if case.body not in HEALTH or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer("Caring for children and keeping them safe are functions of the NHS, and this is needed for them.")


EXAMPLES = (
    yes("a hospital trust", share(AgencyKind.NHS), item(AgencyKind.NHS, basis())),
    yes("a general practice", share(AgencyKind.GP), item(AgencyKind.GP, basis())),
    no("a private school", share(AgencyKind.INDEPENDENT_SCHOOL), item(AgencyKind.INDEPENDENT_SCHOOL, basis())),
)
