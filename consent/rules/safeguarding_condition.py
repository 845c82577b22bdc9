"""Special-category information may be used to keep a child safe without consent (DPA 2018 Sch 1 para 18)."""

from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9, ConsentState, NoConsentReason

LAW = Law(
    id="safeguarding-condition",
    title="Safeguarding of children and of individuals at risk",
    citation="UK GDPR Art 9(2)(g); DPA 2018 s10(3), Sch 1 paras 5, 18",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D05", "D11", "D25", "D26", "D27"),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where para 18 is named for this person with its reason and a policy document, and consent was not given.

    The other two tests, necessity and substantial public interest, are for the person who signs the decision.
    """
    stated = case.basis
    if stated.article9 is not Article9.SAFEGUARDING or stated.no_consent_reason is None:
        return None
    if not stated.policy_document or stated.consent is ConsentState.GIVEN:
        return None
    return Answer(
        "This is needed to protect a child from harm, or to protect the child's well-being, and it is done without "
        f"this person's consent for a reason the law allows: {_REASONS[stated.no_consent_reason]}."
    )


_REASONS = {
    NoConsentReason.CANNOT_BE_GIVEN: "in the circumstances consent cannot be given",
    NoConsentReason.NOT_REASONABLE_TO_OBTAIN: "the agency cannot reasonably be expected to obtain it",
    NoConsentReason.WOULD_PREJUDICE: "asking would put the protection at risk",
}
_WHY = NoConsentReason.WOULD_PREJUDICE
EXAMPLES = (
    yes(
        "all there",
        share(AgencyKind.ACADEMY),
        item(AgencyKind.ACADEMY, basis(article9=Article9.SAFEGUARDING, why=_WHY, policy=True), classes=ABOUT_HEALTH),
    ),
    no(
        "no policy document",
        share(AgencyKind.ACADEMY),
        item(AgencyKind.ACADEMY, basis(article9=Article9.SAFEGUARDING, why=_WHY), classes=ABOUT_HEALTH),
    ),
    no(
        "no reason",
        share(AgencyKind.ACADEMY),
        item(AgencyKind.ACADEMY, basis(article9=Article9.SAFEGUARDING, policy=True), classes=ABOUT_HEALTH),
    ),
)
