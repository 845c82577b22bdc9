"""While an investigation would suffer, a person may be left untold (DPA 2018 Sch 2 para 2, s44(4))."""

from consent.circumstances import Circumstances, Investigation
from consent.examples import ON, basis, hold, item, no, told, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, TellingCase
from consent.transparency import ACCESS_ONLY_REASONS, missing
from contracts.vocabulary import AgencyKind, Telling

LAW = Law(
    id="not-told-for-investigation",
    title="Not told, because an investigation would suffer",
    citation="DPA 2018 Sch 2 para 2(1)-(3), s44(4)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D47",),
    effect=Effect.GROUND,
    question=Question.TELLING,
)


def judge(case: TellingCase) -> Answer | None:
    """Applies where prejudice is the reason, the record of it is complete, and an investigation is under way."""
    if case.telling.state is not Telling.NOT_TOLD_PREJUDICE or missing(case.telling):
        return None
    if case.around.investigation is not Investigation.ACTIVE or case.telling.reason in ACCESS_ONLY_REASONS:
        return None
    return Answer(
        "Telling now would prejudice the investigation. Keep on record who asked, what would suffer, and for whom and "
        "what this holds. For a body that only received the information, it covers the duty to tell and the right of "
        "access, and no other right."
    )


_LA = AgencyKind.LOCAL_AUTHORITY
_QUIET = told(Telling.NOT_TOLD_PREJUDICE, reason="police_asked", approved_by="inspector", review_on=ON)
EXAMPLES = (
    yes(
        "under way",
        hold(_LA),
        item(_LA, basis(), tellings=(_QUIET,)),
        around=Circumstances(investigation=Investigation.ACTIVE),
    ),
    no(
        "over",
        hold(_LA),
        item(_LA, basis(), tellings=(_QUIET,)),
        around=Circumstances(investigation=Investigation.ENDED),
    ),
)
