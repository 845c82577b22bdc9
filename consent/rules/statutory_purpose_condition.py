"""Special-category information may be used where a statutory function needs it (DPA 2018 Sch 1 para 6)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="statutory-purpose-condition",
    title="Statutory purpose",
    citation="UK GDPR Art 9(2)(g); DPA 2018 Sch 1 paras 5, 6",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D05", "D12", "D25"),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where para 6 is named with a policy document, by a public authority or with the statute named."""
    if case.basis.article9 is not Article9.STATUTORY_PURPOSE or not case.basis.policy_document:
        return None
    if not case.public and case.basis.gateway is None:
        return None
    return Answer("A function given by law needs this information, for reasons of substantial public interest.")


_P6 = basis(article9=Article9.STATUTORY_PURPOSE, policy=True)
EXAMPLES = (
    yes("a local authority", share(AgencyKind.LOCAL_AUTHORITY), item(AgencyKind.LOCAL_AUTHORITY, _P6)),
    no("a club with no function", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _P6)),
)
