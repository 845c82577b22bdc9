"""Most Schedule 1 conditions are met only with an appropriate policy document (DPA 2018 Sch 1 paras 1, 5, 39)."""

from consent.bodies import COMPETENT_AUTHORITIES, NEEDS_POLICY_DOCUMENT
from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, NoConsentReason

LAW = Law(
    id="policy-document-missing",
    title="The condition needs an appropriate policy document",
    citation="DPA 2018 Sch 1 paras 1(1)(b), 5, 10(2), 39-41",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D06",),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where the condition named needs a policy document and the agency has none.

    Two cases are answered elsewhere: unlawful acts reported to a competent authority need none, and a private body's
    report of an offence to a local authority is let through with a warning.
    """
    if case.basis.policy_document or case.basis.article9 not in NEEDS_POLICY_DOCUMENT:
        return None
    if case.basis.article9 is Article9.UNLAWFUL_ACTS and case.request.recipient_kind in COMPETENT_AUTHORITIES:
        return None
    if case.basis.article10 and not case.public and case.request.recipient_kind is AgencyKind.LOCAL_AUTHORITY:
        return None
    return Answer(
        "This condition is not met without an appropriate policy document. Write one; until then another condition "
        "may fit, and anything urgent goes at once.",
        ("9h_para_2 by a health or social-work professional", "9g_para_10 to a competent authority"),
    )


_P18 = basis(article9=Article9.SAFEGUARDING, why=NoConsentReason.WOULD_PREJUDICE)
EXAMPLES = (
    yes("para 18 without one", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, _P18, classes=ABOUT_HEALTH)),
    no(
        "health or social care needs none",
        share(AgencyKind.NHS),
        item(AgencyKind.NHS, basis(article9=Article9.HEALTH_OR_SOCIAL_CARE), classes=ABOUT_HEALTH),
    ),
    no(
        "an unlawful act, to the police",
        share(AgencyKind.CLUB, AgencyKind.POLICE),
        item(AgencyKind.CLUB, basis(article9=Article9.UNLAWFUL_ACTS)),
    ),
)
