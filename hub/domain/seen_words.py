"""For how long nobody recorded seeing a child, in words: the same on a page, on paper and on a terminal."""

from collections.abc import Mapping
from typing import Final

from hub.domain import words
from hub.domain.seen import Gap, GapKind, How, longest
from hub.domain.snapshot import Snapshot

_NOT_SAID: Final = "Attendance at school or nursery is not known for all of it, so whether anybody did is not known."
HOW: Final[Mapping[How, str]] = {
    How.ALONE: "seen alone",
    How.SEEN: "seen",
    How.SPOKEN_WITH: "spoken with",
    How.MEASURED: "measured",
}


def times(of: Snapshot) -> str:
    """How often the child was seen as it is stated, and how often something else shows that somebody was there."""
    stated = sum(one.is_stated for one in of.seen)
    shown = len(of.seen) - stated
    said = f"{stated} {'time' if stated == 1 else 'times'} somebody recorded seeing {of.called}."
    if not shown:
        return said
    more = f"{shown} {'time' if shown == 1 else 'times'} more"
    return f"{said} {more} it is not stated, and somebody spoke with or measured {of.called}, as they recorded."


def ways(of: Snapshot) -> str:
    """In which ways it is known that somebody was with the child: `seen`, or `seen, spoken with or measured`."""
    shown = {one.how for one in of.seen if not one.is_stated}
    *others, last = ("seen", *(HOW[how] for how in How if how in shown))
    return f"{', '.join(others)} or {last}" if others else last


def as_recorded(of: Snapshot, *, last: bool = False) -> str:
    """How the child is recorded, `seen` or in another way, on the first day on which it is, or the last."""
    ends = of.seen[-1:] if last else of.seen[:1]
    stated = not ends or any(one.is_stated for one in of.seen if one.day == ends[0].day)
    return "seen" if stated else HOW[ends[0].how]


def gap(one: Gap, of: Snapshot) -> str:
    """One gap as a sentence, saying no more than is known."""
    if one.kind is GapKind.NOT_SEEN:
        return f"No professional that we know of saw {of.called} for {_days(one, of)}."
    return f"Nobody recorded seeing {of.called} for {_days(one, of)}. {_NOT_SAID}"


def gaps_together(of: Snapshot) -> tuple[str, ...]:
    """Every gap, in a sentence for each kind, where there is no room for one for each gap."""
    unseen, unknown = (
        "; ".join(_days(one, of) for one in of.gaps if (one.kind is GapKind.NOT_SEEN) is seen) for seen in (True, False)
    )
    return (
        *((f"No professional that we know of saw {of.called} for {unseen}.",) if unseen else ()),
        *((f"Nobody recorded seeing {of.called} for {unknown}. {_NOT_SAID}",) if unknown else ()),
    )


def _days(one: Gap, of: Snapshot) -> str:
    """How long a gap is, and from when to when."""
    return f"{one.days} days, {words.day(one.start)} to {'now' if one.open and not of.past else words.day(one.end)}"


def before(of: Snapshot) -> tuple[str, ...]:
    """Up to which day nobody can say whether anybody saw the child, and since when anything is recorded."""
    dated = of.first_dated
    begins = (f"The first thing recorded here is of {words.when(dated)}.",) if dated is not None else ()
    if of.unknown_until is None:
        return begins
    if of.first_seen is None:
        return (f"Nothing recorded here says that anybody saw {of.called}: whether anybody did is not known.", *begins)
    birth = f", from birth on {words.day(of.born)}," if of.born is not None else ""
    return (
        f"The first day on which {of.called} is recorded as {as_recorded(of)} is {words.day(of.first_seen)}. "
        f"Whether anybody saw {of.called} before that{birth} is not known.",
        *begins,
    )


def longest_said(of: Snapshot) -> str:
    """The longest gap between or after times seen, or that there is no long one; empty where no seeing is recorded."""
    found = longest(of.gaps)
    if found is not None:
        return gap(found, of)
    return "" if of.first_seen is None else f"No gap of more than 6 weeks between times recorded as {ways(of)}."
