"""A public authority may not rest its tasks on legitimate interests (UK GDPR Art 6(1), closing words)."""

from consent.bodies import PUBLIC_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6

LAW = Law(
    id="legitimate-interests-closed",
    title="Legitimate interests are closed to public authorities",
    citation="UK GDPR Art 6(1) closing words; DPA 2018 s7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D03",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a public authority relies on legitimate interests."""
    if case.basis.article6 is not Article6.LEGITIMATE_INTERESTS or not case.public:
        return None
    return Answer("A public authority performing its tasks may not rely on legitimate interests.", PUBLIC_BODY_WAYS)


_INTERESTS = basis(Article6.LEGITIMATE_INTERESTS)
EXAMPLES = (
    yes("a police force", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _INTERESTS)),
    no("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _INTERESTS)),
)
