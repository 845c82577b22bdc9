"""A public authority may not rest its tasks on a recognised legitimate interest (UK GDPR Art 6(1), closing words)."""

from consent.bodies import PUBLIC_BODY_WAYS
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-closed",
    title="Recognised legitimate interests are closed to public authorities",
    citation="UK GDPR Art 6(1) closing words; DUAA 2025 s70(2)(c); DPA 2018 s7",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D02",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a public authority relies on a recognised legitimate interest."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or not case.public:
        return None
    return Answer(
        "A public authority performing its tasks may not use this basis. Its own public task, or a duty laid "
        "on it, is the one that fits.",
        PUBLIC_BODY_WAYS,
    )


_RLI = basis(Article6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.SAFEGUARDING)
EXAMPLES = (
    yes("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _RLI)),
    yes("an academy", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, _RLI)),
    no("a charity", share(AgencyKind.VCSE_INDEPENDENT), item(AgencyKind.VCSE_INDEPENDENT, _RLI)),
)
