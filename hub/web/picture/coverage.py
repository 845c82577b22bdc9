"""The four kinds of empty, none of which looks like another: nothing, not replied, not connected, withheld."""

from collections.abc import Mapping

from hub.domain import words
from hub.domain.coverage import Cover, CoverKind
from hub.domain.moment import day_in_london
from hub.web.picture import stretches
from hub.web.picture.lanes import LANE, Lane
from hub.web.picture.marks import Drawn
from hub.web.picture.scale import PLOT, Scale
from hub.web.picture.shapes import INK, PAPER, Glyph, Rect, Shape, Words, width_of
from hub.web.said import ANSWERS

DOTS, HATCH = "url(#p-dots)", "url(#p-hatch)"
LEAST = 44.0  # how wide the stripes are at least, so that a request of today is seen
NOTHING = "Nothing sent about this child"
_NOT_KNOWN: Mapping[CoverKind, str] = {
    CoverKind.NOT_CONNECTED_THEN: "Not connected then: not known",
    CoverKind.SET_ASIDE: "Something it sent lies set aside: not known",
    CoverKind.IN_QUESTION: "Something may be about this child: whose it is, is in question",
}


def patterns(lane: Lane, by: Scale, drawn: Drawn) -> tuple[Shape, ...]:
    """What covers the lane, with its words where `drawn` leaves room; nothing where the agency speaks or is silent."""
    joined = next((one.until for one in lane.covers if one.kind is CoverKind.BEFORE), None)
    until = by.x(joined) if joined is not None and by.holds(joined) else 0.0
    covering = tuple(shape for cover in lane.covers for shape in _pattern(cover, lane, by, until))
    if joined is None or until <= 0:
        return covering
    ground = Rect(0, lane.top + 1, until, LANE - 2, DOTS)
    silent = any(one.kind is CoverKind.NOTHING for one in lane.covers) and not _fits(NOTHING, until)
    said = stretches.placed(_before(words.day(joined), silent=silent), until, (*covering, *drawn.under, *drawn.marks))
    return (ground, *covering, *(_plate(said[0], lane, said[1]) if said is not None else ()))


def _before(day: str, *, silent: bool) -> tuple[str, ...]:
    """What is said of the time before an agency was connected, the longest first; `silent`: and of the time since."""
    whole = f"Not known before it was connected, {day}"
    if silent:
        return (f"{whole}. Nothing sent since", f"Not known before {day}. Nothing sent since")
    return (whole, f"Not known before {day}")


def _pattern(cover: Cover, lane: Lane, by: Scale, until: float) -> tuple[Shape, ...]:
    match cover.kind:
        case CoverKind.HEARD | CoverKind.BEFORE:
            return ()
        case CoverKind.NOTHING | CoverKind.ANSWERED:
            words_of_it = _answered(cover)
            return _plate(words_of_it, lane, until) if _fits(words_of_it, until) else ()
        case CoverKind.NOT_REPLIED:
            return _not_replied(cover, lane, by)
        case CoverKind.WITHHELD:
            return (Glyph(14, lane.middle, "padlock"), *_plate("Holds something that you may not see", lane, 22))
        case CoverKind.NOT_CONNECTED if cover.since is not None:
            return _dotted(f"Not heard since {words.day(cover.since)}", cover, lane, by)
        case CoverKind.NOT_CONNECTED:
            return _dotted("Not connected", cover, lane, by)
        case CoverKind.NOT_CONNECTED_THEN | CoverKind.SET_ASIDE | CoverKind.IN_QUESTION:
            return _dotted(_NOT_KNOWN[cover.kind], cover, lane, by)


def _dotted(said: str, cover: Cover, lane: Lane, by: Scale) -> tuple[Shape, ...]:
    """Dots from the day on from which it is not known, and why it is not."""
    left, end = by.x(cover.since) if cover.since is not None else 0.0, by.x(by.end)
    return (Rect(left, lane.top + 1, round(max(end - left, 6), 1), LANE - 2, DOTS), *_plate(said, lane, left))


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


def _answered(cover: Cover) -> str:
    """That nothing was sent; of whoever was asked, what it answered."""
    if cover.replied is None:
        return NOTHING
    answer = ANSWERS[cover.replied.answer]
    return f"Answered: {answer[0].lower()}{answer[1:]}"


def _fits(said: str, left: float) -> bool:
    """Whether words that begin at `left` are not pushed back over what lies before it."""
    return left + 8 <= PLOT - _wide(said) - 34


def _wide(said: str) -> float:
    return round(width_of(said, 11.5, bold=True) + 10, 1)


def _plate(said: str, lane: Lane, left: float = 0) -> tuple[Shape, ...]:
    """Words on a ground of their own, so that no pattern runs through them; kept within the picture."""
    width = _wide(said)
    at = round(min(left + 8, PLOT - width - 34), 1)
    top = lane.middle - 10
    return (Rect(at, top, width, 20, PAPER), Words(at + 5, top + 14, said, 11.5, INK, bold=True))
