"""Saving life or limb is a lawful basis in an emergency (UK GDPR Art 6(1)(d), recital 46)."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Purpose

LAW = Law(
    id="vital-interests",
    title="Life or limb is at stake now",
    citation="UK GDPR Art 6(1)(d), recital 46",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where vital interests are the basis and the request is pressing."""
    if case.basis.article6 is not Article6.VITAL_INTERESTS or not case.request.pressing:
        return None
    return Answer("Someone's life or physical safety is at stake and this cannot wait.")


_VITAL = basis(Article6.VITAL_INTERESTS)
EXAMPLES = (
    yes("an emergency", share(AgencyKind.CLUB, purpose=Purpose.EMERGENCY), item(AgencyKind.CLUB, _VITAL)),
    no("routine family help", share(AgencyKind.CLUB, purpose=Purpose.EARLY_HELP), item(AgencyKind.CLUB, _VITAL)),
)
