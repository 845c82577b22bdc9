"""The police must tell a child's school of domestic abuse (Domestic Abuse Act 2021 s49A)."""

from consent.bodies import SCHOOLS
from consent.examples import basis, hold, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DAA_49A
from consent.request import Act
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway, Purpose

LAW = Law(
    id="school-notice",
    title="Telling a child's school of domestic abuse",
    citation="UK GDPR Art 6(1)(c); Domestic Abuse Act 2021 s49A",
    valid_from=DAA_49A,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D23",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the police rest on s49A and the recipient is the child's school or college.

    An item that the hub holds for passing on has no recipient yet; that is judged when it is shared.
    """
    if case.body is not AgencyKind.POLICE or case.basis.gateway is not Gateway.DAA21_S49A:
        return None
    covered = case.request.recipient_kind in SCHOOLS and case.around.recipient_is_school_or_college
    if case.request.act is not Act.HOLD and not covered:
        return None
    return Answer(
        "The police must tell the school as soon as reasonably practicable when a child may be a victim of domestic "
        "abuse. Say the least that the school needs.",
        ("deliver before the next school day begins",),
    )


_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.DAA21_S49A)
_P = AgencyKind.POLICE
_WHY = Purpose.DOMESTIC_ABUSE_SCHOOL
EXAMPLES = (
    yes("to an academy", share(_P, AgencyKind.ACADEMY, purpose=_WHY), item(_P, _DUTY)),
    yes("to the hub, to be passed on", hold(_P, purpose=_WHY), item(_P, _DUTY)),
    no("to a club", share(_P, AgencyKind.CLUB, purpose=_WHY), item(_P, _DUTY)),
)
