"""What the hub needs of the place where views are kept, whichever engine is under it."""

from typing import Protocol

from contracts.strict_json import Json
from hub.application.keep_views import ViewTables
from hub.views.view import View


class KeptViews(ViewTables, Protocol):
    """Views with the position each has followed to, to be written by followers and read by pages and commands."""

    def read(self, view: View) -> tuple[dict[str, Json], ...]:
        """The view's rows, by key. Raises StoreUnavailable."""

    def contents(self, view: View) -> dict[str, str]:
        """Each row of the view as it is kept, by key. Raises StoreUnavailable."""

    def begin_again(self) -> None:
        """Every view is emptied, and made again from the store by whoever follows next. Raises StoreUnavailable."""

    def close(self) -> None:
        """Let the files or connections go."""
