"""A practitioner may see what their own agency supplied about a child it knows (UK GDPR Art 5(1)(c), Art 25)."""

from consent.bodies import WELFARE
from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-by-practitioner",
    title="Reading one's own agency's items",
    citation="UK GDPR Art 5(1)(c), Art 6(1)(e), Art 25",
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
    """Applies where a practitioner reads for a child's welfare and their agency has reported about the child."""
    if case.request.role is not StaffRole.PRACTITIONER or case.purpose not in WELFARE or case.request.to_answer:
        return None
    agency = case.request.agency
    if not any(each.agency == agency for each in case.facts.items):
        return None
    return Answer("Your agency has reported about this child; you may see what it reported.")


_SCHOOL = read(StaffRole.PRACTITIONER, Purpose.SECTION_17, AgencyKind.ACADEMY)
EXAMPLES = (
    yes("own agency reported", _SCHOOL, item(AgencyKind.ACADEMY, basis())),
    no("only the police did", _SCHOOL, item(AgencyKind.POLICE, basis())),
)
