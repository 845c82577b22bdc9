"""How often a pass phrase may be guessed: wrong tries are counted by name, in this process, hour by hour.

A browser in which the person was signed in lately counts for itself, so that no stranger's tries shut its owner out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from hub.application.ports import Clock

MOST_WRONG: Final = 100  # NIST SP 800-63B s3.2.2
WITHIN: Final = timedelta(hours=1)
MOST_NAMES: Final = 10_000


@dataclass(slots=True)
class _Counted:
    since: datetime
    wrong: int


class Tries:
    """The wrong tries of the last hour, for each name; a name that nobody has is counted like any other."""

    def __init__(self, clock: Clock) -> None:
        """Nobody has tried."""
        self._clock = clock
        self._lock = Lock()
        self._counted: dict[bytes, _Counted] = {}

    @property
    def names(self) -> int:
        """How many names are counted."""
        with self._lock:
            return len(self._counted)

    def begin(self, name: str, *, known: bool) -> bool:
        """Whether one more may be tried; it counts as wrong unless `forget` follows. `known`: see the module."""
        key, now = _key(name, known), self._clock.now()
        with self._lock:
            found = self._counted.get(key)
            if found is None or not timedelta() <= now - found.since < WITHIN:
                self._counted.pop(key, None)
                found = self._counted[key] = _Counted(now, 0)
                if len(self._counted) > MOST_NAMES:
                    del self._counted[next(iter(self._counted))]
            if found.wrong >= MOST_WRONG:
                return False
            found.wrong += 1
            return True

    def forget(self, name: str, *, known: bool) -> None:
        """What was begun was right, or no try at all, and does not count; what others guessed meanwhile still does."""
        with self._lock:
            if (found := self._counted.get(_key(name, known))) is not None and found.wrong > 0:
                found.wrong -= 1


def _key(name: str, known: bool) -> bytes:
    return sha256(f"{int(known)} {name}".encode("utf-8", "surrogatepass")).digest()
