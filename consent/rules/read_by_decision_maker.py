"""Whoever decides at the MASH may see what all agencies reported (Children Act 1989 s17, s47)."""

from consent.bodies import WELFARE
from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-by-decision-maker",
    title="Reading to decide about a child",
    citation="UK GDPR Art 6(1)(e); Children Act 1989 ss17, 47; Children Act 2004 ss10, 11",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.ACCESS,
    acts=READING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where a MASH decision-maker reads for early help, s17, s47 or an emergency."""
    if case.request.role is not StaffRole.MASH_DECISION_MAKER or case.purpose not in WELFARE:
        return None
    if case.request.to_answer:
        return None
    return Answer(
        "The authority and its partners must find out what a child needs, and you decide about that for them."
    )


_MINE = item(AgencyKind.LOCAL_AUTHORITY, basis())
EXAMPLES = (
    yes("an enquiry", read(StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47), _MINE),
    no("to check the log", read(StaffRole.MASH_DECISION_MAKER, Purpose.AUDIT), _MINE),
)
