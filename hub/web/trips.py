"""Browsers that are on their way to an issuer and back: what each was sent with, and under which session it left.

Coming back from another site a browser does not send the cookie of the session (SameSite=Strict), so for five minutes
it carries another one (SameSite=Lax) that leads to its trip and to nothing else.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Final

from hub.application.openid_port import Trip
from hub.application.ports import Clock
from hub.web.session import new_token

MOST_TRIPS: Final = 2_000
SECONDS: Final = 300


def cookie_name(over_https: bool) -> str:
    """The name of the cookie."""
    return "__Host-trip" if over_https else "hub-trip"


@dataclass(frozen=True, slots=True)
class Under:
    """A trip, and the session token under which it began."""

    trip: Trip
    token: str = field(repr=False)


class Trips:
    """The trips of this process. Each is used once."""

    def __init__(self, clock: Clock) -> None:
        """Nobody is on the way."""
        self._clock = clock
        self._lock = Lock()
        self._trips: dict[bytes, Under] = {}

    def begin(self, trip: Trip, token: str) -> str:
        """The cookie's value that leads to it."""
        value, now = new_token(), self._clock.now()
        with self._lock:
            for old in [key for key, one in self._trips.items() if now >= one.trip.until]:
                del self._trips[old]
            while len(self._trips) >= MOST_TRIPS:
                del self._trips[next(iter(self._trips))]
            self._trips[_digest(value)] = Under(trip, token)
        return value

    def end(self, value: str) -> Under | None:
        """The trip that the cookie leads to, which is over with this; None when there is none."""
        with self._lock:
            return self._trips.pop(_digest(value), None)


def _digest(value: str) -> bytes:
    return sha256(value.encode()).digest()
