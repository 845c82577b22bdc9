"""A legal obligation is a basis for the body that the law itself obliges (UK GDPR Art 6(1)(c), (3))."""

from consent.bodies import LEGAL_DUTY
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Gateway

LAW = Law(
    id="legal-obligation",
    title="A named duty obliges this body",
    citation="UK GDPR Art 6(1)(c), (3); Children Act 1989 ss17, 27, 46, 47; CJA 2003 s325; Education Act 2002 s157",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the basis is a legal obligation and the duty named is one that binds a body of this kind."""
    gateway = case.basis.gateway
    if case.basis.article6 is not Article6.LEGAL_OBLIGATION or gateway is None:
        return None
    if case.body not in LEGAL_DUTY.get(gateway, frozenset()):
        return None
    return Answer(f"{gateway.meaning} lays a duty on this body, and doing this is needed to meet it.")


_S47 = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA89_S47)
EXAMPLES = (
    yes(
        "a local authority makes enquiries",
        share(AgencyKind.LOCAL_AUTHORITY, AgencyKind.NHS),
        item(AgencyKind.LOCAL_AUTHORITY, _S47),
    ),
    no("a club claims the same duty", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _S47)),
)
