"""How far a follower has come, kept among the views; lost with them, it starts again from nothing and does no harm."""

from hub.application.keep_views import ViewTables
from hub.views.view import View


class FollowedTo:
    """See application.follow_disclosures.Progress."""

    def __init__(self, tables: ViewTables, name: str) -> None:
        """Keep it in these tables under this name."""
        self._tables = tables
        self._view = View(name, 1)

    def reached(self) -> int:
        """See application.follow_disclosures.Progress."""
        return self._tables.followed_to(self._view)

    def reach(self, position: int) -> None:
        """See application.follow_disclosures.Progress. Where another worker has come further, that stands."""
        while (before := self.reached()) < position:
            self._tables.write(self._view, (), position, since=before)
