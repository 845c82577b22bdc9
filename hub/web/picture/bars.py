"""What lasts, as bars at the foot of the lane of the agency that states it."""

from hub.domain.snapshot import Snapshot
from hub.domain.spans import Span
from hub.web.picture.lanes import Lane
from hub.web.picture.scale import Scale
from hub.web.picture.shapes import EDGE, INK, PAPER, PLACE, PLAN, Rect, Shape, Words, width_of

TALL = 12
_PLACES = frozenset({"school", "custody"})


def bars(of: Snapshot, by: Scale, lane: Lane) -> tuple[Shape, ...]:
    """The bars of one lane; one that would lie over another is left to the list, which has them all."""
    found: list[Shape] = []
    reached = -1.0
    for span in sorted((one for one in of.spans if one.source == lane.source), key=lambda one: one.start):
        if span.start > of.day or (span.end is not None and span.end < by.start):
            continue
        left, right = by.x(max(span.start, by.start)), by.x(min(span.end or of.day, of.day))
        left = max(left, reached)
        if right - left < 3:
            continue
        reached = right
        found += _bar(span, left, right, lane.bottom - TALL - 2)
    return tuple(found)


def _bar(span: Span, left: float, right: float, top: int) -> list[Shape]:
    width = round(right - left, 1)
    if span.absent:
        bar = Rect(left, top, width, TALL, PAPER, INK, "4 3")
    else:
        bar = Rect(left, top, width, TALL, PLACE if span.kind in _PLACES else PLAN, EDGE)
    words = next((one for one in (span.name, span.short) if width_of(one, 10.5) + 8 <= width), "")
    return [bar, Words(left + 4, top + 9.5, words, 10.5, bold=span.absent)] if words else [bar]
