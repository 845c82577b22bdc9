"""A body without official authority needs a Schedule 1 condition for allegations of offences (DPA 2018 s10(5))."""

from consent.bodies import COMPETENT_AUTHORITIES
from consent.examples import ABOUT_CRIME, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="criminal-condition-named",
    title="A condition for criminal-offence information is named",
    citation="UK GDPR Art 10; DPA 2018 ss10(5), 11(2), Sch 1 para 36",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D10", "D30"),
    effect=Effect.GROUND,
    question=Question.CRIMINAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where a private body names a Schedule 1 condition and has the policy document that the condition needs.

    Substantial public interest need not be shown as well (para 36).
    """
    if case.public or not case.basis.article10:
        return None
    if case.basis.article9 not in (Article9.SAFEGUARDING, Article9.UNLAWFUL_ACTS):
        return None
    reported = case.basis.article9 is Article9.UNLAWFUL_ACTS and case.request.recipient_kind in COMPETENT_AUTHORITIES
    if not reported and not case.basis.policy_document:
        return None
    return Answer(
        "An allegation of an offence is criminal-offence information. The condition named covers it, and for such "
        "information substantial public interest need not be shown."
    )


_COACH = basis(article9=Article9.UNLAWFUL_ACTS, article10=True)
EXAMPLES = (
    yes("a coach", share(AgencyKind.CLUB, AgencyKind.POLICE), item(AgencyKind.CLUB, _COACH, classes=ABOUT_CRIME)),
    no(
        "no condition",
        share(AgencyKind.CLUB, AgencyKind.POLICE),
        item(AgencyKind.CLUB, basis(article10=True), classes=ABOUT_CRIME),
    ),
)
