"""How each answer ended goes on record: its size, a keyed hash of its exact bytes, and whether it was given whole.

The decision to show is kept before; this comes after, so it costs no commit of its own: it is kept with whatever is
kept next. Where a machine stops before that, the decision stands without an outcome, and counts as shown.

A decision that permits gives a signed receipt with the answer, `position;decision;microseconds;signature`: whoever
keeps it can show later that the row at that position is another, even before anybody has cosigned the log over it.
"""

import hmac
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
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
from hub.application.in_parts import InParts
from hub.application.ports import Clock, Entry, Stream, StreamKind

MOST_TOGETHER: Final = 200  # outcomes in one fact
MOST_RECEIPTS: Final = 16  # on one answer: a list of many children has as many decisions
RECEIPT: Final = "childhub-audit-receipt/1"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Hashing(Protocol):
    """A hash being made."""

    def update(self, part: bytes, /) -> None:
        """Take in more."""

    def digest(self) -> bytes:
        """The hash of all that was taken in."""


@dataclass(slots=True)
class Answer:
    """One answer being made: decisions kept for it and their receipts, bytes given, and who keeps its outcome."""

    decisions: list[UUID] = field(default_factory=list)
    keeper: "Outcomes | None" = None
    size_bytes: int = 0
    receipts: list[str] = field(default_factory=list)
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

    def __init__(self, secret: bytes, clock: Clock, sign: Callable[[bytes], bytes]) -> None:
        """`secret` (32 bytes) is what answers are hashed with; `sign` signs as the hub does (Ed25519)."""
        self._secret = secret
        self._sign = sign
        self._clock = clock
        self._lock = Lock()
        self._waiting: list[Ended] = []

    def decided(self, entries: tuple[Entry, ...], positions: tuple[int, ...]) -> None:
        """Note the decisions that were just kept, and where, for the answer that is being made."""
        answer = _ANSWER.get()
        if answer is None:
            return
        for entry, position in zip(entries, positions, strict=True):
            decision = _decision(entry.what)
            if decision is None:
                continue
            answer.decisions.append(decision.id)
            answer.keeper = self
            if decision.permits and len(answer.receipts) < MOST_RECEIPTS:
                answer.receipts.append(self._receipt(decision.id, position))

    def _receipt(self, decision_id: UUID, position: int) -> str:
        at_us = (self._clock.now() - _EPOCH) // timedelta(microseconds=1)
        said = f"{position};{decision_id};{at_us}"
        return f"{said};{b64encode(self._sign(receipt_text(said))).decode()}"

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


def receipt_text(said: str) -> bytes:
    """What a receipt's signature is over: `said` is all of it but the signature."""
    return f"{RECEIPT}\n{said}\n".encode()


@dataclass(frozen=True, slots=True)
class _Decision:
    id: UUID
    permits: bool


def _decision(what: Fact | Signed | InParts) -> _Decision | None:
    if isinstance(what, AccessDecided | QuarantineAsked | ReadDecided):
        return _Decision(what.decision_id, what.effect == "permitted")
    if isinstance(what, DisclosureDecided) and what.actor is not None:
        return _Decision(what.disclosure_id, what.effect == "permitted")
    return None
