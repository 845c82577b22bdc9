"""What is done when a process begins and every hour, or every so many seconds, after it, as long as it runs."""

from collections.abc import Callable
from time import monotonic

HOUR_SECONDS = 3600.0


class Hourly:
    """One thing to do; what fails is done again when next asked."""

    def __init__(
        self, thing: Callable[[], object], now: Callable[[], float] = monotonic, seconds: float = HOUR_SECONDS
    ) -> None:
        """Do nothing yet; `now` counts seconds, and after so many it is done again."""
        self._thing = thing
        self._now = now
        self._seconds = seconds
        self._done_at: float | None = None

    def if_due(self) -> None:
        """Do it, unless it was done within the hour (the seconds). Raises what it raises."""
        if self._done_at is None or self._now() - self._done_at >= self._seconds:
            self._thing()
            self._done_at = self._now()
