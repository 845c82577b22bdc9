"""The child's own band, on top: age, when seen and by whom alone, and when their own words were recorded."""

from collections.abc import Mapping
from datetime import date

from hub.domain.seen import How
from hub.domain.snapshot import Snapshot
from hub.web.picture.lanes import AXIS, CHILD, SAID_ROW, SEEN_ROW
from hub.web.picture.scale import PLOT, Scale
from hub.web.picture.shapes import AGE, BAND, LINE, PAPER, Glyph, Rect, Rule, Shape, Words, width_of

BUBBLE_APART = 17
_SIGNS: Mapping[How, str] = {How.ALONE: "alone", How.SEEN: "seen", How.SPOKEN_WITH: "met", How.MEASURED: "met"}


def band(of: Snapshot, by: Scale) -> tuple[Shape, ...]:
    """The ground of the band, the ages, and the two lines."""
    return (
        Rect(0, AXIS, PLOT, CHILD, BAND),
        *_ages(of, by),
        Rule(0, SEEN_ROW, PLOT, SEEN_ROW, LINE),
        Rule(0, SAID_ROW, PLOT, SAID_ROW, LINE),
    )


def seen(of: Snapshot, by: Scale) -> tuple[Shape, ...]:
    """A tick for each seeing, a hollow capsule where it was alone, a broken tick where it is not stated but shown."""
    return tuple(Glyph(by.x(one.day), SEEN_ROW, _SIGNS[one.how]) for one in of.seen if by.holds(one.day))


def said(of: Snapshot, by: Scale) -> tuple[Shape, ...]:
    """A speech bubble on the day of each entry with the child's own words; those that would cover each other are one.

    Such a bubble stands on the newest of their days and says how many they are.
    """
    days = sorted(day for entry in of.spoken if (day := entry.happened.day()) is not None and by.holds(day))
    found: list[Shape] = []
    for near in _close(days, by):
        x = by.x(near[-1])
        found.append(Glyph(x, SAID_ROW, "voice"))
        if len(near) > 1:
            found.append(Words(x, SAID_ROW + 2.5, str(len(near)), 10, bold=True, anchor="middle"))
    return tuple(found)


def _close(days: list[date], by: Scale) -> list[list[date]]:
    """Days in order, in groups of which none is further from its newest than a bubble is wide."""
    found: list[list[date]] = []
    for day in reversed(days):
        if found and by.x(found[-1][-1]) - by.x(day) < BUBBLE_APART:
            found[-1].insert(0, day)
        else:
            found.append([day])
    return found[::-1]


def _ages(of: Snapshot, by: Scale) -> tuple[Shape, ...]:
    """A block for each year of age, cut at the birthdays; a word instead where the birth date is not known."""
    top = AXIS + 4
    end = min(of.day, by.end)
    if of.born is None:
        return (Words(8, top + 15, "Age not known", 12),)
    found: list[Shape] = []
    for years in range(max(by.start.year - of.born.year - 1, 0), end.year - of.born.year + 1):
        first, last = _birthday(of.born, years), _birthday(of.born, years + 1)
        if last <= by.start or first > end:
            continue
        left, right = by.x(max(first, by.start)), by.x(min(last, end))
        found.append(Rect(left, top, max(right - left - 1.5, 0.5), 20, AGE, PAPER))
        words = f"Age {years}"
        if right - left > width_of(words) + 10:
            found.append(Words(left + 8, top + 14, words, 12))
    if of.born > by.start:
        found.append(Words(max(by.x(of.born) - 6, 0), top + 14, "Born", 12, anchor="end"))
    return tuple(found)


def _birthday(born: date, years: int) -> date:
    """The day on which the child is so many years old; 1 March for who was born on 29 February."""
    year = born.year + years
    return date(year, 3, 1) if (born.month, born.day) == (2, 29) and year % 4 else date(year, born.month, born.day)
