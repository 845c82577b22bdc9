"""A practitioner whose agency does not know the child may not look (UK GDPR Art 25(2); DPA 2018 s57)."""

from dataclasses import replace

from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-unlinked",
    title="Nothing links the reader's agency to this child",
    citation="UK GDPR Art 5(1)(c), Art 25(2), Art 32; DPA 2018 s57(3)-(5)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D65",),
    effect=Effect.BAR,
    question=Question.ACCESS,
    acts=READING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where a practitioner's agency has supplied nothing about this child, and is not asked which it is."""
    if case.request.role is not StaffRole.PRACTITIONER or case.request.to_answer:
        return None
    agency = case.request.agency
    if any(each.agency == agency for each in case.facts.items):
        return None
    return Answer(
        "Nothing links your agency to this child. If you are worried about the child, tell the MASH; if you must look, "
        "ask for access that is given with a reason, an alert and a review.",
        ("report a concern", "ask for reviewed access"),
    )


_SCHOOL = read(StaffRole.PRACTITIONER, Purpose.SECTION_17, AgencyKind.ACADEMY)
EXAMPLES = (
    yes("only the police reported", _SCHOOL, item(AgencyKind.POLICE, basis())),
    no("asked which child is meant", replace(_SCHOOL, to_answer=True), item(AgencyKind.POLICE, basis())),
    no("own agency reported", _SCHOOL, item(AgencyKind.ACADEMY, basis())),
)
