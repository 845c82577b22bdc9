"""Whoever receives law-enforcement information must be able to judge how good it is (DPA 2018 s38(4)-(5))."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="part-3-quality-unnoted",
    title="Nothing says how reliable this is",
    citation="DPA 2018 s38(4)-(5)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D21",),
    effect=Effect.FIX,
    question=Question.HANDLING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where Part 3 information comes without source, date or reliability."""
    if case.basis.regime is not Regime.PART_3 or case.item.quality_noted:
        return None
    return Answer("Add the source, the date and how reliable it is, so that the receiver can judge it.")


_BARE = replace(item(AgencyKind.POLICE, basis(regime=Regime.PART_3)), quality_noted=False)
EXAMPLES = (
    yes("bare", share(AgencyKind.POLICE), _BARE),
    no("noted", share(AgencyKind.POLICE), replace(_BARE, quality_noted=True)),
)
