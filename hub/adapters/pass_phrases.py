"""Pass phrases, hashed with scrypt (RFC 7914; r 8, p 1), at a cost that stands with each hash.

What the hub makes itself is random, 64 bits and more: any cost does. What people choose is hashed at the cost that the
settings say. That takes memory (128 MiB at 2**17), so two are worked out at a time and eight wait at most.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from contracts.base64_text import from_text, to_text
from hub.domain.errors import TooBusy
from hub.domain.pass_phrase import CHOSEN_COST, LEAST_COST, in_one_form

AT_ONCE: Final = 2
MAY_WAIT: Final = 8
BLOCK: Final = 8
_LEAST = 1 << LEAST_COST


class Turns:
    """So many work at a time, and so many wait."""

    def __init__(self, at_once: int, may_wait: int) -> None:
        """Nobody works."""
        self._most, self._here, self._lock = at_once + may_wait, 0, Lock()
        self._working = BoundedSemaphore(at_once)

    @property
    def full(self) -> bool:
        """Whether the next would be told to come again."""
        with self._lock:
            return self._here >= self._most

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn, when it comes. Raises TooBusy when too many wait already."""
        with self._lock:
            if self._here >= self._most:
                raise TooBusy("phrases")
            self._here += 1
        try:
            with self._working:
                yield
        finally:
            with self._lock:
                self._here -= 1


class ScryptPhrases:
    """See application.enrol.PassPhrases. `cost`: of phrases that people choose, as a power of two."""

    def __init__(self, cost: int = CHOSEN_COST) -> None:
        """Nothing is worked out yet."""
        self._cost = 1 << cost
        self._turns = Turns(AT_ONCE, MAY_WAIT)

    def hashed(self, phrase: str) -> str:
        """See application.enrol.PassPhrases."""
        return self._hash(phrase, _LEAST)

    def hashed_chosen(self, phrase: str) -> str:
        """See application.enrol.PassPhrases. Raises TooBusy."""
        return self._hash(phrase, self._cost)

    def matches(self, phrase: str, hashed: str, beside: Iterable[str] = ()) -> bool:
        """See application.enrol.PassPhrases. Raises TooBusy."""
        own = _cost_of(hashed) if hashed else 0
        found = False
        for cost in costs_of(hashed, beside):
            salt, expected = _parts(hashed) if cost == own else (bytes(16), b"")
            found = hmac.compare_digest(self._work(phrase, salt, cost), expected) or found
        return found

    def is_cheap(self, hashed: str) -> bool:
        """See application.enrol.PassPhrases."""
        return _cost_of(hashed) < self._cost

    def _hash(self, phrase: str, cost: int) -> str:
        salt = secrets.token_bytes(16)
        return f"scrypt${cost}${BLOCK}$1${to_text(salt)}${to_text(self._work(phrase, salt, cost))}"

    def _work(self, phrase: str, salt: bytes, cost: int) -> bytes:
        with self._turns.one():
            # A lone surrogate can come from a terminal: it is a letter like any other here.
            raw, most = in_one_form(phrase).encode("utf-8", "surrogatepass"), 128 * BLOCK * (cost + 4)
            try:
                return hashlib.scrypt(raw, salt=salt, n=cost, r=BLOCK, p=1, maxmem=most, dklen=32)
            except (ValueError, MemoryError) as refused:
                # OpenSSL says of memory that is not there what it says of numbers that do not fit, in other words.
                if isinstance(refused, ValueError) and "malloc" not in str(refused):
                    raise
                raise TooBusy("memory") from None


def costs_of(hashed: str, beside: Iterable[str]) -> tuple[int, ...]:
    """At which costs a phrase is worked out to be held against the hash: at each that stands there, whosever it is."""
    return tuple(sorted({_cost_of(one) for one in (hashed, *beside) if one} or {_LEAST}))


def _parts(hashed: str) -> tuple[bytes, bytes]:
    """The salt, and what came of it."""
    *_, salt, expected = hashed.split("$")
    return from_text(salt), from_text(expected)


def _cost_of(hashed: str) -> int:
    """N; earlier releases wrote no cost, and theirs was the least."""
    parts = hashed.split("$")
    return int(parts[1]) if len(parts) == 6 else _LEAST
