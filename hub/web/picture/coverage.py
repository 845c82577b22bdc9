"""The four kinds of empty, none of which looks like another: nothing, not replied, not connected, withheld."""

from hub.domain import words
from hub.domain.coverage import Cover, CoverKind
from hub.domain.moment import day_in_london
from hub.web.picture.lanes import LANE, Lane
from hub.web.picture.scale import PLOT, Scale
from hub.web.picture.shapes import INK, PAPER, Glyph, Rect, Shape, Words, width_of

DOTS, HATCH = "url(#p-dots)", "url(#p-hatch)"
LEAST = 44.0  # how wide the stripes are at least, so that a request of today is seen


def patterns(lane: Lane, by: Scale) -> tuple[Shape, ...]:
    """What covers the lane, with its words; nothing where the agency speaks or has nothing to say."""
    return tuple(shape for cover in lane.covers for shape in _pattern(cover, lane, by))


def _pattern(cover: Cover, lane: Lane, by: Scale) -> tuple[Shape, ...]:
    end = by.x(by.end)
    match cover.kind:
        case CoverKind.HEARD:
            return ()
        case CoverKind.NOTHING:
            return _plate("Nothing sent about this child", lane)
        case CoverKind.NOT_REPLIED:
            return _not_replied(cover, lane, by)
        case CoverKind.NOT_CONNECTED:
            left = by.x(cover.since) if cover.since is not None else 0.0
            said = f"Not heard since {words.day(cover.since)}" if cover.since is not None else "Not connected"
            ground = Rect(left, lane.top + 1, round(max(end - left, 6), 1), LANE - 2, DOTS)
            return (ground, *_plate(said, lane, left))
        case CoverKind.SET_ASIDE:
            left = by.x(cover.since) if cover.since is not None else 0.0
            ground = Rect(left, lane.top + 1, round(max(end - left, 6), 1), LANE - 2, DOTS)
            return (ground, *_plate("Something it sent lies set aside: not known", lane, left))
        case CoverKind.IN_QUESTION:
            ground = Rect(0, lane.top + 1, end, LANE - 2, DOTS)
            return (ground, *_plate("Something may be about this child: whose it is, is in question", lane))
        case CoverKind.WITHHELD:
            return (Glyph(14, lane.middle, "padlock"), *_plate("Holds something that you may not see", lane, 22))


def _not_replied(cover: Cover, lane: Lane, by: Scale) -> tuple[Shape, ...]:
    """Stripes, with words; where the lane has marks, from the asking on, and its name says that no reply came."""
    end = by.x(by.end)
    if not lane.entries or cover.waiting is None:
        return (Rect(0, lane.top + 1, end, LANE - 2, HATCH), *_plate(_asked(cover), lane))
    left = round(min(by.x(day_in_london(cover.waiting.asked)), end - LEAST), 1)
    return (Rect(left, lane.top + 1, round(end - left, 1), LANE - 2, HATCH),)


def _asked(cover: Cover) -> str:
    """When it was asked, and when a reply is due."""
    if cover.waiting is None:
        return "Asked. No reply yet"
    due = f", due {words.moment(cover.waiting.due)}" if cover.waiting.due is not None else ""
    return f"Asked {words.moment(cover.waiting.asked)}. No reply yet{due}"


def _plate(said: str, lane: Lane, left: float = 0) -> tuple[Shape, ...]:
    """Words on a ground of their own, so that no pattern runs through them; kept within the picture."""
    width = round(width_of(said, 11.5, bold=True) + 10, 1)
    at = round(min(left + 8, PLOT - width - 34), 1)
    top = lane.middle - 10
    return (Rect(at, top, width, 20, PAPER), Words(at + 5, top + 14, said, 11.5, INK, bold=True))
