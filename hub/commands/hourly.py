"""What is done when a process begins and every hour after it, as long as it runs."""

from collections.abc import Callable
from time import monotonic

HOUR_SECONDS = 3600.0


class Hourly:
    """One thing to do; what fails is done again when next asked."""

    def __init__(self, thing: Callable[[], object], now: Callable[[], float] = monotonic) -> None:
        """Do nothing yet; `now` counts seconds."""
        self._thing = thing
        self._now = now
        self._done_at: float | None = None

    def if_due(self) -> None:
        """Do it, unless it was done within the hour. Raises what it raises."""
        if self._done_at is None or self._now() - self._done_at >= HOUR_SECONDS:
            self._thing()
            self._done_at = self._now()
