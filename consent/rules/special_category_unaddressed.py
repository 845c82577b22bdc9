"""Special-category information about a person needs a condition as well as a basis (UK GDPR Art 9(1), (2))."""

from consent.examples import ABOUT_HEALTH, basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, PersonRole, Purpose, Regime

LAW = Law(
    id="special-category-unaddressed",
    title="No condition is named for special-category information",
    citation="UK GDPR Art 9(1), (2); DPA 2018 ss10, 11(1), Sch 1",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where an item holds health information under UK GDPR and names no Article 9 condition for this person.

    A professional named in their official role is not the person whose health it is about.
    """
    if not case.special or case.basis.article9 is not None or case.basis.regime is not Regime.UK_GDPR:
        return None
    if case.basis.role is PersonRole.PROFESSIONAL or case.purpose is Purpose.SUBJECT_ACCESS:
        return None
    return Answer(
        "The item holds special-category information, and no condition is named for this person.",
        ("9g_para_18 with its reason", "9g_para_6 for a statutory function", "9h_para_2 for health or social work"),
    )


EXAMPLES = (
    yes("a health item, no condition", hold(AgencyKind.NHS), item(AgencyKind.NHS, basis(), classes=ABOUT_HEALTH)),
    no(
        "a health item, health or social care",
        hold(AgencyKind.NHS),
        item(AgencyKind.NHS, basis(article9=Article9.HEALTH_OR_SOCIAL_CARE), classes=ABOUT_HEALTH),
    ),
    no("an ordinary item", hold(AgencyKind.NHS), item(AgencyKind.NHS, basis())),
)
