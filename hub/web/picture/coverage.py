"""The four kinds of empty, none of which looks like another: nothing, not replied, not connected, withheld."""

from collections.abc import Mapping

from hub.domain import words
from hub.domain.coverage import NOT_KNOWN, Cover, CoverKind
from hub.domain.moment import day_in_london
from hub.domain.requests import Waiting
from hub.web.picture import stretches
from hub.web.picture.lanes import LANE, Lane
from hub.web.picture.marks import Drawn
from hub.web.picture.scale import AFTER_TODAY, PLOT, Scale
from hub.web.picture.shapes import INK, PAPER, Glyph, Rect, Shape, Words, width_of
from hub.web.said import ANSWERS

DOTS, HATCH = "url(#p-dots)", "url(#p-hatch)"
LEAST = float(AFTER_TODAY)  # how wide the stripes are at least: those of a request of today go past today's line
PAST_THE_LOCK = 22
NOTHING = "Nothing sent about this child"
_SAID: Mapping[CoverKind, str] = {
    CoverKind.WITHHELD: "Holds something that you may not see",
    CoverKind.NOT_CONNECTED: "Not connected",
    CoverKind.NEVER_HEARD: "Nothing has ever come from it: not known",
    CoverKind.NOT_CONNECTED_THEN: "Not connected then: not known",
    CoverKind.SET_ASIDE: "Something it sent was not taken in: not known",
    CoverKind.NEVER_CAME: "A numbered message of its own never came: not known",
    CoverKind.IN_QUESTION: "Something may be about this child: whose it is, is in question",
}
_PLAIN = frozenset({CoverKind.NOTHING, CoverKind.ANSWERED})  # a lane with its baseline, and words where there is room


def patterns(lane: Lane, by: Scale, drawn: Drawn) -> tuple[Shape, ...]:
    """What covers the lane, with its words where `drawn` leaves room; nothing where the agency speaks or is silent."""
    joined = next((one.until for one in lane.covers if one.kind is CoverKind.BEFORE), None)
    stripes = _stripes(lane, by)
    until = _up_to(by.x(joined) if joined is not None and by.holds(joined) else 0.0, stripes)
    plain = next((_answered(one) for one in lane.covers if one.kind in _PLAIN), "")
    covering = (
        *stripes,
        *_throughout(lane, by, stripes),
        *_lock(lane),
        *_whole(lane, plain if _fits(plain, until) else "", until),
        *(shape for one in lane.covers if one.since is not None for shape in _from_a_day(one, lane, by)),
    )
    if joined is None or until <= 0:
        return covering
    ground = Rect(0, lane.top + 1, until, LANE - 2, DOTS)
    since = "" if not plain or _fits(plain, until) else "Nothing sent since" if plain == NOTHING else plain
    said = stretches.placed(_before(words.day(joined), since), until, (*covering, *drawn.under, *drawn.marks))
    return (ground, *covering, *(_plate(said[0], lane, said[1]) if said is not None else ()))


def _before(day: str, since: str) -> tuple[str, ...]:
    """What is said of the time before an agency was connected, the longest first; `since`: and of the time after."""
    whole, short = f"Not known before it was connected, {day}", f"Not known before {day}"
    return (f"{whole}. {since}", f"{short}. {since}") if since else (whole, short)


def _stripes(lane: Lane, by: Scale) -> tuple[Rect, ...]:
    """Stripes from the day on which it was asked, and never from an earlier one, to today or a little past it."""
    asked = next((one.waiting for one in lane.covers if one.waiting is not None), None)
    if asked is None:
        return ()
    left = by.x(day_in_london(asked.asked))
    right = min(max(by.x(by.end), left + LEAST), PLOT)
    return (Rect(left, lane.top + 1, round(right - left, 1), LANE - 2, HATCH),)


def _throughout(lane: Lane, by: Scale, stripes: tuple[Rect, ...]) -> tuple[Rect, ...]:
    """Dots where it is not known throughout, but for the stripes: never one over the other."""
    if all(one.since is not None or one.waiting is not None or one.kind not in NOT_KNOWN for one in lane.covers):
        return ()
    until = _up_to(by.x(by.end), stripes)
    return (Rect(0, lane.top + 1, until if stripes else round(max(until, 6), 1), LANE - 2, DOTS),) if until else ()


def _up_to(until: float, stripes: tuple[Rect, ...]) -> float:
    """Where dots end that would go that far: where the stripes begin, if they begin before."""
    return min(until, *(one.x for one in stripes)) if stripes else until


def _lock(lane: Lane) -> tuple[Shape, ...]:
    """A padlock where the agency holds something that is not shown, on a ground of its own."""
    if all(one.kind is not CoverKind.WITHHELD for one in lane.covers):
        return ()
    return (Rect(4, lane.middle - 10, 26, 20, PAPER), Glyph(14, lane.middle, "padlock"))


def _whole(lane: Lane, plain: str, until: float) -> tuple[Shape, ...]:
    """All that is known of the lane throughout, in one place: why it is empty, what it answered, that it was asked."""
    said = [plain]
    for one in lane.covers:
        if one.since is None and one.kind in _SAID:
            said += [_SAID[one.kind], _answered(one) if one.replied is not None else ""]
        elif one.waiting is not None and not lane.entries:
            said.append(_asked(one.waiting))
    left = PAST_THE_LOCK if _lock(lane) else until if plain else 0
    found = ". ".join(one for one in said if one)
    return _plate(found, lane, left) if found else ()


def _from_a_day(cover: Cover, lane: Lane, by: Scale) -> tuple[Shape, ...]:
    """Dots from the day on from which it is not known, and why it is not."""
    if cover.since is None:
        return ()
    heard = cover.kind is CoverKind.NOT_CONNECTED
    said = f"Not heard since {words.day(cover.since)}" if heard else _SAID.get(cover.kind, "")
    left, end = by.x(cover.since), by.x(by.end)
    return (Rect(left, lane.top + 1, round(max(end - left, 6), 1), LANE - 2, DOTS), *_plate(said, lane, left))


def _asked(waiting: Waiting) -> str:
    """When it was asked, and when a reply is due; or that it needs more time, and until when."""
    asked = f"Asked {words.moment(waiting.asked)}"
    due = words.moment(waiting.due) if waiting.due is not None else ""
    if waiting.more_time is not None:
        return f"{asked}. Needs more time{', until ' if due else ''}{due}"
    return f"{asked}. No reply yet{', due ' if due else ''}{due}"


def _answered(cover: Cover) -> str:
    """That nothing was sent; of whoever was asked, what it answered."""
    if cover.replied is None:
        return NOTHING
    answer = ANSWERS[cover.replied.answer]
    how = "Told the MASH" if cover.replied.taken_down else "Answered"
    return f"{how}: {answer[0].lower()}{answer[1:]}"


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
