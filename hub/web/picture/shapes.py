"""What a picture is made of. Colours are attributes, not styles: what prints without our stylesheet looks the same.

Lengths are units of the canvas; a shape says by its `kind` how it is drawn.
"""

from dataclasses import dataclass
from typing import ClassVar

INK, QUIET, PAPER, LINE, FAINT = "#0b0c0c", "#505a5f", "#ffffff", "#b1b4b6", "#e6e8ea"
BAND, AGE, LANE = "#edf3f7", "#d3e0ec", "#f8f8f8"
GAP, GAP_SOFT, GAP_FAINT = "#53308c", "#e6e1ef", "#f6f3fa"
PLAN, PLACE, EDGE = "#c1d3e6", "#e4e5e6", "#5b82ad"
BROAD = "#757d82"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box; `fill` may name a pattern."""

    kind: ClassVar[str] = "rect"
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    dash: str = ""
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    kind: ClassVar[str] = "rule"
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Text that begins, or with `anchor` is centred or ends, at a point of its baseline."""

    kind: ClassVar[str] = "words"
    x: float
    y: float
    text: str
    size: float = 12
    fill: str = INK
    bold: bool = False
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark that is faded: it is there, and is not among what was asked for."""

    kind: ClassVar[str] = "dot"
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign that is no link: a seeing, the child's words, a padlock."""

    kind: ClassVar[str] = "glyph"
    x: float
    y: float
    sign: str


Shape = Rect | Rule | Words | Dot | Glyph


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that leads to an entry. `order` is its place in time, `lane` its row: for the arrow keys.

    `count` is more than 1 for a block that stands for several entries.
    """

    x: float
    y: float
    sign: str
    target: str
    label: str
    lane: int
    order: int
    count: int = 1


def width_of(text: str, size: float = 12, bold: bool = False) -> float:
    """About how wide a text is drawn, on the safe side."""
    return len(text) * size * (0.6 if bold else 0.55)
