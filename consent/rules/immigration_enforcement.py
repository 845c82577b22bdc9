"""Telling immigration enforcement is a purpose of its own and needs its own power and basis (UK GDPR Art 5(1)(b))."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="immigration-enforcement",
    title="Immigration enforcement is another purpose",
    citation="UK GDPR Art 5(1)(b); Children Act 2004 s11(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D68",),
    effect=Effect.FIX,
    question=Question.HANDLING,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where immigration enforcement is added to a share made for a child's welfare."""
    if not case.around.immigration_enforcement:
        return None
    return Answer(
        "This was asked for to help a child. Immigration enforcement is a purpose of its own: it needs its own "
        "request, power and basis, and the duty to share about children does not reach it.",
        ("leave it out", "make a separate request"),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes(
        "copied in",
        share(_LA, AgencyKind.POLICE),
        item(_LA, basis()),
        around=Circumstances(immigration_enforcement=True),
    ),
    no("not copied in", share(_LA, AgencyKind.POLICE), item(_LA, basis())),
)
