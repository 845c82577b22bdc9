"""An independent school has a public task only where law gives it one (UK GDPR Art 6(1)(e); DPA 2018 s7, s8)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6

LAW = Law(
    id="public-task-of-private-school",
    title="Public task of an independent school",
    citation="UK GDPR Art 6(1)(e); DPA 2018 ss7, 8; Education Act 2002 s157",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D26",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where an independent school names a public task; a second rule warns where no law is named for it."""
    if case.body is not AgencyKind.INDEPENDENT_SCHOOL or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    return Answer("The school claims a task laid down in law; the ground is only as good as the law it can name.")


EXAMPLES = (
    yes(
        "a fee-paying school",
        share(AgencyKind.INDEPENDENT_SCHOOL),
        item(AgencyKind.INDEPENDENT_SCHOOL, basis()),
    ),
    no("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, basis())),
)
