"""A private body may rely on the recognised legitimate interest in dealing with crime (UK GDPR Annex 1 para 5)."""

from consent.bodies import PRIVATE
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Annex1, Article6

LAW = Law(
    id="recognised-interest-crime",
    title="Recognised legitimate interest: crime",
    citation="UK GDPR Art 6(1)(ea), Annex 1 para 5; DUAA 2025 s70, Sch 4",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D30",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body relies on Annex 1 paragraph 5."""
    if case.basis.article6 is not Article6.RECOGNISED_LEGITIMATE_INTEREST or case.body not in PRIVATE:
        return None
    if case.basis.annex1 is not Annex1.CRIME:
        return None
    return Answer(
        "Detecting, investigating or preventing a crime is a recognised interest, where this is needed for it."
    )


_RLI = Article6.RECOGNISED_LEGITIMATE_INTEREST
EXAMPLES = (
    yes(
        "a club reports a coach",
        share(AgencyKind.CLUB, AgencyKind.POLICE),
        item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.CRIME)),
    ),
    no(
        "another paragraph",
        share(AgencyKind.CLUB, AgencyKind.POLICE),
        item(AgencyKind.CLUB, basis(_RLI, annex1=Annex1.SAFEGUARDING)),
    ),
)
