"""Special-category information may be used to save a person who cannot consent (UK GDPR Art 9(2)(c))."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Article9, ConsentState

LAW = Law(
    id="vital-interests-condition",
    title="Vital interests of someone who cannot consent",
    citation="UK GDPR Art 9(2)(c)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where vital interests are the condition and the record says that this person cannot consent."""
    if case.basis.article9 is not Article9.VITAL_INTERESTS or case.basis.consent is not ConsentState.CANNOT:
        return None
    return Answer("A life is at stake, and this person is not able to consent.")


_VITAL = basis(Article6.VITAL_INTERESTS, article9=Article9.VITAL_INTERESTS, consent=ConsentState.CANNOT)
EXAMPLES = (
    yes("unconscious", share(AgencyKind.NHS, urgent=True), item(AgencyKind.NHS, _VITAL)),
    no(
        "not asked",
        share(AgencyKind.NHS, urgent=True),
        item(AgencyKind.NHS, replace(_VITAL, consent=ConsentState.NOT_BASIS)),
    ),
)
