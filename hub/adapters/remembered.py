"""A stream that everything asks for and that hardly grows: its facts are opened once, and then only what came since.

The hub's registry is one: each page, search and batch asks who may do what. With some hundred staff, opening it anew
would cost more than what it is opened for.
"""

from collections.abc import Callable
from dataclasses import dataclass

from contracts.event import Fact
from hub.application.kept_rows import KeptRow

Rows = Callable[[int], tuple[KeptRow, ...]]
Opened = Callable[[tuple[KeptRow, ...]], tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was opened, and the last row of it as it is stored."""

    facts: tuple[Fact, ...]
    last: KeptRow


class Remembered:
    """The facts of one stream. Several threads may ask at once: each sees all that was kept before it asked."""

    def __init__(self, rows_after: Rows, opened: Opened) -> None:
        """`rows_after` gives the rows of the stream past a version; `opened` what stands in them."""
        self._rows_after = rows_after
        self._opened = opened
        self._known: _Known | None = None

    def facts(self) -> tuple[Fact, ...]:
        """All of them, in order. Where the last row known is not there as it was, all is read anew.

        Raises StoreUnavailable, Unreadable.
        """
        known = self._known
        if known is None:
            return self._anew()
        last, *new = self._rows_after(known.last.version - 1) or (None,)
        if last != known.last:
            return self._anew()
        if not new:
            return known.facts
        return self._keep((*known.facts, *self._opened(tuple(new))), new[-1])

    def _anew(self) -> tuple[Fact, ...]:
        self._known = None
        rows = self._rows_after(0)
        return self._keep(self._opened(rows), rows[-1]) if rows else ()

    def _keep(self, facts: tuple[Fact, ...], last: KeptRow) -> tuple[Fact, ...]:
        self._known = _Known(facts, last)
        return facts
