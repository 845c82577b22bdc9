"""Named bodies must have regard to children's safety and welfare, and may share for it (Children Act 2004 ss10, 11)."""

from consent.bodies import SECTION_11
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway

LAW = Law(
    id="safeguarding-functions",
    title="Co-operation and regard to welfare",
    citation="Children Act 2004 ss10, 11",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a body listed in s11 names s10 or s11; these imply a power and lay down no duty to disclose."""
    if case.body not in SECTION_11 or case.basis.gateway not in (Gateway.CA04_S10, Gateway.CA04_S11):
        return None
    return Answer(
        "The law expects this body to work with others and to have regard to children's welfare; that implies a "
        "power to share."
    )


_S11 = basis(gateway=Gateway.CA04_S11)
EXAMPLES = (
    yes("the police", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _S11)),
    no("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _S11)),
)
