"""Law-enforcement information may serve another law-enforcement purpose (DPA 2018 s36(3))."""

from consent.bodies import COMPETENT_AUTHORITIES, LAW_ENFORCEMENT
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Purpose, Regime

LAW = Law(
    id="part-3-to-law-enforcement",
    title="From law enforcement to law enforcement",
    citation="DPA 2018 ss35(5), 36(3)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D18",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a competent authority passes Part 3 information on for a law-enforcement purpose."""
    if case.basis.regime is not Regime.PART_3 or case.purpose not in LAW_ENFORCEMENT:
        return None
    if case.body not in COMPETENT_AUTHORITIES and case.body is not AgencyKind.LOCAL_AUTHORITY:
        return None
    return Answer(
        "The new purpose is law enforcement too: authorised by law, and it must be necessary and in proportion."
    )


_LEP = basis(regime=Regime.PART_3)
EXAMPLES = (
    yes(
        "police to probation",
        share(AgencyKind.POLICE, AgencyKind.PROBATION, purpose=Purpose.CRIME),
        item(AgencyKind.POLICE, _LEP),
    ),
    no("police to social care for welfare", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _LEP)),
)
