"""Schools must make arrangements to safeguard their pupils, and may share for it (Education Act 2002 ss157, 175)."""

from consent.bodies import SCHOOLS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway

LAW = Law(
    id="school-safeguarding",
    title="A school's safeguarding duty",
    citation="Education Act 2002 s175 (maintained schools), s157 (academies and independent schools)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D25",),
    effect=Effect.GROUND,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a school names the section that is its own."""
    gateway = Gateway.EA02_S175 if case.body is AgencyKind.MAINTAINED_SCHOOL else Gateway.EA02_S157
    if case.body not in SCHOOLS or case.basis.gateway is not gateway:
        return None
    return Answer("The school must make arrangements to keep its pupils safe, and telling others is part of them.")


_S175 = basis(gateway=Gateway.EA02_S175)
EXAMPLES = (
    yes("a maintained school", share(AgencyKind.MAINTAINED_SCHOOL), item(AgencyKind.MAINTAINED_SCHOOL, _S175)),
    no("an academy names the wrong one", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, _S175)),
)
