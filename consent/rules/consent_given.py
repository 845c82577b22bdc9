"""Consent that was asked for and given is a lawful basis (UK GDPR Art 6(1)(a))."""

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, ConsentState, NeedLevel

LAW = Law(
    id="consent-given",
    title="Consent was given",
    citation="UK GDPR Art 6(1)(a), Art 7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where consent is the basis, is on record as given, and significant harm is not feared."""
    if case.basis.article6 is not Article6.CONSENT or case.basis.consent is not ConsentState.GIVEN:
        return None
    if case.request.need is NeedLevel.SIGNIFICANT_HARM:
        return None
    return Answer("This person's consent is on record. It stops being a basis on the day it is withdrawn.")


_GIVEN = basis(Article6.CONSENT, consent=ConsentState.GIVEN)
EXAMPLES = (
    yes("consent given to a charity", hold(AgencyKind.CLUB), item(AgencyKind.CLUB, _GIVEN)),
    no(
        "consent withdrawn",
        hold(AgencyKind.CLUB),
        item(AgencyKind.CLUB, basis(Article6.CONSENT, consent=ConsentState.WITHDRAWN)),
    ),
    no(
        "given, but harm is feared",
        hold(AgencyKind.CLUB, need=NeedLevel.SIGNIFICANT_HARM),
        item(AgencyKind.CLUB, _GIVEN),
    ),
)
