"""Only staff whose role is known to the hub may read (UK GDPR Art 32(4); DPA 2018 s57)."""

from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="role-missing",
    title="The reader has no role here",
    citation="UK GDPR Arts 25, 32(4); DPA 2018 s57",
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
    """Applies where the person who wants to read has no role in the hub's registry."""
    if case.request.role is not None:
        return None
    return Answer("You have no role here that lets you read about a child.")


_MINE = item(AgencyKind.LOCAL_AUTHORITY, basis())
EXAMPLES = (
    yes("no role", read(None, Purpose.SECTION_47), _MINE),
    no("a decision-maker", read(StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47), _MINE),
)
