"""When marks crowd: small overlaps give way to the right, larger ones take three levels, busy months are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.domain.chronology import Entry
from hub.domain.sieve import has_own_words
from hub.domain.significance import Significance, significance
from hub.web.picture.scale import Scale

PER_MONTH = 8
MONTH_AT_THREE_YEARS = 30
APART, NUDGE = 15.0, 6.0
LEVELS = (0, -9, 9)
_MAY_BE_COUNTED = frozenset({Significance.BACKGROUND, Significance.CONCERN})


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one lane and month that are drawn as one block with their number; the newest is last."""

    day: date
    entries: tuple[Entry, ...]


def grouped(
    placed: Sequence[tuple[Entry, date]], by: Scale
) -> tuple[tuple[tuple[Entry, date], ...], tuple[Group, ...]]:
    """What stays a mark of its own, and the blocks. Grave marks, strengths and the child's words are never counted."""
    at_most = max(PER_MONTH, round(PER_MONTH * by.month / MONTH_AT_THREE_YEARS))
    months: dict[tuple[int, int], list[tuple[Entry, date]]] = {}
    for pair in placed:
        months.setdefault((pair[1].year, pair[1].month), []).append(pair)
    alone: list[tuple[Entry, date]] = []
    groups: list[Group] = []
    for (year, month), pairs in months.items():
        counted = [pair for pair in pairs if _may_be_counted(pair[0])] if len(pairs) > at_most else []
        if len(counted) > 1:
            groups.append(Group(date(year, month, 15), tuple(entry for entry, _ in counted)))
            alone += [pair for pair in pairs if not _may_be_counted(pair[0])]
        else:
            alone += pairs
    return tuple(alone), tuple(groups)


def spread(at: Sequence[float]) -> tuple[tuple[float, int], ...]:
    """Where marks that belong at `at` (in order) are drawn: how far along, and how far above or below the baseline."""
    last = dict.fromkeys(LEVELS, -APART)
    found: list[tuple[float, int]] = []
    for x in at:
        level = next((one for one in LEVELS if x - last[one] >= APART), None)
        moved = x
        if level is None:
            level = min(LEVELS, key=lambda one: last[one])
            moved = min(max(x, last[level] + APART), x + NUDGE)
        elif level and last[0] + APART - x <= NUDGE:
            level, moved = 0, last[0] + APART
        last[level] = moved
        found.append((round(moved, 1), level))
    return tuple(found)


def _may_be_counted(entry: Entry) -> bool:
    return significance(entry) in _MAY_BE_COUNTED and not has_own_words(entry)
