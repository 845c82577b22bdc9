"""Explicit consent that nobody gave meets no condition (UK GDPR Art 7(1), Art 9(2)(a))."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, ConsentState

LAW = Law(
    id="explicit-consent-not-held",
    title="Explicit consent is relied on but was not given",
    citation="UK GDPR Art 7(1), Art 9(2)(a)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where explicit consent is the condition and the record does not show it as given."""
    if case.basis.article9 is not Article9.EXPLICIT_CONSENT or case.basis.consent is ConsentState.GIVEN:
        return None
    return Answer(
        "Explicit consent is named, but the record does not show that this person gave it.",
        ("9g_para_18 with its reason", "9g_para_6", "9h_para_2"),
    )


_EXPLICIT = basis(article9=Article9.EXPLICIT_CONSENT, consent=ConsentState.WITHDRAWN)
EXAMPLES = (
    yes("withdrawn", share(AgencyKind.NHS), item(AgencyKind.NHS, _EXPLICIT)),
    no("given", share(AgencyKind.NHS), item(AgencyKind.NHS, replace(_EXPLICIT, consent=ConsentState.GIVEN))),
)
