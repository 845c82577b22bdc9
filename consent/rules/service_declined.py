"""Where a family declines early help, share only what tests whether need is higher (UK GDPR Art 5(1)(c))."""

from consent.circumstances import Circumstances, ServiceAgreement
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, NeedLevel, Purpose

LAW = Law(
    id="service-declined",
    title="The family declined the service",
    citation="UK GDPR Art 5(1)(c); Working Together ch 3",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D52",),
    effect=Effect.WARNING,
    question=Question.HANDLING,
    acts=SHARING,
    holds=True,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where early help was declined or withdrawn, need is at most early help, and nothing indicates harm."""
    if case.purpose is not Purpose.EARLY_HELP or case.around.harm_indicated:
        return None
    if case.around.service_agreement not in (ServiceAgreement.DECLINED, ServiceAgreement.WITHDRAWN):
        return None
    if case.request.need not in (None, NeedLevel.UNIVERSAL, NeedLevel.EARLY_HELP):
        return None
    return Answer(
        "Early help is voluntary, and this family said no. Hold back, save for what is needed to see whether the "
        "child's need is greater than early help."
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_LOW = share(_LA, AgencyKind.ACADEMY, purpose=Purpose.EARLY_HELP, need=NeedLevel.EARLY_HELP)
EXAMPLES = (
    yes(
        "declined",
        _LOW,
        item(_LA, basis()),
        around=Circumstances(service_agreement=ServiceAgreement.DECLINED),
    ),
    no("agreed", _LOW, item(_LA, basis()), around=Circumstances(service_agreement=ServiceAgreement.AGREED)),
)
