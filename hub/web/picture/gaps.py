"""The times for which nobody recorded that the child was seen, through every lane, and what may be said of them."""

from hub.domain import words as domain_words
from hub.domain.seen import Gap, GapKind
from hub.domain.snapshot import Snapshot
from hub.web.picture.lanes import AXIS, CHILD, SEEN_ROW
from hub.web.picture.scale import Scale
from hub.web.picture.shapes import GAP, GAP_FAINT, GAP_SOFT, PAPER, Rect, Rule, Shape, Words, width_of

LONG_DAYS = 90
TOP = AXIS + 28


def bands(of: Snapshot, by: Scale, bottom: int) -> tuple[Shape, ...]:
    """The grounds: through every lane where nobody saw the child, so that it is read what agencies did meanwhile.

    Faint, and within the child's band alone, where it is not known: lanes would be coloured for what nobody can say.
    """
    gaps = (
        Rect(left, TOP, round(right - left, 1), bottom - TOP, GAP_SOFT)
        if gap.kind is GapKind.NOT_SEEN
        else Rect(left, TOP, round(right - left, 1), AXIS + CHILD - TOP, GAP_FAINT)
        for gap, left, right in _placed(of, by)
    )
    before = (Rect(left, TOP, round(right - left, 1), AXIS + CHILD - TOP, GAP_FAINT) for left, right in _before(of, by))
    return (*before, *gaps)


def labels(of: Snapshot, by: Scale) -> tuple[Shape, ...]:
    """A dotted line at the height of the seeings, and how long, as far as there is room to say it."""
    found: list[Shape] = [shape for left, right in _before(of, by) for shape in _unknown(of, left, right)]
    for gap, left, right in _placed(of, by):
        found.append(Rule(left + 3, SEEN_ROW, right - 3, SEEN_ROW, GAP, 1.5, "3 3"))
        words = _fitting(gap, right - left - 8)
        if gap.kind is GapKind.NOT_KNOWN:
            found += _plate(words, left, right)
        elif words:
            solid, width, middle = gap.days >= LONG_DAYS, _wide(words), (left + right) / 2
            box = Rect(round(middle - width / 2, 1), SEEN_ROW - 11, round(width, 1), 22, GAP if solid else PAPER, GAP)
            ink = PAPER if solid else GAP
            found += (box, Words(round(middle, 1), SEEN_ROW + 4, words, 11.5, ink, bold=True, anchor="middle"))
    return tuple(found)


def _before(of: Snapshot, by: Scale) -> tuple[tuple[float, float], ...]:
    """Where the time lies, since birth, of which nobody can say whether the child was seen; at most one."""
    if of.unknown_until is None or of.unknown_until <= by.start:
        return ()
    left, right = by.x(max(of.born or by.start, by.start)), by.x(of.unknown_until)
    return ((left, right),) if right - left >= 4 else ()


def _unknown(of: Snapshot, left: float, right: float) -> tuple[Shape, ...]:
    """A dotted line over it, and what is not known, the longest way to say it that fits."""
    day = f" before {domain_words.day(of.first_seen)}" if of.first_seen is not None else ""
    said = (f"Not known if seen{day}", f"Not known{day}", "Not known", "?")
    line = Rule(left + 3, SEEN_ROW, right - 3, SEEN_ROW, GAP, 1.5, "3 3")
    return (line, *_plate(next((one for one in said if _wide(one) <= right - left - 8), ""), left, right))


def _plate(said: str, left: float, right: float) -> tuple[Shape, ...]:
    """Words in the middle of what nobody can say, on a ground of their own with a dashed edge."""
    if not said:
        return ()
    width, middle = _wide(said), (left + right) / 2
    ground = Rect(round(middle - width / 2, 1), SEEN_ROW - 11, round(width, 1), 22, PAPER, GAP, "4 2")
    return (ground, Words(round(middle, 1), SEEN_ROW + 4, said, 11.5, GAP, bold=True, anchor="middle"))


def _wide(said: str) -> float:
    return width_of(said, 11.5, bold=True) + 10


def _placed(of: Snapshot, by: Scale) -> tuple[tuple[Gap, float, float], ...]:
    found = ((gap, by.x(max(gap.start, by.start)), by.x(gap.end)) for gap in of.gaps if gap.end > by.start)
    return tuple(one for one in found if one[2] - one[1] >= 4)


def _fitting(gap: Gap, room: float) -> str:
    """The longest way to say it that fits. What is not known never reads as a number of days not seen."""
    days = f"{gap.days} days"
    said = (
        (f"Not seen {days}", days, str(gap.days))
        if gap.kind is GapKind.NOT_SEEN
        else (f"Not known if seen: {days}", f"Not known: {days}", "Not known", "?")
    )
    return next((words for words in said if _wide(words) <= room), "")
