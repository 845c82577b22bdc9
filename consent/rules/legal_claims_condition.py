"""Special-category information may be used for legal claims or by courts (UK GDPR Art 9(2)(f))."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="legal-claims-condition",
    title="Legal claims",
    citation="UK GDPR Art 9(2)(f)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where legal claims are the condition."""
    if case.basis.article9 is not Article9.LEGAL_CLAIMS:
        return None
    return Answer("Bringing or answering a legal claim needs this, or a court does.")


EXAMPLES = (
    yes("care proceedings", share(AgencyKind.NHS), item(AgencyKind.NHS, basis(article9=Article9.LEGAL_CLAIMS))),
    no("no condition", share(AgencyKind.NHS), item(AgencyKind.NHS, basis())),
)
