"""A parent's request is checked against the child's interests and expectations (DPA 2018 Schs 2-3)."""

from consent.circumstances import Circumstances, Requester
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="subject-access-by-parent",
    title="A parent asks for a child's data",
    citation="DPA 2018 Sch 2 para 16, Sch 3 paras 8-10, 21",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D57",),
    effect=Effect.WARNING,
    question=Question.RIGHTS,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where a parent asks to see what is held about a child."""
    if case.purpose is not Purpose.SUBJECT_ACCESS or case.around.requester is not Requester.PARENT:
        return None
    return Answer(
        "Check four things first: whether disclosure is in the child's best interests, what the child expected when "
        "they spoke, who else could be identified, and whether serious harm would follow.",
        ("best interests", "the child's expectations", "third parties", "serious harm"),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_ASK = share(_LA, None, purpose=Purpose.SUBJECT_ACCESS)
EXAMPLES = (
    yes("a father asks", _ASK, item(_LA, basis()), around=Circumstances(requester=Requester.PARENT)),
    no("the child asks", _ASK, item(_LA, basis()), around=Circumstances(requester=Requester.CHILD)),
)
