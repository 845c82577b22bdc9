"""The tokens of agencies' own systems: opaque, for five minutes, held as hashes only."""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from hub.application.let_machine_in import Machine
from hub.application.ports import Clock
from hub.web.session import new_token

LIFE: Final = timedelta(minutes=5)
MOST: Final = 10_000
_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{43})")


class Machines:
    """The tokens that this process gave."""

    def __init__(self, clock: Clock) -> None:
        """None is given yet."""
        self._clock = clock
        self._lock = Lock()
        self._given: dict[bytes, tuple[Machine, datetime]] = {}

    def give(self, machine: Machine) -> str:
        """A token for it; the oldest makes room where there are too many."""
        token, now = new_token(), self._clock.now()
        with self._lock:
            self._given = {key: one for key, one in self._given.items() if now < one[1]}
            while len(self._given) >= MOST:
                del self._given[next(iter(self._given))]
            self._given[_digest(token)] = (machine, now + LIFE)
        return token

    def find(self, authorization: str) -> Machine | None:
        """Whose token stands in the header; None where none does, or it is over."""
        found = _BEARER.fullmatch(authorization)
        if found is None:
            return None
        with self._lock:
            machine, until = self._given.get(_digest(found[1]), (None, self._clock.now()))
        return machine if machine is not None and self._clock.now() < until else None


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
