"""Whether the hub takes in what agencies send: what waits on the road for longer than a minute is told to readers.

The road tells no times, so what is seen to wait is remembered, and looked for when asked again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock

from hub.adapters.edge_side import Road
from hub.application.ports import Clock
from hub.application.take_messages import CONSUMER
from hub.domain.feed import LyingHere

WAITS_TOO_LONG = timedelta(seconds=60)


class Intake:
    """What waits on each agency's topic, as this process last saw it."""

    def __init__(self, bus: Road, sources: Mapping[str, str], clock: Clock) -> None:
        """`sources` says whose each inbound topic is."""
        self._bus = bus
        self._sources = sources
        self._clock = clock
        self._lock = Lock()
        self._seen: dict[str, tuple[int, LyingHere]] = {}

    @property
    def bus(self) -> Road:
        """The road that is looked at."""
        return self._bus

    def look(self) -> bool:
        """Whether nothing waits for longer than WAITS_TOO_LONG. Raises StoreUnavailable."""
        found, now = self._bus.lag(CONSUMER, tuple(self._sources)), self._clock.now()
        with self._lock:
            seen = self._seen
            self._seen = {}
            for one in found:
                ends_at, waits = seen.get(one.topic, (0, None))
                since = now if waits is None or one.done_to >= ends_at else waits.since
                if one.count:
                    end = one.ends_at if since == now else ends_at
                    self._seen[one.topic] = (end, LyingHere(one.count, since))
        return not self.waiting(now)

    def waiting(self, now: datetime) -> Mapping[str, LyingHere]:
        """What has waited for longer than that, by source, as far as this process has looked; nothing is asked."""
        with self._lock:
            seen = dict(self._seen)
        return {self._sources[topic]: waits for topic, (_, waits) in seen.items() if now - waits.since > WAITS_TOO_LONG}
