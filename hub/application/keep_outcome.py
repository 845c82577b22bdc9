"""How each answer ended goes on record: its size, a keyed hash of its exact bytes, and whether it was given whole.

The decision to show is kept before; this comes after, so it costs no commit of its own: it is kept with whatever is
kept next. Where a machine stops before that, the decision stands without an outcome, and counts as shown.
"""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Final, Literal, Protocol
from uuid import UUID

from contracts.event import Fact
from contracts.events.access import Ended, OutcomesKept, ReadDecided
from contracts.events.hub import AccessDecided
from contracts.events.quarantine import QuarantineAsked
from contracts.events.sharing import DisclosureDecided
from contracts.signature import Signed
from hub.application.ports import Clock, Entry, Stream, StreamKind

MOST_TOGETHER: Final = 200  # outcomes in one fact


class Hashing(Protocol):
    """A hash being made."""

    def update(self, part: bytes, /) -> None:
        """Take in more."""

    def digest(self) -> bytes:
        """The hash of all that was taken in."""


@dataclass(slots=True)
class Answer:
    """One answer being made: the decisions kept for it so far, the bytes given so far, and who keeps its outcome."""

    decisions: list[UUID] = field(default_factory=list)
    keeper: "Outcomes | None" = None
    size_bytes: int = 0
    _digest: Hashing = field(default_factory=sha256)

    def gave(self, part: bytes) -> None:
        """Note bytes that were given."""
        self.size_bytes += len(part)
        self._digest.update(part)

    def end(self, ended: Literal["completed", "aborted"]) -> None:
        """Have the outcome kept, where anything was decided for this answer."""
        if self.keeper is not None and self.decisions:
            self.keeper.end(tuple(self.decisions), self._digest.digest(), self.size_bytes, ended)


_ANSWER: ContextVar[Answer | None] = ContextVar("answer", default=None)


@contextmanager
def answering() -> Iterator[Answer]:
    """The answer that is made in this block, by whatever thread works for it; it ends with the block."""
    answer = Answer()
    token = _ANSWER.set(answer)
    ended: Literal["completed", "aborted"] = "aborted"
    try:
        yield answer
        ended = "completed"
    finally:
        _ANSWER.reset(token)
        answer.end(ended)


class Outcomes:
    """The outcomes that wait to be kept with the next thing kept."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        """`secret` (32 bytes) is what answers are hashed with."""
        self._secret = secret
        self._clock = clock
        self._lock = Lock()
        self._waiting: list[Ended] = []

    def decided(self, entries: tuple[Entry, ...]) -> None:
        """Note the decisions that were just kept, for the answer that is being made."""
        answer = _ANSWER.get()
        if answer is not None:
            found = [one for one in (_decision(entry.what) for entry in entries) if one is not None]
            answer.decisions += found
            answer.keeper = self if found else answer.keeper

    def end(
        self, decisions: tuple[UUID, ...], digest: bytes, size_bytes: int, ended: Literal["completed", "aborted"]
    ) -> None:
        """Have this kept with the next thing kept; `digest` is SHA-256 of the answer."""
        mac = hmac.digest(self._secret, digest, sha256).hex()
        one = Ended(decisions=decisions, at=self._clock.now(), ended=ended, size_bytes=size_bytes, mac=mac)
        with self._lock:
            self._waiting.append(one)

    def take(self) -> tuple[Entry, ...]:
        """What waits, as one entry to keep; nothing where nothing waits."""
        with self._lock:
            taken, self._waiting = tuple(self._waiting[:MOST_TOGETHER]), self._waiting[MOST_TOGETHER:]
        if not taken:
            return ()
        kept_id = self._clock.new_id()
        fact = OutcomesKept(at=self._clock.now(), outcomes=taken)
        return (Entry(Stream(StreamKind.READ, f"outcome {kept_id.hex}"), kept_id, fact, expected=0),)

    def put_back(self, entries: tuple[Entry, ...]) -> None:
        """Let what could not be kept wait again."""
        facts = (entry.what for entry in entries)
        with self._lock:
            for fact in facts:
                if isinstance(fact, OutcomesKept):
                    self._waiting = [*fact.outcomes, *self._waiting]

    def is_of(self, body: bytes, mac: str) -> bool:
        """Whether these are the very bytes of an answer with that keyed hash."""
        return hmac.compare_digest(hmac.digest(self._secret, sha256(body).digest(), sha256).hex(), mac)


def _decision(what: Fact | Signed) -> UUID | None:
    if isinstance(what, AccessDecided | QuarantineAsked | ReadDecided):
        return what.decision_id
    if isinstance(what, DisclosureDecided) and what.actor is not None:
        return what.disclosure_id
    return None
