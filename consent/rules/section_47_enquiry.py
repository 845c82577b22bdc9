"""A local authority must enquire where it has cause to suspect significant harm (Children Act 1989 s47(1))."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Gateway, Purpose

LAW = Law(
    id="section-47-enquiry",
    title="Enquiring into significant harm",
    citation="Children Act 1989 s47(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D04", "D05"),
    effect=Effect.GROUND,
    question=Question.POWER,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a local authority enquires whether a child is suffering significant harm."""
    if case.body is not AgencyKind.LOCAL_AUTHORITY:
        return None
    if case.purpose is not Purpose.SECTION_47 and case.basis.gateway is not Gateway.CA89_S47:
        return None
    return Answer(
        "With reasonable cause to suspect significant harm the authority must enquire, and this serves the enquiry."
    )


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes("an enquiry", share(_LA, AgencyKind.NHS, purpose=Purpose.SECTION_47), item(_LA, basis())),
    no("early help", share(_LA, AgencyKind.NHS, purpose=Purpose.EARLY_HELP), item(_LA, basis())),
)
