"""The rows of the picture: where each agency's lane lies, and its name in the column at the left."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.domain.chronology import Entry
from hub.domain.coverage import Cover, CoverKind
from hub.domain.sieve import Sieve
from hub.domain.snapshot import Snapshot
from hub.web.picture.shapes import QUIET, Shape, Words, width_of

GUTTER, AXIS, CHILD, LANE = 172, 30, 94, 47
NAME_ROOM = 152
SEEN_ROW, SAID_ROW = AXIS + 46, AXIS + 77
SAYS: Mapping[CoverKind, str] = {
    CoverKind.NOTHING: "nothing sent",
    CoverKind.ANSWERED: "answered",
    CoverKind.NOT_REPLIED: "not known",
    CoverKind.NOT_CONNECTED: "not known",
    CoverKind.NEVER_HEARD: "not known",
    CoverKind.NOT_CONNECTED_THEN: "not known",
    CoverKind.WITHHELD: "withheld",
    CoverKind.SET_ASIDE: "not known",
    CoverKind.NEVER_CAME: "not known",
    CoverKind.IN_QUESTION: "in question",
}


@dataclass(frozen=True, slots=True)
class Lane:
    """One agency's row: `top` is its upper edge; `covers` what is known of it."""

    number: int
    source: str
    title: str
    top: int
    covers: tuple[Cover, ...]
    entries: tuple[Entry, ...]

    @property
    def middle(self) -> int:
        """Where its baseline is."""
        return self.top + 18

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.top + LANE


def lanes(of: Snapshot, titles: Mapping[str, str]) -> tuple[Lane, ...]:
    """A lane for each agency, in the order of the snapshot."""
    by_source: dict[str, list[Entry]] = {}
    for entry in of.entries:
        by_source.setdefault(entry.source, []).append(entry)
    return tuple(
        Lane(
            number=number,
            source=found[0].source,
            title=titles.get(found[0].source, found[0].source),
            top=AXIS + CHILD + number * LANE,
            covers=found,
            entries=tuple(by_source.get(found[0].source, ())),
        )
        for number, found in enumerate(of.covers)
    )


def height(rows: tuple[Lane, ...]) -> int:
    """How tall the picture is, with the words under it."""
    return AXIS + CHILD + len(rows) * LANE + 26


def names(rows: tuple[Lane, ...], called: str, sieve: Sieve) -> tuple[Shape, ...]:
    """The words of the column at the left."""
    who = called[:1].upper() + called[1:]
    found: list[Shape] = [
        Words(12, AXIS + 21, shortened(who, 15), 15, bold=True),
        Words(12, SEEN_ROW + 4, "Seen by professionals", 11.5, QUIET),
        Words(12, SAID_ROW + 4, shortened(f"{who} said", 11.5), 11.5, QUIET),
    ]
    for lane in rows:
        wrapped = in_lines(lane.title)
        for number, line in enumerate(wrapped):
            found.append(Words(12, lane.top + 15 + 13 * number, line, 12, bold=True))
        found.append(Words(12, lane.top + 15 + 13 * len(wrapped), counted(lane, sieve), 11.5, QUIET))
    return tuple(found)


def counted(lane: Lane, sieve: Sieve) -> str:
    """How many entries the lane has, or why it has none."""
    whole = len(lane.entries)
    if whole and not sieve.is_open:
        return f"{sum(sieve.takes(one) for one in lane.entries)} of {whole} shown"
    if whole:
        return f"{whole} {'entry' if whole == 1 else 'entries'}{_owed(lane)}"
    return next((SAYS[one.kind] for one in reversed(lane.covers) if one.kind in SAYS), "details only")


def _owed(lane: Lane) -> str:
    """That the agency was asked and has not replied, or needs more time."""
    waiting = next((one.waiting for one in lane.covers if one.waiting is not None), None)
    if waiting is None:
        return ""
    return ", no reply" if waiting.more_time is None else ", needs time"


def in_lines(title: str) -> tuple[str, ...]:
    """The title in at most two lines of the column's width; what does not fit is cut, with a mark that it was."""
    lines: list[str] = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, 12, bold=True) > NAME_ROOM:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return tuple(shortened(line, 12) for line in lines)


def shortened(text: str, size: float) -> str:
    """The text, cut to the column's width."""
    room = int(NAME_ROOM / (size * 0.6))
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
