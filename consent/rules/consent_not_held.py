"""Consent that nobody gave is no basis (UK GDPR Art 7(1), (3))."""

from consent.bodies import better_basis
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, ConsentState

LAW = Law(
    id="consent-not-held",
    title="Consent is relied on but was not given",
    citation="UK GDPR Art 7(1), (3)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where consent is the basis and the record does not show it as given."""
    if case.basis.article6 is not Article6.CONSENT or case.basis.consent is ConsentState.GIVEN:
        return None
    return Answer(
        "Consent is named as the basis, but the record does not show that this person gave it.",
        better_basis(case.body),
    )


EXAMPLES = (
    yes(
        "refused, and relied on all the same",
        hold(AgencyKind.NHS),
        item(AgencyKind.NHS, basis(Article6.CONSENT, consent=ConsentState.REFUSED)),
    ),
    no(
        "given",
        hold(AgencyKind.NHS),
        item(AgencyKind.NHS, basis(Article6.CONSENT, consent=ConsentState.GIVEN)),
    ),
)
