"""Reading by someone not recorded as working with the child is open to review (DPA 2018 s57; UK GDPR Art 32)."""

from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-unassigned",
    title="The reader is not recorded as working with this child",
    citation="UK GDPR Arts 25, 32; DPA 2018 s57",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D65",),
    effect=Effect.WARNING,
    question=Question.ACCESS,
    acts=READING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where a practitioner reads who is not recorded as working with this child, nor asked about it."""
    if case.request.role is not StaffRole.PRACTITIONER or case.request.assigned or case.request.to_answer:
        return None
    return Answer("You are not recorded as working with this child. That you looked is on record and can be reviewed.")


_MINE = item(AgencyKind.ACADEMY, basis())
EXAMPLES = (
    yes("not assigned", read(StaffRole.PRACTITIONER, Purpose.SECTION_17, AgencyKind.ACADEMY), _MINE),
    no("asked which child is meant", read(StaffRole.PRACTITIONER, Purpose.SECTION_17, to_answer=True), _MINE),
    no("assigned", read(StaffRole.PRACTITIONER, Purpose.SECTION_17, AgencyKind.ACADEMY, assigned=True), _MINE),
)
