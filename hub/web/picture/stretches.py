"""Where along a lane there is room for words: between what is drawn there."""

from collections.abc import Iterable, Iterator

from hub.web.picture.shapes import Dot, Glyph, Mark, Rect, Rule, Shape, width_of

AROUND_A_MARK, AROUND_A_DOT = 16.0, 6.0
BESIDE = 18  # room at both ends of the words, with their own ground


def placed(said: Iterable[str], until: float, drawn: Iterable[Shape | Mark]) -> tuple[str, float] | None:
    """The first of `said` for which there is room before `until`, and where that room begins; None: for none."""
    free = tuple(_free(until, drawn))
    for words in said:
        width = width_of(words, 11.5, bold=True) + BESIDE
        left = next((start for start, end in free if end - start >= width), None)
        if left is not None:
            return words, left
    return None


def _free(until: float, drawn: Iterable[Shape | Mark]) -> Iterator[tuple[float, float]]:
    """From where to where nothing is drawn, from the left."""
    reached = 0.0
    for start, end in sorted(taken for one in drawn if (taken := _taken(one)) is not None):
        if start > reached:
            yield reached, min(start, until)
        reached = max(reached, end)
    if reached < until:
        yield reached, until


def _taken(one: Shape | Mark) -> tuple[float, float] | None:
    """The room that a shape takes at the height of the words; the tails of what is late run under them."""
    match one:
        case Mark():
            return one.x - AROUND_A_MARK, one.x + AROUND_A_MARK
        case Glyph():
            return one.x - AROUND_A_MARK, one.x + AROUND_A_MARK
        case Dot():
            return one.x - AROUND_A_DOT, one.x + AROUND_A_DOT
        case Rect():
            return one.x, one.x + one.width
        case Rule(dash="") if one.y1 == one.y2:
            return one.x1, one.x2
        case _:
            return None
