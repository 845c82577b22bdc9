"""A voluntary body given a public body's function has that task as its own (UK GDPR Art 6(1)(e); DPA 2018 s8)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="public-task-delegated",
    title="A delegated statutory function",
    citation="UK GDPR Art 6(1)(e); DPA 2018 s8",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a commissioned voluntary body names its public task and the statute it was given to carry out."""
    if case.body is not AgencyKind.VCSE_COMMISSIONED or case.basis.article6 is not Article6.PUBLIC_TASK:
        return None
    if case.basis.gateway is None or case.around.sharer_is_processor:
        return None
    return Answer("The body carries out a statutory function that was handed to it, and decides for itself how.")


_CHARITY = AgencyKind.VCSE_COMMISSIONED
EXAMPLES = (
    yes("family support under s17", share(_CHARITY), item(_CHARITY, basis(gateway=Gateway.CA89_S17))),
    no("no function named", share(_CHARITY), item(_CHARITY, basis())),
)
