"""A private body may rely on the recognised interest in answering an emergency (UK GDPR Annex 1 paras 3-4)."""

from consent.bodies import PRIVATE
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6, Purpose

LAW = Law(
    id="recognised-interest-emergency",
    title="Recognised legitimate interest: an emergency",
    citation="UK GDPR Art 6(1)(ea), Annex 1 paras 3-4; Civil Contingencies Act 2004 Part 2",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body relies on Annex 1 paragraph 3."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or case.body not in PRIVATE:
        return None
    if case.basis.annex1 is not Annex1.EMERGENCY:
        return None
    return Answer(
        "Answering an emergency is a recognised interest. It means a civil emergency as the 2004 Act defines "
        "it; for one child in danger the safeguarding paragraph fits better.",
        ("6ea with Annex 1 para 6",),
    )


_RLI = basis(Article6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.EMERGENCY)
EXAMPLES = (
    yes("a club in a flood", share(AgencyKind.CLUB, purpose=Purpose.EMERGENCY), item(AgencyKind.CLUB, _RLI)),
    no("a hospital", share(AgencyKind.NHS, purpose=Purpose.EMERGENCY), item(AgencyKind.NHS, _RLI)),
)
