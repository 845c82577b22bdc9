"""Nothing under a hold is destroyed (Inquiries Act 2005 s35; CPIA 1996)."""

from dataclasses import replace
from datetime import date

from consent.examples import basis, erase, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.request import Act
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="erasure-hold",
    title="A hold stands against destruction",
    citation="Inquiries Act 2005 s35; Criminal Procedure and Investigations Act 1996; common law",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D62",),
    effect=Effect.BAR,
    question=Question.RIGHTS,
    acts=frozenset({Act.ERASE}),
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an item under a litigation or inquiry hold."""
    if not case.item.on_hold:
        return None
    return Answer("An inquiry or proceedings may need this; destroying it could be an offence.")


_LA = AgencyKind.LOCAL_AUTHORITY
_HELD = replace(item(_LA, basis()), on_hold=True, keep_until=date(2020, 1, 1))
EXAMPLES = (
    yes("held", erase(), _HELD),
    no("not held", erase(), replace(_HELD, on_hold=False)),
)
