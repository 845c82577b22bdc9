"""Confidence is no obstacle where the person agreed or statute allows (common law)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Confidence

LAW = Law(
    id="confidence-met",
    title="Confidence is met by agreement or by statute",
    citation="Common law; W v Egdell [1990] Ch 359",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.CONFIDENCE,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where agreement or statute is recorded as the answer to confidence."""
    if case.basis.confidence is Confidence.AGREEMENT:
        return Answer("This person agreed that it may be passed on.")
    if case.basis.confidence is Confidence.STATUTE:
        return Answer("Statute requires or permits this, so passing it on breaks no confidence.")
    return None


EXAMPLES = (
    yes("agreed", share(AgencyKind.GP), item(AgencyKind.GP, basis(confidence=Confidence.AGREEMENT))),
    no("not engaged", share(AgencyKind.GP), item(AgencyKind.GP, basis())),
)
