"""Only competent authorities may process under Part 3 (DPA 2018 s30, Sch 7)."""

from consent.bodies import COMPETENT_AUTHORITIES
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Purpose, Regime

LAW = Law(
    id="part-3-not-competent",
    title="Not a competent authority",
    citation="DPA 2018 ss30, 31, Sch 7",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D22",),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a body outside Schedule 7 holds something under Part 3.

    A local authority counts only for enforcement functions of its own, never for enquiries under s47.
    """
    if case.basis.regime is not Regime.PART_3 or case.body in COMPETENT_AUTHORITIES:
        return None
    if case.body is AgencyKind.LOCAL_AUTHORITY and case.purpose is Purpose.CRIME:
        return None
    return Answer("This body is not a competent authority for law enforcement here; UK GDPR applies.", ("gdpr",))


_LEP = basis(regime=Regime.PART_3)
EXAMPLES = (
    yes("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _LEP)),
    no("the police", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _LEP)),
)
