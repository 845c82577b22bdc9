"""The child-abuse exemption works against parents and never against the child (DPA 2018 Sch 3 para 21)."""

from consent.circumstances import AccessExemption, Circumstances, Requester
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="child-abuse-exemption-misused",
    title="An exemption that cannot be used against the child",
    citation="DPA 2018 Sch 3 para 21",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D58",),
    effect=Effect.FIX,
    question=Question.RIGHTS,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where the child, or the adult that child became, asks and the child-abuse exemption is claimed."""
    if case.purpose is not Purpose.SUBJECT_ACCESS or case.around.requester is not Requester.CHILD:
        return None
    if case.around.exemption is not AccessExemption.CHILD_ABUSE:
        return None
    return Answer(
        "This exemption is for requests by someone with parental responsibility. It cannot be used against the "
        "person whose childhood it was.",
        ("serious_harm", "third_party", "disclose"),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_ASK = share(_LA, None, purpose=Purpose.SUBJECT_ACCESS)
_ABUSE = AccessExemption.CHILD_ABUSE
EXAMPLES = (
    yes(
        "the child asks",
        _ASK,
        item(_LA, basis()),
        around=Circumstances(requester=Requester.CHILD, exemption=_ABUSE),
    ),
    no("a parent asks", _ASK, item(_LA, basis()), around=Circumstances(requester=Requester.PARENT, exemption=_ABUSE)),
)
