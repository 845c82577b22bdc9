"""Every person in an item held under UK GDPR needs a stated lawful basis (UK GDPR Art 5(1)(a), Art 6(1))."""

from consent.bodies import better_basis
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="basis-missing",
    title="No lawful basis is stated",
    citation="UK GDPR Art 5(1)(a), Art 6(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where information is held under UK GDPR and no Article 6 basis is named for this person."""
    if case.basis.article6 is not None or case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer("No lawful basis is stated for this person. Name the one that is relied on.", better_basis(case.body))


EXAMPLES = (
    yes("a school names no basis", hold(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, basis(None))),
    no("a school names its public task", hold(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, basis())),
)
