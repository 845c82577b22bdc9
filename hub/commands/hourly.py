"""What is done when a process begins and every hour, or every so many seconds, after it, as long as it runs."""

from collections.abc import Callable
from time import monotonic

from hub.adapters.rested import REST_SECONDS
from hub.domain.errors import TopicRefuses

HOUR_SECONDS = 3600.0


class Hourly:
    """One thing to do; what fails is done again when next asked, but for a topic that refuses."""

    def __init__(
        self, thing: Callable[[], object], now: Callable[[], float] = monotonic, seconds: float = HOUR_SECONDS
    ) -> None:
        """Do nothing yet; `now` counts seconds, and after so many it is done again."""
        self._thing = thing
        self._now = now
        self._seconds = seconds
        self._due_at: float | None = None

    def if_due(self) -> None:
        """Do it, unless it was done within the hour (the seconds). Raises what it raises.

        Raises TopicRefuses with for how long it rests, where a topic refused: all else that there was to do is done.
        """
        if self._due_at is not None and self._now() < self._due_at:
            return
        try:
            self._thing()
        except TopicRefuses as refused:
            rests = min(REST_SECONDS, self._seconds)
            self._due_at = self._now() + rests
            raise TopicRefuses(str(refused), rests) from None
        self._due_at = self._now() + self._seconds
