"""What an entry is called: by its kind, or by what its agency says of it where the kind's own words say something else.

There is no report of its own for what goes well, or for a visit of which nothing came: agencies send both as a concern.
"""

from collections.abc import Iterable

from contracts.events.shared import ConcernRaised
from contracts.report import Report
from contracts.vocabulary import NeedLevel
from hub.domain.lines import Line

STRENGTHS = frozenset({"strength", "progress", "strength or progress"})
GOES_WELL, NOTED = "What is going well", "Contact noted"


def is_strength(facts: Iterable[Line]) -> bool:
    """Whether its agency recorded it as a strength or as progress."""
    return any(line.field == "category" and line.text.strip().lower() in STRENGTHS for line in facts)


def title_of(report: Report, lines: Iterable[Line], need: NeedLevel | None) -> str:
    """The title over the entry, from what may be shown of it; `need` is None where that is not stated or not shown."""
    if report.TYPE != ConcernRaised.TYPE:
        return report.TITLE
    if is_strength(lines):
        return GOES_WELL
    return NOTED if need is NeedLevel.UNIVERSAL else report.TITLE
