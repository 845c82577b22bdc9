"""Below any sign of harm a patient's refusal is respected by default (common law; myth-busting guide)."""

from consent.bodies import HEALTH
from consent.circumstances import Circumstances
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, PersonCase
from contracts.vocabulary import AgencyKind, Confidence, ConsentState, NeedLevel, Purpose

LAW = Law(
    id="confidence-refused-low-need",
    title="Refused, and nothing points to harm",
    citation="Common law; Working Together, myth-busting guide, myth 4",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D14",),
    effect=Effect.WARNING,
    question=Question.CONFIDENCE,
    acts=SHARING,
    holds=True,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a patient refused, need is at most early help, and nothing indicates harm."""
    if case.body not in HEALTH or case.basis.consent is not ConsentState.REFUSED or case.around.harm_indicated:
        return None
    if case.basis.confidence is Confidence.NOT_ENGAGED:
        return None
    if case.request.need not in (NeedLevel.UNIVERSAL, NeedLevel.EARLY_HELP):
        return None
    return Answer(
        "This was told in confidence, the person said no, and no public interest outweighs that so far. Do not share "
        "unless that changes; record the refusal and look again at the level of need."
    )


_NO = basis(consent=ConsentState.REFUSED, confidence=Confidence.PUBLIC_INTEREST)
_LOW = share(AgencyKind.GP, purpose=Purpose.EARLY_HELP, need=NeedLevel.EARLY_HELP)
EXAMPLES = (
    yes("no sign of harm", _LOW, item(AgencyKind.GP, _NO)),
    no("signs of harm", _LOW, item(AgencyKind.GP, _NO), around=Circumstances(harm_indicated=True)),
)
