"""A reason for silence ends with the investigation that gave it (DPA 2018 Sch 2 para 2, s44(4))."""

from consent.circumstances import Circumstances, Investigation
from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="investigation-over",
    title="The investigation is over: decide whether to tell now",
    citation="DPA 2018 Sch 2 para 2, s44(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D48",),
    effect=Effect.WARNING,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where the investigation has ended and a person is still untold on account of it."""
    if case.telling.state is not Telling.NOT_TOLD_PREJUDICE:
        return None
    if case.around.investigation is not Investigation.ENDED:
        return None
    return Answer(
        "The investigation has ended, and the reason for not telling with it. Decide now whether to tell.",
        ("decide whether to tell this person now",),
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_QUIET = told(Telling.NOT_TOLD_PREJUDICE, reason="police_asked", approved_by="inspector", review_on=ON)
EXAMPLES = (
    yes(
        "over",
        hold(_LA),
        item(_LA, basis(), tellings=(_QUIET,)),
        around=Circumstances(investigation=Investigation.ENDED),
    ),
    no(
        "under way",
        hold(_LA),
        item(_LA, basis(), tellings=(_QUIET,)),
        around=Circumstances(investigation=Investigation.ACTIVE),
    ),
)
