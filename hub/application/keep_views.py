"""A follower of the store: each view gets the rows that the facts kept since last time add to it.

A view that cannot take in a fact stays where it is and is named, and keeps no other view, nor the log, from going on.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from contracts.event import Fact
from hub.application.kept_rows import KeptRow, KeptRows
from hub.domain.errors import Unreadable
from hub.views.view import Values, View, ViewRow

BATCH = 500
# What a pure function raises when it meets what whoever wrote it did not think of.
_FAULTS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Held:
    """A view that is held up: its name, the position of the row that it cannot take in, and why (a code, no words)."""

    view: str
    position: int
    code: str


_Facts = tuple[tuple[int, Fact | None], ...]


class ViewTables(Protocol):
    """Where views are kept, with the position each has followed to."""

    @property
    def views(self) -> tuple[View, ...]:
        """The views to keep."""

    def followed_to(self, view: View) -> int:
        """The position that the view has followed to; 0 when it is new, or its version changed and it was emptied."""

    def rows_of(self, view: View, keys: tuple[str, ...]) -> dict[str, Values]:
        """The values of the rows under those keys that have one."""

    def write(self, view: View, rows: tuple[ViewRow, ...], position: int, *, since: int) -> bool:
        """Write the rows and the position in one transaction.

        False, and nothing is written, when the view has not followed to `since` any more: another worker was quicker.
        """


def keep_views(rows: KeptRows, tables: ViewTables) -> tuple[Held, ...]:
    """Every view follows to the end of the store; the views that could not, which try again when this is next called.

    Raises StoreUnavailable. Several workers may follow at once: of two that read the same rows, one writes, and the
    other goes on from there.
    """
    found = (_follow(view, rows, tables) for view in tables.views)
    return tuple(held for held in found if held is not None)


def _follow(view: View, rows: KeptRows, tables: ViewTables) -> Held | None:
    """What holds the view up, after it has taken in all that stands before that; None at the end of the store."""
    position = tables.followed_to(view)
    while batch := rows.rows_after(position, BATCH):
        facts, unread = _opened(view, rows, batch)
        written, stopped = _written(view, tables, facts)
        held = stopped or unread
        reached = max((row.position for row in batch if held is None or row.position < held.position), default=position)
        if reached > position and not tables.write(view, written, reached, since=position):
            position = tables.followed_to(view)
            continue
        if held is not None:
            return held
        position = reached
    return None


def _opened(view: View, rows: KeptRows, batch: tuple[KeptRow, ...]) -> tuple[_Facts, Held | None]:
    """The facts up to the first row that does not open."""
    facts: list[tuple[int, Fact | None]] = []
    for row in batch:
        try:
            facts.append((row.position, rows.open_row(row)))
        except Unreadable as refused:
            return tuple(facts), Held(view.name, row.position, refused.code)
    return tuple(facts), None


def _asked(view: View, facts: _Facts) -> tuple[tuple[str, ...], _Facts, Held | None]:
    """The keys that these facts make the view read, together; the facts up to one of which it cannot be said."""
    asked: dict[str, None] = {}
    for number, (position, fact) in enumerate(facts):
        try:
            asked.update(dict.fromkeys(view.asks(fact) if view.asks is not None and fact is not None else ()))
        except _FAULTS as fault:
            return tuple(asked), facts[:number], Held(view.name, position, type(fault).__name__)
    return tuple(asked), facts, None


def _written(view: View, tables: ViewTables, facts: _Facts) -> tuple[tuple[ViewRow, ...], Held | None]:
    """The rows that these facts write, each reading what those before it wrote, up to one that cannot be taken in."""
    written: dict[str, ViewRow] = {}
    asked, facts, held = _asked(view, facts)
    known: dict[str, Values | None] = {**dict.fromkeys(asked), **(tables.rows_of(view, asked) if asked else {})}

    def stands(key: str) -> Values | None:
        if key in written:
            return written[key].values
        if key not in known:
            known[key] = tables.rows_of(view, (key,)).get(key)
        return known[key]

    for position, fact in facts:
        try:
            found = view.rows(fact, position, stands) if fact is not None else ()
        except _FAULTS as fault:
            return tuple(written.values()), Held(view.name, position, type(fault).__name__)
        written.update((row.key, row) for row in found)
    return tuple(written.values()), held
