"""Whoever received something wrong, unlawfully sent or completed since is told without delay (DPA 2018 s38(5)(c))."""

from dataclasses import replace

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DPA_2018
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="recipients-to-be-told",
    title="Everyone who received it must be told",
    citation="DPA 2018 ss38(5)(c), 48(9); UK GDPR Art 19",
    valid_from=DPA_2018,
    valid_to=None,
    evidence=Evidence.VERIFIED,
    verified_by=REGISTER,
    rows=("D72",),
    effect=Effect.WARNING,
    question=Question.RIGHTS,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to an item found to be wrong, sent unlawfully, or completed by what somebody says of it."""
    if not case.item.found_wrong:
        return None
    return Answer(
        "This was found to be wrong, or should not have been sent, or somebody it concerns has replied to it. "
        "Tell every recipient without delay.",
        ("notify all recipients",),
    )


_WRONG = replace(item(AgencyKind.POLICE, basis()), found_wrong=True)
EXAMPLES = (
    yes("the wrong child", hold(AgencyKind.POLICE), _WRONG),
    no("right", hold(AgencyKind.POLICE), replace(_WRONG, found_wrong=False)),
)
