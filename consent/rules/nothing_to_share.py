"""A share of nothing, or to nobody, is no share (UK GDPR Art 5(1)(c))."""

from consent.examples import basis, item, no, share, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import SHARING, Law, RequestCase
from contracts.vocabulary import AgencyKind, Purpose

LAW = Law(
    id="nothing-to-share",
    title="Nothing is chosen, or nobody",
    citation="UK GDPR Art 5(1)(c)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D50",),
    effect=Effect.BAR,
    question=Question.HANDLING,
    acts=SHARING,
)


def judge(case: RequestCase) -> Answer | None:
    """Applies where no item is chosen, or no recipient named; a person who asks for their own data needs none."""
    if not case.facts.items:
        return Answer("No item is chosen.", ("choose items",))
    if case.request.recipient is not None or case.request.recipient_kind is not None:
        return None
    if case.purpose is Purpose.SUBJECT_ACCESS:
        return None
    return Answer("No recipient is named.", ("choose a recipient",))


_LA = AgencyKind.LOCAL_AUTHORITY
EXAMPLES = (
    yes("no items", share(_LA, AgencyKind.NHS)),
    yes("nobody", share(_LA, None), item(_LA, basis())),
    no("one item to one recipient", share(_LA, AgencyKind.NHS), item(_LA, basis())),
)
