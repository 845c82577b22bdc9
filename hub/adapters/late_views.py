"""Which views are behind the store, and since when, for whoever reads them: a list that is short says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from hub.adapters.log_bodies import LogBodies
from hub.adapters.view_rows_port import KeptViews
from hub.application.ports import Clock
from hub.views.view import View

LATE_AFTER = timedelta(seconds=10)
_ASKED_AGAIN_SECONDS = 1.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Late:
    """A view, and the moment (UTC) from which on what was kept is not in it."""

    view: str
    since: datetime


class LateViews:
    """Looks at the views, once a second at most.

    Views follow before the log does, so what is sealed and in no view shows that a view is held up. Where nobody
    follows at all, nothing is sealed either: then it counts from when it was first seen to wait.
    """

    def __init__(self, tables: KeptViews, bodies: LogBodies, newest: Callable[[], int], clock: Clock) -> None:
        """`newest` is the position of what the store kept last."""
        self._tables = tables
        self._bodies = bodies
        self._newest = newest
        self._clock = clock
        self._lock = Lock()
        self._seen: dict[str, tuple[int, datetime]] = {}
        self._said: tuple[float, tuple[Late, ...]] | None = None

    def now(self) -> tuple[Late, ...]:
        """Each view that has been behind for longer than LATE_AFTER. Raises StoreUnavailable."""
        with self._lock:
            if self._said is None or monotonic() - self._said[0] > _ASKED_AGAIN_SECONDS:
                self._said = (monotonic(), self._look())
            return self._said[1]

    def followed(self) -> int:
        """The position that the last of the followers, views and sealed log, has reached. Raises StoreUnavailable."""
        return min((self._bodies.last()[1], *map(self._tables.followed_to, self._tables.views)))

    def _look(self) -> tuple[Late, ...]:
        newest, now = self._newest(), self._clock.now()
        found = (Late(view.name, self._since(view, newest, now)) for view in self._tables.views)
        return tuple(late for late in found if now - late.since > LATE_AFTER)

    def _since(self, view: View, newest: int, now: datetime) -> datetime:
        """From when on what was kept is not in the view; now, when everything is."""
        followed = self._tables.followed_to(view)
        if followed >= newest:
            self._seen.pop(view.name, None)
            return now
        waits = self._seen.get(view.name)
        if waits is None or followed >= waits[0]:
            waits = (newest, now)
        self._seen[view.name] = waits
        sealed_us = self._bodies.sealed_after(followed)
        return waits[1] if sealed_us is None else min(waits[1], _EPOCH + timedelta(microseconds=sealed_us))
