"""Confidence yields to the overriding interest in protecting a child (common law; GMC, 0-18 years guidance)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Confidence, ConsentState

LAW = Law(
    id="confidence-public-interest",
    title="Confidence yields to the protection of the child",
    citation="Common law; GMC 0-18 years guidance paras 32-35",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D11",),
    effect=Effect.GROUND,
    question=Question.CONFIDENCE,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where overriding public interest is recorded as the answer to confidence."""
    if case.basis.confidence is not Confidence.PUBLIC_INTEREST:
        return None
    if case.basis.consent is ConsentState.UNSAFE_TO_ASK:
        return Answer("Asking would itself put someone at risk; protecting the child outweighs the confidence.")
    return Answer("Protecting the child outweighs the confidence. The reason must be on record.")


_TOLD = basis(confidence=Confidence.PUBLIC_INTEREST, consent=ConsentState.UNSAFE_TO_ASK)
EXAMPLES = (
    yes("a patient's words", share(AgencyKind.NHS), item(AgencyKind.NHS, _TOLD)),
    no("nothing confidential", share(AgencyKind.NHS), item(AgencyKind.NHS, basis())),
)
