"""A significant decision may not be left to a machine (UK GDPR Arts 22A-22D; DUAA 2025 s80)."""

from dataclasses import replace

from consent.examples import basis, hold, item, no, yes
from consent.finding import REGISTER, Answer, Effect, Evidence, Question
from consent.packs import DUAA_2026
from consent.rule import ItemCase, Law
from contracts.vocabulary import AgencyKind

LAW = Law(
    id="decided-without-human",
    title="No person took this decision",
    citation="UK GDPR Arts 22A-22D; DUAA 2025 s80",
    valid_from=DUAA_2026,
    valid_to=None,
    evidence=Evidence.KNOWLEDGE,
    verified_by=REGISTER,
    rows=("D67",),
    effect=Effect.FIX,
    question=Question.RIGHTS,
)


def judge(case: ItemCase) -> Answer | None:
    """Applies to a decision that was taken with no meaningful part by a person."""
    if not case.item.decided_without_human:
        return None
    return Answer(
        "A rating or outcome for a child must be decided by a person who can decide otherwise.",
        ("have a person decide",),
    )


_RATED = replace(item(AgencyKind.LOCAL_AUTHORITY, basis()), decided_without_human=True)
EXAMPLES = (
    yes("rated by a rule alone", hold(AgencyKind.LOCAL_AUTHORITY), _RATED),
    no("decided by a person", hold(AgencyKind.LOCAL_AUTHORITY), replace(_RATED, decided_without_human=False)),
)
