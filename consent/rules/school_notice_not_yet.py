"""There was no statutory duty to tell schools before 7 November 2025 (Victims and Prisoners Act 2024 s20)."""

from datetime import date

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="school-notice-not-yet",
    title="The duty to tell schools did not exist on that day",
    citation="Domestic Abuse Act 2021 s49A; Victims and Prisoners Act 2024 s20 and commencement",
    valid_from=DPA_2018,
    valid_to=date(2025, 11, 6),
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies, up to 6 November 2025, wherever s49A is the gateway."""
    if case.basis.gateway is not Gateway.DAA21_S49A:
        return None
    return Answer(
        "The duty began on 7 November 2025; before that, forces told schools under their own schemes.",
        ("6e with common_law",),
    )


_P = AgencyKind.POLICE
_DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.DAA21_S49A)
_EVE = date(2025, 11, 6)
EXAMPLES = (
    yes("the day before", share(_P, AgencyKind.ACADEMY, on=_EVE), item(_P, _DUTY, on=_EVE)),
    no("today", share(_P, AgencyKind.ACADEMY), item(_P, _DUTY)),
)
