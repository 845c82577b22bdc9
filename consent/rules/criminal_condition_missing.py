"""Without official authority, allegations of offences need a Schedule 1 condition to move (UK GDPR Art 10)."""

from consent.examples import ABOUT_CRIME, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="criminal-condition-missing",
    title="No condition is named for criminal-offence information",
    citation="UK GDPR Art 10; DPA 2018 ss10(5), 11(2), Sch 1 para 36",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D10",),
    effect=Effect.FIX,
    question=Question.CRIMINAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body holds an allegation of an offence and names no condition that covers it."""
    if case.public or not case.basis.article10:
        return None
    if case.basis.article9 in (Article9.SAFEGUARDING, Article9.UNLAWFUL_ACTS, Article9.EXPLICIT_CONSENT):
        return None
    return Answer(
        "An allegation that a named person committed an offence is criminal-offence information, and this body needs a "
        "Schedule 1 condition for it.",
        ("9g_para_18 with its reason", "9g_para_10"),
    )


_SAID = basis(article10=True)
EXAMPLES = (
    yes("a club, no condition", share(AgencyKind.CLUB), item(AgencyKind.CLUB, _SAID, classes=ABOUT_CRIME)),
    no(
        "a local authority has official authority",
        share(AgencyKind.LOCAL_AUTHORITY),
        item(AgencyKind.LOCAL_AUTHORITY, _SAID, classes=ABOUT_CRIME),
    ),
)
