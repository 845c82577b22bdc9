"""A private body may rely on the recognised interest in safeguarding (UK GDPR Art 6(1)(ea), Annex 1 para 6)."""

from consent.bodies import PRIVATE
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-safeguarding",
    title="Recognised legitimate interest: safeguarding a vulnerable individual",
    citation="UK GDPR Art 6(1)(ea), Annex 1 paras 6-7; DUAA 2025 s70, Sch 4",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D26", "D27", "D30", "D31", "D51"),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body relies on Annex 1 paragraph 6."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or case.body not in PRIVATE:
        return None
    if case.basis.annex1 is not Annex1.SAFEGUARDING:
        return None
    return Answer(
        "Keeping a child from harm, or protecting the child's well-being, is a recognised interest. It must be "
        "necessary; it need not be weighed against other interests."
    )


_RLI = basis(Article6.RECOGNISED_LEGITIMATE_INTEREST, annex1=Annex1.SAFEGUARDING)
EXAMPLES = (
    yes("a club worried about a child", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _RLI)),
    no("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _RLI)),
)
