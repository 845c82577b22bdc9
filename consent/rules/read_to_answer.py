"""An agency that is asked what it knows of a child must know which child that is (Children Act 1989 s47(9)-(11))."""

from dataclasses import replace

from consent.bodies import ANSWERS, WELFARE
from consent.examples import basis, item, no, read, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import READING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose, StaffRole

LAW = Law(
    id="read-to-answer",
    title="Knowing which child one's agency is asked about",
    citation="Children Act 1989 ss17, 47(9)-(11); Children Act 2004 s10; UK GDPR Art 5(1)(c), (d)",
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
    """Applies where somebody answers for an agency that was asked about a child, for the child's welfare."""
    if not case.request.to_answer or case.request.role not in ANSWERS or case.purpose not in WELFARE:
        return None
    return Answer("Your agency is asked what it knows of this child; you may see who that is, and no more.")


_ASKED = read(StaffRole.PRACTITIONER, Purpose.SECTION_47, AgencyKind.ACADEMY, to_answer=True)
_OTHERS = item(AgencyKind.POLICE, basis())
EXAMPLES = (
    yes("only the police reported", _ASKED, _OTHERS),
    no("nobody asked the agency", replace(_ASKED, to_answer=False), _OTHERS),
)
