"""Vital interests are for emergencies and no basis for routine sharing (UK GDPR Art 6(1)(d), recital 46)."""

from consent.bodies import better_basis
from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Purpose

LAW = Law(
    id="vital-interests-routine",
    title="Vital interests, but no emergency",
    citation="UK GDPR Art 6(1)(d), recital 46",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.BASIS,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where vital interests are the basis and nothing shows an emergency."""
    if case.basis.article6 is not Article6.VITAL_INTERESTS or case.request.pressing:
        return None
    return Answer(
        "Vital interests are named, but nothing here says that life or limb is at stake now.", better_basis(case.body)
    )


_VITAL = basis(Article6.VITAL_INTERESTS)
EXAMPLES = (
    yes("routine family help", share(AgencyKind.CLUB, purpose=Purpose.EARLY_HELP), item(AgencyKind.CLUB, _VITAL)),
    no("an emergency", share(AgencyKind.CLUB, purpose=Purpose.EMERGENCY), item(AgencyKind.CLUB, _VITAL)),
)
