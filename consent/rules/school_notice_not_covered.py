"""The duty to tell schools does not reach nurseries, clubs or charities (Domestic Abuse Act 2021 s49A(3)-(4))."""

from consent.bodies import SCHOOLS
from consent.examples import basis, hold, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DAA_49A
from consent.request import Act
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway, Purpose

LAW = Law(
    id="school-notice-not-covered",
    title="The duty to tell schools does not cover this recipient",
    citation="Domestic Abuse Act 2021 s49A(3)-(4)",
    valid_from=DAA_49A,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D24",),
    effect=Effect.FIX,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where s49A is the gateway and the recipient is no school or college, or the sender is not the police."""
    if case.basis.gateway is not Gateway.DAA21_S49A:
        return None
    covered = case.request.recipient_kind in SCHOOLS and case.around.recipient_is_school_or_college
    if case.body is AgencyKind.POLICE and (covered or case.request.act is Act.HOLD):
        return None
    return Answer(
        "The duty is the police's, towards schools and colleges. A nursery, a club or a charity may still be told: "
        "decide for this child, on the public task.",
        ("6e with common_law", "6e with ca04_s10"),
    )


_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.DAA21_S49A)
_P = AgencyKind.POLICE
_WHY = Purpose.DOMESTIC_ABUSE_SCHOOL
EXAMPLES = (
    yes("to a nursery", share(_P, AgencyKind.VCSE_INDEPENDENT, purpose=_WHY), item(_P, _DUTY)),
    no("to the hub, to be passed on", hold(_P, purpose=_WHY), item(_P, _DUTY)),
    no("to an academy", share(_P, AgencyKind.ACADEMY, purpose=_WHY), item(_P, _DUTY)),
)
