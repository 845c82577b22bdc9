"""Whether a process can do its work now: one code for each thing that it stands on, and nothing else to a stranger."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from time import monotonic

from hub.adapters.edge_side import Road
from hub.adapters.intake import Intake
from hub.adapters.probes import look_at_store
from hub.adapters.recorder import HubRecorder
from hub.adapters.recorder_postgres import PostgresHubRecorder
from hub.application.ports import Clock
from hub.domain.errors import HubError

OK, AWAY, BEHIND = "ok", "away", "behind"
BEHIND_AFTER = timedelta(seconds=60)
ASKED_AGAIN_SECONDS = 1.0

Codes = Mapping[str, str]


def is_ready(codes: Codes) -> bool:
    """Whether everything is well."""
    return all(code == OK for code in codes.values())


class Lag:
    """Whether the followers of the store stay near its end: nothing waits for them longer than BEHIND_AFTER.

    The store tells no times, so what is seen to wait is remembered, and looked for when asked again.
    """

    def __init__(self, followed: Callable[[], int], clock: Clock) -> None:
        """`followed` is the position that the last of the followers has reached."""
        self._followed = followed
        self._clock = clock
        self._lock = Lock()
        self._waits: tuple[int, datetime] | None = None

    def code(self, newest: int) -> str:
        """How it stands, `newest` being the store's last position. Raises StoreUnavailable, Unreadable."""
        followed, now = self._followed(), self._clock.now()
        with self._lock:
            if self._waits is None or followed >= self._waits[0]:
                self._waits = (newest, now) if newest > followed else None
            return BEHIND if self._waits is not None and now - self._waits[1] > BEHIND_AFTER else OK


class HubReadiness:
    """What a process of the hub stands on: store, bus, that the bus is read, and the followers of the store."""

    def __init__(
        self,
        home: Path,
        recorder: HubRecorder | PostgresHubRecorder,
        followed: Callable[[], int],
        intake: Intake,
        clock: Clock,
    ) -> None:
        """`followed` is the store's position that the sealed log, which follows last, has reached."""
        self._home = home
        self._recorder = recorder
        self._lock = Lock()
        self._said: tuple[float, Codes] | None = None
        self._lag = Lag(followed, clock)
        self._intake = intake

    def codes(self) -> Codes:
        """How each stands, or stood within the last second: who asks often costs the hub no more than that."""
        with self._lock:
            if self._said is None or monotonic() - self._said[0] > ASKED_AGAIN_SECONDS:
                codes = self._ask()
                self._said = (monotonic(), codes)
            return self._said[1]

    def _ask(self) -> Codes:
        look = look_at_store(self._recorder, self._home)
        newest = look.newest
        bus = reached(self._intake.bus)
        return {
            "store": AWAY if look.refusal else OK,
            "bus": bus,
            "intake": AWAY if bus == AWAY else _code(lambda: OK if self._intake.look() else BEHIND),
            "followers": AWAY if newest is None else _code(lambda: self._lag.code(newest)),
        }


def reached(bus: Road) -> str:
    """Whether the bus answers."""

    def asked() -> str:
        bus.reach()
        return OK

    return _code(asked)


def _code(of: Callable[[], str]) -> str:
    try:
        return of()
    except HubError:
        return AWAY
