"""Bodies with official authority may use criminal-offence information within it (UK GDPR Art 10)."""

from consent.examples import ABOUT_CRIME, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Regime

LAW = Law(
    id="criminal-official-authority",
    title="Under the control of official authority",
    citation="UK GDPR Art 10; DPA 2018 s10(4)-(5)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.UNCERTAIN,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.CRIMINAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a public authority marks criminal-offence information about this person."""
    if not case.public or not case.basis.article10 or case.basis.regime is not Regime.UK_GDPR:
        return None
    return Answer(
        "The body holds this within its official authority. Record the Schedule 1 condition as well: it is "
        "open whether welfare functions always count as official authority.",
        ("9g_para_18", "9g_para_6"),
    )


_SAID = basis(article10=True)
EXAMPLES = (
    yes("the police", share(AgencyKind.POLICE), item(AgencyKind.POLICE, _SAID, classes=ABOUT_CRIME)),
    no("a club", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _SAID, classes=ABOUT_CRIME)),
)
