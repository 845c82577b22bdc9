"""How grave an entry is as its own agency stated it; where it stated nothing, that is said. Nothing is added up.

How much is at stake belongs to what happened to the child: what an agency then did (a referral taken, a plan begun)
is its action, or every incident would be counted twice.
"""

from enum import Enum

from contracts.vocabulary import NeedLevel
from hub.domain.chronology import Entry
from hub.domain.entry_title import is_strength


class Significance(Enum):
    """What an entry is, gravest first."""

    HARM = "harm"  # its agency judges that the child suffers, or is likely to suffer, significant harm
    SERIOUS = "serious"  # its agency judges the child to be in need
    CONCERN = "concern"  # a worry; how serious its agency did not state, or stated as early help
    BACKGROUND = "background"  # what an agency did, or background
    STRENGTH = "strength"  # its agency recorded it as a strength or as progress
    RESTRICTED = "restricted"  # there is something, and this reader may not see what


# What happened to a child, or what somebody is worried about; every other report says what an agency did or holds.
HAPPENED_TO_A_CHILD = frozenset(
    {
        *("concern.raised", "domestic_abuse.notified", "missing.started", "police_protection.used"),
        *("ae.attendance", "ae.admitted", "health.missed_appointment", "health.flag_set"),
        *("school.suspended", "school.excluded"),
    }
)
TURNING_POINTS = frozenset(
    {
        *("police_protection.used", "s47.started", "s47.ended", "cp_plan.started", "cp_plan.ended"),
        *("cin_plan.started", "cin_plan.ended", "looked_after.started", "looked_after.ended"),
        *("school.left", "school.excluded", "adoption.step_recorded"),
    }
)
_STATED = {
    NeedLevel.SIGNIFICANT_HARM: Significance.HARM,
    NeedLevel.CHILD_IN_NEED: Significance.SERIOUS,
    NeedLevel.EARLY_HELP: Significance.CONCERN,
    NeedLevel.UNIVERSAL: Significance.BACKGROUND,
}


def significance(entry: Entry) -> Significance:
    """What the entry is."""
    if is_restricted(entry):
        return Significance.RESTRICTED
    if is_strength(entry.facts):
        return Significance.STRENGTH
    if entry.type not in HAPPENED_TO_A_CHILD:
        return Significance.BACKGROUND
    return Significance.CONCERN if entry.need is None else _STATED[entry.need]


def is_restricted(entry: Entry) -> bool:
    """Whether its reader sees that it is there, and nothing of what it says."""
    return bool(entry.withheld) and not (entry.facts or entry.views or entry.child_words)


def stated_by(entry: Entry) -> str | None:
    """The agency that stated how serious it is; None when nobody did, or when it is not of that sort."""
    said = entry.type in HAPPENED_TO_A_CHILD and entry.need is not None and not is_restricted(entry)
    return entry.source if said else None


def is_turning_point(entry: Entry) -> bool:
    """Whether it is what a reader with one minute must see: grave as stated, or the child's life or plan changed."""
    return entry.type in TURNING_POINTS or significance(entry) in (Significance.HARM, Significance.SERIOUS)
