"""A legal obligation must be named, and must bind the body that claims it (UK GDPR Art 6(1)(c), (3))."""

from consent.bodies import JUDGED_BY_THEIR_OWN_RULE, LEGAL_DUTY, better_basis
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway, Purpose

LAW = Law(
    id="legal-obligation-unnamed",
    title="No duty is named that binds this body",
    citation="UK GDPR Art 6(1)(c), (3)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the basis is a legal obligation and no duty on a body of this kind is named with it."""
    gateway = case.basis.gateway
    if case.basis.article6 is not Article6.LEGAL_OBLIGATION or gateway in JUDGED_BY_THEIR_OWN_RULE:
        return None
    if case.purpose is Purpose.SUBJECT_ACCESS:
        return None
    if gateway is not None and case.body in LEGAL_DUTY.get(gateway, frozenset()):
        return None
    return Answer(
        "A legal obligation is claimed, but no duty is named that the law lays on this body. A power to share, or "
        "another body's duty, is not enough.",
        tuple(way for way in better_basis(case.body) if way != Article6.LEGAL_OBLIGATION.value),
    )


EXAMPLES = (
    yes("no duty named", share(AgencyKind.NHS), item(AgencyKind.NHS, basis(Article6.LEGAL_OBLIGATION))),
    no(
        "the enquiry duty of a local authority",
        share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.NHS),
        item(AgencyKind.LOCAL_AUTHORITY, basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA89_S47)),
    ),
)
