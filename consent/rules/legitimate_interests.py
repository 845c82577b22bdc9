"""A private body may rely on legitimate interests that it has weighed (UK GDPR Art 6(1)(f))."""

from consent.bodies import PRIVATE, PRIVATE_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6

LAW = Law(
    id="legitimate-interests",
    title="Legitimate interests of a private body",
    citation="UK GDPR Art 6(1)(f)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body relies on legitimate interests."""
    if case.basis.article6 is not Article6.LEGITIMATE_INTERESTS or case.body not in PRIVATE:
        return None
    return Answer(
        "A private body may rely on this if it wrote down the purpose, why this is necessary, and how it weighed "
        "the interests of the person. The safeguarding interest needs no weighing.",
        PRIVATE_BODY_WAYS,
    )


_INTERESTS = basis(Article6.LEGITIMATE_INTERESTS)
EXAMPLES = (
    yes("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _INTERESTS)),
    no("a school that is a public authority", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, _INTERESTS)),
)
