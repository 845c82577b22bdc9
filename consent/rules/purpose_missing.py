"""Nobody reads or moves anything about a child without saying why (UK GDPR Art 5(1)(b); DPA 2018 s36)."""

from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="purpose-missing",
    title="No purpose is stated",
    citation="UK GDPR Art 5(1)(b); DPA 2018 s36(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.BAR,
    question=Question.ACCESS,
    acts=READING | SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where a request to read or to share states no purpose."""
    if case.purpose is not None:
        return None
    return Answer("Say what this is for. Without a purpose nothing can be necessary.")


_MINE = item(AgencyKind.LOCAL_AUTHORITY, basis())
EXAMPLES = (
    yes("no purpose", read(StaffRole.MASH_DECISION_MAKER, None), _MINE),
    no("s47", read(StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47), _MINE),
)
