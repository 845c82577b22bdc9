"""Nothing goes by a way that an alleged abuser can reach (UK GDPR Art 5(1)(f), Art 32; DfE advice 2024, rule 5)."""

from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="abuser-in-reach",
    title="The alleged abuser could see it",
    citation="UK GDPR Art 5(1)(f), Art 32; DfE information sharing advice 2024, rule 5",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.SECONDARY,
    verified_by=REGISTER,
    rows=("D49",),
    effect=Effect.FIX,
    question=Question.HANDLING,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where an alleged abuser is among the recipients or in the household that it would reach."""
    if not case.around.alleged_abuser_in_reach:
        return None
    return Answer(
        "Someone who may be the abuser would see this. Choose another way, and leave out address, school and source.",
        ("another delivery route", "leave out location and source"),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes(
        "same house", share(_LA, AgencyKind.NHS), item(_LA, basis()), around=Circumstances(alleged_abuser_in_reach=True)
    ),
    no("nobody", share(_LA, AgencyKind.NHS), item(_LA, basis())),
)
