"""Special-category information may be used where social-protection law obliges or entitles (DPA 2018 Sch 1 para 1)."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article9

LAW = Law(
    id="social-protection-condition",
    title="Employment, social security and social protection",
    citation="UK GDPR Art 9(2)(b); DPA 2018 Sch 1 para 1",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where Schedule 1 paragraph 1 is named and a policy document is in place."""
    if case.basis.article9 is not Article9.SOCIAL_PROTECTION or not case.basis.policy_document:
        return None
    return Answer("An obligation or right in social-protection law needs this information.")


_P1 = basis(article9=Article9.SOCIAL_PROTECTION, policy=True)
EXAMPLES = (
    yes("with a policy document", share(AgencyKind.LOCAL_AUTHORITY), item(AgencyKind.LOCAL_AUTHORITY, _P1)),
    no(
        "without one",
        share(AgencyKind.LOCAL_AUTHORITY),
        item(AgencyKind.LOCAL_AUTHORITY, replace(_P1, policy_document=False)),
    ),
)
