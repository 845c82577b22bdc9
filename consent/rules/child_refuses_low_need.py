"""A child who understands is owed confidence about sexual health, parents included (common law; GMC; Gillick)."""

from dataclasses import replace

from consent.circumstances import Circumstances
from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, NeedLevel, Purpose, SensitivityTag

LAW = Law(
    id="child-refuses-low-need",
    title="The child said no, and it is theirs to say",
    citation="Common law; Gillick v West Norfolk and Wisbech AHA [1986] AC 112; GMC 0-18 years guidance",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D54",),
    effect=Effect.WARNING,
    question=Question.CONFIDENCE,
    acts=SHARING,
    holds=True,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a child who understands refuses, need is low, and the item is about their sexual health."""
    if not (case.around.child_gillick_competent and case.around.child_refuses):
        return None
    if SensitivityTag.SEXUAL_HEALTH_FGM not in case.item.tags or case.around.harm_indicated:
        return None
    if case.request.need not in (NeedLevel.UNIVERSAL, NeedLevel.EARLY_HELP):
        return None
    return Answer(
        "The child understands, asked that this stay private, and nothing points to harm. Do not share it, nor with "
        "the parents."
    )


_NO = Circumstances(child_gillick_competent=True, child_refuses=True)
_CLINIC = item(AgencyKind.NHS, basis(), tags=frozenset({SensitivityTag.SEXUAL_HEALTH_FGM}), classes=ABOUT_HEALTH)
_LOW = share(AgencyKind.NHS, purpose=Purpose.EARLY_HELP, need=NeedLevel.UNIVERSAL)
EXAMPLES = (
    yes("contraception", _LOW, _CLINIC, around=_NO),
    no("harm feared", replace(_LOW, need=NeedLevel.SIGNIFICANT_HARM), _CLINIC, around=_NO),
)
