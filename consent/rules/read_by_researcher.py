"""A partner's researcher at the MASH may see enough to search their own records (Children Act 2004 s10)."""

from consent.bodies import WELFARE
from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-by-researcher",
    title="Reading to answer for one's own agency",
    citation="UK GDPR Art 5(1)(c), Art 6(1)(e); Children Act 1989 ss17, 47; Children Act 2004 ss10, 11",
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
    """Applies where a MASH researcher reads for s17, s47 or an emergency."""
    if case.request.role is not StaffRole.MASH_RESEARCHER or case.request.to_answer:
        return None
    if case.purpose not in WELFARE or case.purpose is Purpose.EARLY_HELP:
        return None
    return Answer(
        "You may see what you need to search your own agency's records: not who told, and not the most sensitive."
    )


_MINE = item(AgencyKind.POLICE, basis())
EXAMPLES = (
    yes("an enquiry", read(StaffRole.MASH_RESEARCHER, Purpose.SECTION_47, AgencyKind.POLICE), _MINE),
    no("early help", read(StaffRole.MASH_RESEARCHER, Purpose.EARLY_HELP, AgencyKind.POLICE), _MINE),
)
