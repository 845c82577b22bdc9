"""The vital-interests condition is closed where the person could be asked (UK GDPR Art 9(2)(c))."""

from dataclasses import replace

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import Law, PersonCase
from contracts.vocabulary import AgencyKind, Article6, Article9, ConsentState

LAW = Law(
    id="vital-interests-can-consent",
    title="This person is not shown to be unable to consent",
    citation="UK GDPR Art 9(2)(c)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.FIX,
    question=Question.SPECIAL,
)


def judge(case: PersonCase) -> Answer | None:
    """Applies where vital interests are the condition and the record does not say that this person cannot consent."""
    if case.basis.article9 is not Article9.VITAL_INTERESTS or case.basis.consent is ConsentState.CANNOT:
        return None
    return Answer(
        "This condition is for people who are physically or legally unable to consent; that is not on record.",
        ("9g_para_18 with its reason", "9h_para_2"),
    )


_VITAL = basis(Article6.VITAL_INTERESTS, article9=Article9.VITAL_INTERESTS)
EXAMPLES = (
    yes("not asked", share(AgencyKind.NHS, urgent=True), item(AgencyKind.NHS, _VITAL)),
    no(
        "unconscious",
        share(AgencyKind.NHS, urgent=True),
        item(AgencyKind.NHS, replace(_VITAL, consent=ConsentState.CANNOT)),
    ),
)
