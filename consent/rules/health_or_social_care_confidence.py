"""Outside health and social work the care condition needs a legal duty of confidence (DPA 2018 s11(1))."""

from consent.bodies import HEALTH_OR_SOCIAL_WORK
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="health-or-social-care-confidence",
    title="Who, here, is under a legal duty of confidence?",
    citation="UK GDPR Art 9(3); DPA 2018 s11(1)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.WARNING,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where para 2 is named by a body that is neither a health body nor a social-services authority."""
    if case.basis.article9 is not Article9.HEALTH_OR_SOCIAL_CARE or case.body in HEALTH_OR_SOCIAL_WORK:
        return None
    return Answer(
        "The care condition is for health and social-work professionals, or others who owe confidence in law. Name who "
        "that is here, or use another condition.",
        ("9g_para_18 with its reason", "9g_para_6"),
    )


_P2 = basis(article9=Article9.HEALTH_OR_SOCIAL_CARE)
EXAMPLES = (
    yes("a school", share(AgencyKind.ACADEMY), item(AgencyKind.ACADEMY, _P2)),
    no("a hospital", share(AgencyKind.NHS), item(AgencyKind.NHS, _P2)),
)
