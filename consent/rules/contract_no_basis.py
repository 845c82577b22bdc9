"""Safeguarding a child is not the performance of a contract with the child (UK GDPR Art 6(1)(b))."""

from consent.bodies import better_basis
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6

LAW = Law(
    id="contract-no-basis",
    title="A contract is no basis for this",
    citation="UK GDPR Art 6(1)(b)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where contract is named as the basis."""
    if case.basis.article6 is not Article6.CONTRACT:
        return None
    return Answer("A contract with the family is not what makes this necessary.", better_basis(case.body))


EXAMPLES = (
    yes("a club names its contract", hold(AgencyKind.CLUB), item(AgencyKind.CLUB, basis(Article6.CONTRACT))),
    no("public task", hold(AgencyKind.NHS), item(AgencyKind.NHS, basis())),
)
