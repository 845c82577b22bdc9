"""Criminal-offence information should be marked against the person it is about (UK GDPR Art 10; DPA 2018 s11(2))."""

from consent.examples import ABOUT_CRIME, basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind, PersonRole

LAW = Law(
    id="criminal-unmarked",
    title="Whose criminal-offence information is it?",
    citation="UK GDPR Art 10; DPA 2018 s11(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.WARNING,
    question=Question.CRIMINAL,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies where an item holds criminal-offence information and it is marked for nobody in it."""
    if not case.criminal or any(each.article10 for each in case.item.bases):
        return None
    return Answer("The item holds criminal-offence information, but for none of its people does it say so.")


EXAMPLES = (
    yes("nobody marked", hold(AgencyKind.POLICE), item(AgencyKind.POLICE, basis(), classes=ABOUT_CRIME)),
    no(
        "the adult is marked",
        hold(AgencyKind.POLICE),
        item(AgencyKind.POLICE, basis(role=PersonRole.ADULT_OF_CONCERN, article10=True), classes=ABOUT_CRIME),
    ),
)
