"""The safeguarding condition is for acting without consent; with it, another fits (DPA 2018 Sch 1 para 18(1)(c))."""

from dataclasses import replace

from consent.bodies import SAFEGUARDING_CONDITIONS
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, ConsentState, NoConsentReason

LAW = Law(
    id="safeguarding-consent-given",
    title="Consent was given, so this condition does not fit",
    citation="DPA 2018 Sch 1 para 18(1)(c); UK GDPR Art 9(2)(a)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D09",),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the safeguarding condition is named for a person who consented."""
    if case.basis.article9 not in SAFEGUARDING_CONDITIONS or case.basis.consent is not ConsentState.GIVEN:
        return None
    return Answer("This condition is for acting without consent, and this person gave it.", ("9a", "9g_para_6"))


_P18 = basis(article9=Article9.SAFEGUARDING, why=NoConsentReason.CANNOT_BE_GIVEN, policy=True)
EXAMPLES = (
    yes("given", hold(AgencyKind.NHS), item(AgencyKind.NHS, replace(_P18, consent=ConsentState.GIVEN))),
    no("cannot be given", hold(AgencyKind.NHS), item(AgencyKind.NHS, _P18)),
)
