"""A patient's confidence is a separate question and needs its own answer (common law; GMC guidance)."""

from dataclasses import replace

from consent.bodies import HEALTH
from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, Confidence, ConsentState

LAW = Law(
    id="confidence-unexplained",
    title="Nothing says how confidence is met",
    citation="Common law; GMC 0-18 years guidance paras 32-35",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D11",),
    effect=Effect.FIX,
    question=Question.CONFIDENCE,
    acts=SHARING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the NHS shares health information, asking is unsafe, and confidence is not dealt with."""
    if case.body not in HEALTH or not case.special or case.basis.consent is not ConsentState.UNSAFE_TO_ASK:
        return None
    if case.basis.confidence is not Confidence.NOT_ENGAGED:
        return None
    return Answer(
        "A patient's information is confidential. Record that the public interest in protecting the child "
        "outweighs this, and why.",
        ("public_interest", "statute"),
    )


_ASKED = basis(article9=Article9.HEALTH_OR_SOCIAL_CARE, consent=ConsentState.UNSAFE_TO_ASK)
_NHS = AgencyKind.NHS
EXAMPLES = (
    yes("nothing recorded", share(_NHS), item(_NHS, _ASKED, classes=ABOUT_HEALTH)),
    no(
        "recorded",
        share(_NHS),
        item(_NHS, replace(_ASKED, confidence=Confidence.PUBLIC_INTEREST), classes=ABOUT_HEALTH),
    ),
)
