"""A child's wishes are heard and weighed, and do not decide, where harm is feared (Children Act 1989 s47(5A))."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, NeedLevel, PersonRole

LAW = Law(
    id="child-refuses-harm-feared",
    title="The child does not want it, and harm is feared",
    citation="Children Act 1989 s47(5A); DfE information sharing advice 2024, rule 1",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D53",),
    effect=Effect.GROUND,
    question=Question.CONFIDENCE,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a child who understands refuses and need is at the level of significant harm."""
    if not (case.around.child_gillick_competent and case.around.child_refuses):
        return None
    if case.basis.role is not PersonRole.CHILD or case.request.need is not NeedLevel.SIGNIFICANT_HARM:
        return None
    return Answer(
        "The child understands and said no. Their view is recorded and weighed, but protecting them comes first. "
        "Tell the child what was decided, unless that is unsafe.",
        ("tell the child",),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_NO = Circumstances(child_gillick_competent=True, child_refuses=True)
EXAMPLES = (
    yes("harm feared", share(_LA, AgencyKind.NHS, need=NeedLevel.SIGNIFICANT_HARM), item(_LA, basis()), around=_NO),
    no("a lower level", share(_LA, AgencyKind.NHS, need=NeedLevel.EARLY_HELP), item(_LA, basis()), around=_NO),
)
