"""A follower of the store: each view gets the rows that the facts kept since last time add to it."""

from typing import Protocol

from hub.application.ports import KeptRows
from hub.views.view import View, ViewRow

BATCH = 500


class ViewTables(Protocol):
    """Where views are kept, with the position each has followed to."""

    @property
    def views(self) -> tuple[View, ...]:
        """The views to keep."""

    def followed_to(self, view: View) -> int:
        """The position that the view has followed to; 0 when it is new, or its version changed and it was emptied."""

    def write(self, view: View, rows: tuple[ViewRow, ...], position: int) -> None:
        """Write the rows and the position in one transaction."""


def keep_views(rows: KeptRows, tables: ViewTables) -> None:
    """Every view follows to the end of the store. Raises StoreUnavailable, Unreadable."""
    for view in tables.views:
        position = tables.followed_to(view)
        while batch := rows.rows_after(position, BATCH):
            found: list[ViewRow] = []
            for row in batch:
                fact = rows.open_row(row)
                found.extend(view.project(fact, row.position) if fact is not None else ())
            position = batch[-1].position
            tables.write(view, tuple(found), position)
