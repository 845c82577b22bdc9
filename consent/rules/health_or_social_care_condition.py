"""Health and social-work professionals may use what care needs (UK GDPR Art 9(2)(h), (3); DPA 2018 Sch 1 para 2)."""

from consent.examples import ABOUT_HEALTH, basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="health-or-social-care-condition",
    title="Health or social care purposes",
    citation="UK GDPR Art 9(2)(h), 9(3); DPA 2018 s11(1), Sch 1 para 2",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D05", "D06", "D11", "D12"),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where para 2 is named; a second rule warns a body outside health and social work. No policy document."""
    if case.basis.article9 is not Article9.HEALTH_OR_SOCIAL_CARE:
        return None
    return Answer("Giving or managing health or social care needs this, under a professional's duty of confidence.")


_P2 = basis(article9=Article9.HEALTH_OR_SOCIAL_CARE)
EXAMPLES = (
    yes("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _P2, classes=ABOUT_HEALTH)),
    no("no condition", share(AgencyKind.NHS), item(AgencyKind.NHS, basis(), classes=ABOUT_HEALTH)),
)
