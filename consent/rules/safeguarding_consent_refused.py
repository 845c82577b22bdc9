"""A refusal is not itself one of the three reasons of the safeguarding condition (DPA 2018 Sch 1 para 18(2))."""

from dataclasses import replace

from consent.bodies import SAFEGUARDING_CONDITIONS
from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, ConsentState, NoConsentReason

LAW = Law(
    id="safeguarding-consent-refused",
    title="Consent was asked for and refused",
    citation="DPA 2018 Sch 1 para 18(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=("D08",),
    effect=Effect.WARNING,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the safeguarding condition is named for a person who was asked and refused."""
    if case.basis.article9 not in SAFEGUARDING_CONDITIONS or case.basis.consent is not ConsentState.REFUSED:
        return None
    return Answer(
        "This person was asked and said no. That alone is not one of the three reasons: explain why consent could not "
        "reasonably be expected or would prejudice the protection, or use a condition that does not turn on consent.",
        ("9g_para_6", "9h_para_2"),
    )


_ASKED = basis(
    article9=Article9.SAFEGUARDING,
    why=NoConsentReason.NOT_REASONABLE_TO_OBTAIN,
    consent=ConsentState.REFUSED,
    policy=True,
)
EXAMPLES = (
    yes("asked and refused", hold(AgencyKind.NHS), item(AgencyKind.NHS, _ASKED)),
    no("never asked", hold(AgencyKind.NHS), item(AgencyKind.NHS, replace(_ASKED, consent=ConsentState.NOT_BASIS))),
)
