"""A recognised legitimate interest counts only with its Annex 1 condition (UK GDPR Art 6(1)(ea), (5))."""

from consent.bodies import PRIVATE_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-unnamed",
    title="No Annex 1 condition is named",
    citation="UK GDPR Art 6(1)(ea), (5), Annex 1; DUAA 2025 s70(4)",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a recognised legitimate interest is relied on and no paragraph of Annex 1 is named."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or case.basis.annex1 is not None:
        return None
    if case.public:
        return None
    return Answer(
        "Say which paragraph of Annex 1 is met. Without one there is no recognised interest.", PRIVATE_BODY_WAYS
    )


_RLI = Article6.RECOGNISED_LEGITIMATE_INTEREST
EXAMPLES = (
    yes("no paragraph", share(AgencyKind.CLUB), item(AgencyKind.CLUB, basis(_RLI))),
    no("paragraph 6", share(AgencyKind.CLUB), item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.SAFEGUARDING))),
)
