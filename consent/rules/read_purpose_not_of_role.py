"""Each role may read only for the purposes that belong to it (UK GDPR Art 5(1)(b), Art 25, Art 32(4))."""

from consent.bodies import ANSWERS, WELFARE
from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-purpose-not-of-role",
    title="This purpose does not belong to this role",
    citation="UK GDPR Art 5(1)(b), Arts 25, 32(4); DPA 2018 s57",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.BAR,
    question=Question.ACCESS,
    acts=READING,
)

_OF_ROLE = {
    StaffRole.MASH_DECISION_MAKER: WELFARE,
    StaffRole.MASH_RESEARCHER: WELFARE - {Purpose.EARLY_HELP},
    StaffRole.PRACTITIONER: WELFARE,
    StaffRole.IG_OFFICER: frozenset({Purpose.AUDIT}),
}


def judge(case: RequestCase) -> Answer | None:
    """Applies where a known role reads for a purpose that is another role's."""
    role = case.request.role
    if role is None or case.purpose is None:
        return None
    if case.purpose in (WELFARE if case.request.to_answer and role in ANSWERS else _OF_ROLE[role]):
        return None
    return Answer("Your role does not read chronologies for that purpose; someone else's does.")


_MINE = item(AgencyKind.LOCAL_AUTHORITY, basis())
EXAMPLES = (
    yes("a practitioner checks the log", read(StaffRole.PRACTITIONER, Purpose.AUDIT), _MINE),
    yes("a researcher for early help", read(StaffRole.MASH_RESEARCHER, Purpose.EARLY_HELP), _MINE),
    no("asked about for early help", read(StaffRole.MASH_RESEARCHER, Purpose.EARLY_HELP, to_answer=True), _MINE),
    no("a decision-maker for an enquiry", read(StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47), _MINE),
)
