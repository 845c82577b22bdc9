"""An entry as a mark: shape first, then size, then colour; the least serious are drawn first, the worst on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from contracts.vocabulary import Precision
from hub.domain import words
from hub.domain.chronology import Entry
from hub.domain.moment import day_in_london
from hub.domain.sieve import Sieve, is_late
from hub.domain.significance import Significance, significance
from hub.web.picture.crowding import grouped, spread
from hub.web.picture.lanes import Lane
from hub.web.picture.scale import Scale
from hub.web.picture.shapes import BROAD, INK, Dot, Mark, Rule, Shape

NAMES: Mapping[Significance, str] = {
    Significance.HARM: "Significant harm",
    Significance.SERIOUS: "Serious concern",
    Significance.CONCERN: "Concern",
    Significance.BACKGROUND: "Background or agency action",
    Significance.STRENGTH: "Strength or progress",
    Significance.RESTRICTED: "Not shared with you",
}
WITHDRAWN = "withdrawn"
_DRAWN = (
    *(Significance.BACKGROUND, Significance.STRENGTH, Significance.RESTRICTED),
    *(Significance.CONCERN, Significance.SERIOUS, Significance.HARM),
)
_BROAD = {Precision.MONTH: 30, Precision.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The marks of one lane, what lies under them, and how many entries have no known day or lie before the picture."""

    under: tuple[Shape, ...]
    marks: tuple[Mark, ...]


def day_of(entry: Entry) -> date | None:
    """The day at which an entry is drawn: the middle of a month or a year where no day is known."""
    day = entry.happened.day()
    return day if day is None else day + timedelta(days=_BROAD.get(entry.happened.precision, 0) // 2)


def label(entry: Entry, title: str) -> str:
    """What is read out for a mark."""
    said = f"{words.when(entry.happened)}, {title}, {NAMES[significance(entry)]}: {entry.title}"
    return f"{said}. Withdrawn by its agency" if entry.withdrawn else said


def month(day: date) -> str:
    """A month: `March 2026`."""
    return words.day(day).partition(" ")[2]


def drawn(lane: Lane, by: Scale, sieve: Sieve, targets: Mapping[UUID, str]) -> Drawn:
    """What is drawn of one lane. `targets` says where in the list each entry that is listed stands."""
    placed = [(entry, day) for entry in lane.entries if (day := day_of(entry)) is not None and by.holds(day)]
    placed.sort(key=lambda pair: pair[1])
    wanted = [pair for pair in placed if sieve.takes(pair[0])]
    alone, groups = grouped(wanted, by)
    spots = spread([by.x(day) for _, day in alone])
    under: list[Shape] = [Dot(by.x(day), lane.middle) for entry, day in placed if not sieve.takes(entry)]
    marks: list[tuple[int, Mark]] = []
    for (entry, day), (x, level) in zip(alone, spots, strict=True):
        under += _extent(entry, by, lane)
        if is_late(entry):
            under += _tail(entry, x, by, lane)
        sign = significance(entry)
        mark = Mark(
            x,
            lane.middle + level,
            sign.value,
            targets[entry.report_id],
            label(entry, lane.title),
            lane.number,
            day.toordinal(),
        )
        marks.append((-1 if entry.withdrawn else _DRAWN.index(sign), mark))
    for group in groups:
        count = len(group.entries)
        said = f"{month(group.day)}, {lane.title}: {count} entries of background or concern; to the newest of them"
        spot = Mark(by.x(group.day), lane.middle, "count", targets[group.entries[-1].report_id], said, lane.number,
                    group.day.toordinal(), count)  # fmt: skip
        marks.append((0, spot))
    return Drawn(tuple(under), tuple(mark for _, mark in sorted(marks, key=lambda pair: pair[0])))


def _extent(entry: Entry, by: Scale, lane: Lane) -> list[Shape]:
    """A line through the whole of a month or a year, where the day is not known."""
    start, long = entry.happened.day(), _BROAD.get(entry.happened.precision, 0)
    if start is None or not long:
        return []
    left, right = by.x(max(start, by.start)), by.x(min(start + timedelta(days=long), by.end))
    return [Rule(left, lane.middle, right, lane.middle, BROAD, 5)]


def _tail(entry: Entry, x: float, by: Scale, lane: Lane) -> list[Shape]:
    """A dashed line from what happened to the day on which the hub had it."""
    had, y = by.x(day_in_london(entry.received)), lane.middle + 13
    return [
        Rule(x, lane.middle, x, y, INK, 1, "2 2"),
        Rule(x, y, had, y, INK, 1, "4 2"),
        Rule(had, y - 4, had, y + 4, INK, 1.6),
    ]
