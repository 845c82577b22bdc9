"""An information-governance officer may check who looked, without seeing the content (DPA 2018 s62(4))."""

from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-for-audit",
    title="Checking that reading was lawful",
    citation="DPA 2018 s62(4); UK GDPR Art 5(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.ACCESS,
    acts=READING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where an information-governance officer reads for the purpose of checking."""
    if case.request.role is not StaffRole.IG_OFFICER or case.purpose is not Purpose.AUDIT:
        return None
    return Answer("You may check that looking was lawful. For that you need dates and references, not the content.")


_MINE = item(AgencyKind.LOCAL_AUTHORITY, basis())
EXAMPLES = (
    yes("checking", read(StaffRole.IG_OFFICER, Purpose.AUDIT), _MINE),
    no("curious", read(StaffRole.IG_OFFICER, Purpose.SECTION_47), _MINE),
)
