"""Consent is no basis where a child may be suffering significant harm (UK GDPR Arts 4(11), 7)."""

from consent.bodies import better_basis
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, NeedLevel

LAW = Law(
    id="consent-where-harm-is-feared",
    title="Consent is not a real choice where significant harm is feared",
    citation="UK GDPR Art 4(11), Art 7; DfE information sharing advice 2024, rule 3",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D01",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where consent is the basis and need is at the level of significant harm."""
    if case.basis.article6 is not Article6.CONSENT or case.request.need is not NeedLevel.SIGNIFICANT_HARM:
        return None
    return Answer(
        "You would act whatever the family answered, so the choice is not real, and withdrawing it would stop the "
        "protection. Rely on another basis, and tell the family where that is safe.",
        better_basis(case.body),
    )


_HARM = NeedLevel.SIGNIFICANT_HARM
_CONSENT = basis(Article6.CONSENT)
EXAMPLES = (
    yes("consent, harm feared", hold(AgencyKind.NHS, need=_HARM), item(AgencyKind.NHS, _CONSENT)),
    no("public task, harm feared", hold(AgencyKind.NHS, need=_HARM), item(AgencyKind.NHS, basis())),
    no("consent, early help", hold(AgencyKind.NHS, need=NeedLevel.EARLY_HELP), item(AgencyKind.NHS, _CONSENT)),
)
