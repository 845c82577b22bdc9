"""The statutory-purpose condition needs a function conferred by law (DPA 2018 Sch 1 para 6(2))."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="statutory-purpose-without-function",
    title="A statutory purpose without a statute",
    citation="DPA 2018 Sch 1 para 6(1)-(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body names para 6 and no statute that gives it a function."""
    if case.basis.article9 is not Article9.STATUTORY_PURPOSE or case.public or case.basis.gateway is not None:
        return None
    return Answer("No function given by law is named for this body.", ("9g_para_18 with its reason",))


_P6 = basis(article9=Article9.STATUTORY_PURPOSE, policy=True)
EXAMPLES = (
    yes("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _P6)),
    no("a local authority", share(AgencyKind.LOCAL_AUTHORITY), item(AgencyKind.LOCAL_AUTHORITY, _P6)),
)
