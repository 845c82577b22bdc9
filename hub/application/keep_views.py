"""A follower of the store: each view gets the rows that the facts kept since last time add to it."""

from typing import Protocol

from contracts.event import Fact
from hub.application.kept_rows import KeptRows
from hub.views.view import Values, View, ViewRow

BATCH = 500


class ViewTables(Protocol):
    """Where views are kept, with the position each has followed to."""

    @property
    def views(self) -> tuple[View, ...]:
        """The views to keep."""

    def followed_to(self, view: View) -> int:
        """The position that the view has followed to; 0 when it is new, or its version changed and it was emptied."""

    def row(self, view: View, key: str) -> Values | None:
        """The values of the row under a key; None when there is none."""

    def write(self, view: View, rows: tuple[ViewRow, ...], position: int) -> None:
        """Write the rows and the position in one transaction."""


def keep_views(rows: KeptRows, tables: ViewTables) -> None:
    """Every view follows to the end of the store. Raises StoreUnavailable, Unreadable."""
    for view in tables.views:
        position = tables.followed_to(view)
        while batch := rows.rows_after(position, BATCH):
            facts = tuple((row.position, rows.open_row(row)) for row in batch)
            position = batch[-1].position
            tables.write(view, _written(view, tables, facts), position)


def _written(view: View, tables: ViewTables, facts: tuple[tuple[int, Fact | None], ...]) -> tuple[ViewRow, ...]:
    """The rows that these facts write, each reading what those before it wrote."""
    written: dict[str, ViewRow] = {}

    def stands(key: str) -> Values | None:
        return written[key].values if key in written else tables.row(view, key)

    for position, fact in facts:
        if fact is not None:
            written.update((row.key, row) for row in view.rows(fact, position, stands))
    return tuple(written.values())
