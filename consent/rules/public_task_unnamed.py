"""An independent school that claims a public task should name the law that gives it (UK GDPR Art 6(3))."""

from consent.bodies import PRIVATE_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="public-task-unnamed",
    title="A private school claims a public task without naming the law",
    citation="UK GDPR Art 6(1)(e), (3); DPA 2018 s7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D26",),
    effect=Effect.WARNING,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where an independent school names public task without the statute behind it."""
    if case.body is not AgencyKind.INDEPENDENT_SCHOOL or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.basis.gateway is not None:
        return None
    return Answer(
        "A school outside the Freedom of Information Act has a public task only if law gives it one; none is named.",
        PRIVATE_BODY_WAYS,
    )


_SCHOOL = AgencyKind.INDEPENDENT_SCHOOL
EXAMPLES = (
    yes("no law named", share(_SCHOOL), item(_SCHOOL, basis())),
    no("the school standards named", share(_SCHOOL), item(_SCHOOL, basis(gateway=Gateway.EA02_S157))),
)
