"""The times for which nobody recorded that the child was seen, through every lane, and what may be said of them."""

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
    return tuple(
        Rect(left, TOP, round(right - left, 1), bottom - TOP, GAP_SOFT)
        if gap.kind is GapKind.NOT_SEEN
        else Rect(left, TOP, round(right - left, 1), AXIS + CHILD - TOP, GAP_FAINT)
        for gap, left, right in _placed(of, by)
    )


def labels(of: Snapshot, by: Scale) -> tuple[Shape, ...]:
    """A dotted line at the height of the seeings, and how long, as far as there is room to say it."""
    found: list[Shape] = []
    for gap, left, right in _placed(of, by):
        found.append(Rule(left + 3, SEEN_ROW, right - 3, SEEN_ROW, GAP, 1.5, "3 3"))
        words = _fitting(gap, right - left - 8)
        if words:
            solid = gap.kind is GapKind.NOT_SEEN and gap.days >= LONG_DAYS
            width = width_of(words, 11.5, bold=True) + 10
            middle = (left + right) / 2
            box = Rect(round(middle - width / 2, 1), SEEN_ROW - 11, round(width, 1), 22, GAP if solid else PAPER, GAP)
            dashed = Rect(box.x, box.y, box.width, box.height, PAPER, GAP, "4 2")
            found.append(dashed if gap.kind is GapKind.NOT_KNOWN else box)
            found.append(
                Words(round(middle, 1), SEEN_ROW + 4, words, 11.5, PAPER if solid else GAP, bold=True, anchor="middle")
            )
    return tuple(found)


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
    return next((words for words in said if width_of(words, 11.5, bold=True) + 10 <= room), "")
