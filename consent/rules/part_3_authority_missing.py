"""Law-enforcement information may not serve another purpose unless law authorises it (DPA 2018 s36(4))."""

from dataclasses import replace

from consent.bodies import COMPETENT_AUTHORITIES, LAW_ENFORCEMENT
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Purpose, Regime

LAW = Law(
    id="part-3-authority-missing",
    title="No law is named that authorises the new purpose",
    citation="DPA 2018 s36(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D17",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where information held under Part 3 goes to a welfare purpose and no authorising law is named."""
    if case.basis.regime is not Regime.PART_3 or case.body not in COMPETENT_AUTHORITIES:
        return None
    if case.purpose in LAW_ENFORCEMENT or case.basis.authority_36_4:
        return None
    return Answer(
        "This was held for law enforcement. Name the law that allows it to be used for the child's welfare.",
        ("Children Act 2004 s10 or s11", "Children Act 1989 s46 or s47", "common-law duty to protect life"),
    )


_LEP = basis(regime=Regime.PART_3)
EXAMPLES = (
    yes("nothing named", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _LEP)),
    no("named", share(AgencyKind.POLICE), item(AgencyKind.POLICE, replace(_LEP, authority_36_4="CA04 s11"))),
    no("to prosecute", share(AgencyKind.POLICE, purpose=Purpose.CRIME), item(AgencyKind.POLICE, _LEP)),
)
