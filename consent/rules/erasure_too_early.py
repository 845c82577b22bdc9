"""What is still needed for a duty, a public task or a claim need not be erased (UK GDPR Art 17(3); DPA 2018 s47(2))."""

from dataclasses import replace
from datetime import date

from consent.examples import basis, erase, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.request import Act
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="erasure-too-early",
    title="Still within the time it must be kept",
    citation="UK GDPR Art 17(3); DPA 2018 s47(2)",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D61",),
    effect=Effect.FIX,
    question=Question.RIGHTS,
    acts=frozenset({Act.ERASE}),
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an item whose retention has not ended, or was never set."""
    until = case.item.keep_until
    if until is not None and until < case.request.on:
        return None
    return Answer(
        "Refuse, and say why. Offer to add a statement of disagreement, or to restrict its use.",
        ("statement of disagreement", "restriction"),
    )


_KEPT = replace(item(AgencyKind.LOCAL_AUTHORITY, basis()), keep_until=date(2040, 1, 1))
EXAMPLES = (
    yes("to be kept", erase(), _KEPT),
    no("time is over", erase(), replace(_KEPT, keep_until=date(2020, 1, 1))),
)
