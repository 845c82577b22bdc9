"""The whole picture: every shape in the order in which it is drawn, from one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.domain import words as domain_words
from hub.domain.sieve import Sieve
from hub.domain.snapshot import Snapshot
from hub.web.picture import bars, child, coverage, gaps, words
from hub.web.picture.lanes import AXIS, CHILD, GUTTER, LANE, Lane, height, lanes, names
from hub.web.picture.marks import drawn
from hub.web.picture.scale import PLOT, Scale, Window, scale, ticks
from hub.web.picture.shapes import FAINT, GAP, INK, LINE, PAPER, Mark, Rect, Rule, Shape, Words
from hub.web.picture.shapes import LANE as LANE_GROUND

UNKNOWN_WORDS = "Not known on this date"


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the picture is asked for: how far back, what is faded, where each entry stands in the list, today."""

    window: Window
    sieve: Sieve
    targets: Mapping[UUID, str]
    today: date


@dataclass(frozen=True, slots=True)
class Picture:
    """The shapes under the marks, the marks, and the column of names; all share one height."""

    title: str
    says: str
    width: int
    gutter: int
    height: int
    names: tuple[Shape, ...]
    grounds: tuple[Rect, ...]
    under: tuple[Shape, ...]
    marks: tuple[Mark, ...]


def picture(of: Snapshot, titles: Mapping[str, str], asked: Asked) -> Picture:
    """The picture. It ends today, whatever day it is of: what was not known then is washed out."""
    by = scale(asked.window, max(asked.today, of.day))
    rows = lanes(of, titles)
    bottom = rows[-1].bottom if rows else AXIS + CHILD
    found = tuple(drawn(lane, by, asked.sieve, asked.targets) for lane in rows)
    return Picture(
        title=words.title(of),
        says=words.describe(of),
        width=PLOT,
        gutter=GUTTER,
        height=height(rows),
        names=names(rows, of.called, asked.sieve),
        grounds=_grounds(rows),
        under=(
            *child.band(of, by),
            *gaps.bands(of, by, bottom),
            *_grid(by, bottom),
            *(Rule(0, lane.middle, PLOT, lane.middle, LINE) for lane in rows),
            *(shape for lane, one in zip(rows, found, strict=True) for shape in coverage.patterns(lane, by, one)),
            *_now(of, by, bottom),
            *_unknown(of, by, bottom),
            *child.seen(of, by),
            *child.said(of, by),
            *gaps.labels(of, by),
            *(shape for lane in rows for shape in bars.bars(of, by, lane)),
            *(shape for one in found for shape in one.under),
            Rule(0, bottom, PLOT, bottom, LINE),
        ),
        marks=tuple(mark for one in found for mark in one.marks),
    )


def _grounds(rows: tuple[Lane, ...]) -> tuple[Rect, ...]:
    """Every second lane a little darker; drawn in the column of names too."""
    return tuple(Rect(0, lane.top, PLOT, LANE, LANE_GROUND) for lane in rows if lane.number % 2)


def _grid(by: Scale, bottom: int) -> tuple[Shape, ...]:
    found: list[Shape] = []
    for tick in ticks(by):
        found.append(Rule(tick.x, AXIS, tick.x, bottom, LINE if tick.strong else FAINT))
        if tick.x < PLOT - 60:
            found.append(Words(tick.x + 3, AXIS - 10, tick.words, 13 if tick.strong else 12, bold=tick.strong))
    return tuple(found)


def _now(of: Snapshot, by: Scale, bottom: int) -> tuple[Shape, ...]:
    """The line of today; of a past day, another line is drawn instead."""
    if of.past:
        return ()
    x = by.x(of.day)
    said = f"Today, {domain_words.day(of.day)}"
    return (
        Rule(x, AXIS - 8, x, bottom, INK, 1.5),
        Words(PLOT - 8, bottom + 18, said, 12, bold=True, anchor="end"),
    )


def _unknown(of: Snapshot, by: Scale, bottom: int) -> tuple[Shape, ...]:
    """Of a past day: a line at that day, and what comes after it washed out."""
    if not of.past:
        return ()
    x = by.x(of.day)
    room = PLOT - x
    return (
        Rect(x, AXIS, round(room, 1), bottom - AXIS, PAPER, opacity=0.9),
        Rule(x, AXIS - 14, x, bottom, GAP, 3),
        Words(min(max(x, 90), PLOT - 90), bottom + 18, domain_words.day(of.day), 12, GAP, bold=True, anchor="middle"),
        *((Words(round(x + room / 2, 1), AXIS + 200, UNKNOWN_WORDS, 15, GAP, bold=True, anchor="middle"),) if room > 200
          else ()),
    )  # fmt: skip
