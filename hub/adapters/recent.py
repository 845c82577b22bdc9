"""The values used last, up to a number and for a time: a worker that meets a million people does not grow with each."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import inf
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Up to `most` values by key, each for `seconds` from when it was put; safe between threads.

    When one more comes, the one that was longest unused goes. Whatever is too old goes at the next use of any.
    """

    def __init__(self, most: int, seconds: float = inf, now: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._most = most
        self._seconds = seconds
        self._now = now
        self._values: OrderedDict[K, V] = OrderedDict()
        self._since: OrderedDict[K, float] = OrderedDict()  # in order of age
        self._lock = Lock()

    def __len__(self) -> int:
        """How many are held."""
        with self._lock:
            self._drop_old()
            return len(self._values)

    def get(self, key: K) -> V | None:
        """The value under a key, now the last used; None when it is not held."""
        with self._lock:
            self._drop_old()
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Hold the value, the last used."""
        with self._lock:
            self._drop_old()
            self._values[key] = value
            self._values.move_to_end(key)
            self._since[key] = self._now()
            self._since.move_to_end(key)
            if len(self._values) > self._most:
                self._since.pop(self._values.popitem(last=False)[0])

    def clear(self) -> None:
        """Hold none."""
        with self._lock:
            self._values.clear()
            self._since.clear()

    def _drop_old(self) -> None:
        oldest_kept = self._now() - self._seconds
        while self._since and next(iter(self._since.values())) < oldest_kept:
            self._values.pop(self._since.popitem(last=False)[0])
