"""What is no longer needed is not kept (UK GDPR Art 5(1)(e); DPA 2018 s39)."""

from dataclasses import replace
from datetime import date

from consent.examples import basis, erase, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.request import Act
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="retention-over",
    title="The time for keeping is over",
    citation="UK GDPR Art 5(1)(e); DPA 2018 s39",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=(),
    effect=Effect.GROUND,
    question=Question.RIGHTS,
    acts=frozenset({Act.ERASE}),
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an item whose retention has ended."""
    until = case.item.keep_until
    if until is None or until >= case.request.on:
        return None
    return Answer("Its time is over, so it may be destroyed if nothing holds it. Keep who and when, not what.")


_OLD = replace(item(AgencyKind.LOCAL_AUTHORITY, basis()), keep_until=date(2020, 1, 1))
EXAMPLES = (
    yes("time is over", erase(), _OLD),
    no("to be kept", erase(), replace(_OLD, keep_until=date(2040, 1, 1))),
)
