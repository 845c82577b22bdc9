"""Special-category information may be used with explicit consent (UK GDPR Art 9(2)(a))."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, ConsentState

LAW = Law(
    id="explicit-consent-condition",
    title="Explicit consent",
    citation="UK GDPR Art 9(2)(a)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D09",),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where explicit consent is the condition and is on record as given."""
    if case.basis.article9 is not Article9.EXPLICIT_CONSENT or case.basis.consent is not ConsentState.GIVEN:
        return None
    return Answer("This person's explicit consent is on record. It can be withdrawn.")


_EXPLICIT = basis(article9=Article9.EXPLICIT_CONSENT, consent=ConsentState.GIVEN)
EXAMPLES = (
    yes("given", share(AgencyKind.NHS), item(AgencyKind.NHS, _EXPLICIT)),
    no("refused", share(AgencyKind.NHS), item(AgencyKind.NHS, replace(_EXPLICIT, consent=ConsentState.REFUSED))),
)
