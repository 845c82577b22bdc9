"""Law-enforcement information may serve a child's welfare where law authorises it (DPA 2018 s36(4))."""

from dataclasses import replace

from consent.bodies import COMPETENT_AUTHORITIES, LAW_ENFORCEMENT
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="part-3-to-welfare",
    title="From law enforcement to welfare, with authority in law",
    citation="DPA 2018 s36(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D16",),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where information held under Part 3 goes to a welfare purpose and names the law that authorises it."""
    if case.basis.regime is not Regime.PART_3 or case.body not in COMPETENT_AUTHORITIES:
        return None
    if case.purpose in LAW_ENFORCEMENT or not case.basis.authority_36_4:
        return None
    return Answer(
        "The law named authorises using this for a child's welfare. From here on UK GDPR applies to "
        "it, so the receiver "
        "needs a basis and a condition of its own."
    )


_LEP = basis(regime=Regime.PART_3, authority="Children Act 2004 s11")
EXAMPLES = (
    yes("police to social care", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _LEP)),
    no(
        "no authority named",
        share(AgencyKind.POLICE),
        item(AgencyKind.POLICE, replace(_LEP, authority_36_4=None)),
    ),
)
