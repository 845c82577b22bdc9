"""Law-enforcement information must keep fact from assessment and say who is who (DPA 2018 s38(2)-(3))."""

from dataclasses import replace

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="part-3-not-separated",
    title="Fact and assessment are not kept apart",
    citation="DPA 2018 s38(2)-(3)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D20",),
    effect=Effect.FIX,
    question=Question.HANDLING,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where Part 3 information has no mark of fact or assessment, or does not say who is suspect or victim."""
    if case.basis.regime is not Regime.PART_3 or case.item.separated:
        return None
    return Answer("Mark what is fact and what is opinion, and who is suspect, victim or witness.")


_MIXED = replace(item(AgencyKind.POLICE, basis(regime=Regime.PART_3)), separated=False)
EXAMPLES = (
    yes("mixed", hold(AgencyKind.POLICE), _MIXED),
    no("marked", hold(AgencyKind.POLICE), replace(_MIXED, separated=True)),
)
