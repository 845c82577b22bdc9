"""A follower of the store: everything the store kept becomes a salted commitment in the log, in the store's order.

A leaf tells an outsider nothing. The body it commits to says who did what and why, and the hash of the stored bytes,
so a row that is altered, moved or deleted afterwards no longer fits its leaf.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Protocol

from audit import commitment
from contracts.event import Fact
from contracts.events.log import LogBegun
from hub.application.kept_rows import KeptRow, KeptRows
from hub.application.last_checkpoint import LastCheckpoint, check_continues
from hub.domain.sealed_body import said_of

BATCH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Body:
    """What one leaf commits to: its number in the one order, the row's position, when, the salt, canonical bytes."""

    index: int
    position: int
    at_us: int
    salt: bytes
    body: bytes

    def entry(self, base: int = 0) -> bytes:
        """The leaf, in the log whose entry 0 is body `base`."""
        return commitment.entry(self.index - base, self.at_us, commitment.commit(self.salt, self.body))


class Bodies(Protocol):
    """Where bodies and their salts are kept, apart from the leaves."""

    def last(self) -> tuple[int, int, int]:
        """How many there are, the position of the newest row and its time (microseconds); zeros when empty."""

    def add(self, bodies: tuple[Body, ...]) -> None:
        """Keep them all, durable when this returns."""

    def from_index(self, index: int, limit: int) -> tuple[Body, ...]:
        """The bodies from that index on, in order."""


class Log(Protocol):
    """The sealed log, as it goes on under one origin after another."""

    @property
    def origin(self) -> str:
        """The origin under which it goes on now."""

    @property
    def base(self) -> int:
        """The number of the body that is entry 0 under that origin."""

    def begin(self, origin: str, position: int) -> None:
        """Go on under another origin with no leaf yet; the last row sealed before stands at that position."""

    def tell_first(self, body: Body) -> None:
        """Publish what entry 0 commits to, unless that is done: anybody may see which log this one continues."""

    @property
    def size(self) -> int:
        """How many leaves it holds."""

    def add(self, entries: tuple[bytes, ...]) -> int:
        """Add leaves; durable when this returns; the new size."""

    def checkpoint(self) -> bytes:
        """Sign and publish the present size; the note that is published."""

    def root(self) -> bytes:
        """The root over all leaves."""

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """The proof that the tree of `old` leaves begins the present one."""


class Salts(Protocol):
    """What a body gets beside its row: a salt, the time, and how far the ledger of openings has come."""

    def salt(self) -> bytes:
        """32 random bytes."""

    def now(self) -> datetime:
        """The present instant, UTC."""

    def openings(self) -> tuple[int, bytes]:
        """The number and the proof of the ledger's last line; 0 and nothing while nothing was opened."""


def seal_log(rows: KeptRows, bodies: Bodies, log: Log, salts: Salts, remembered: LastCheckpoint) -> int:
    """How many rows were sealed. Bodies first, then leaves, then the checkpoint: a crash between is made good here.

    Raises StoreUnavailable (also when the log does not continue the checkpoint last signed: nothing is published then),
    Unreadable.
    """
    check_continues(log, remembered)
    sealed = 0
    while True:
        count, position, time_us = bodies.last()
        found = rows.rows_after(position, BATCH)
        batch = _until_begun([(row, rows.open_row(row)) for row in found], log.origin)
        # Bodies that are gone leave a hole, which the verifier names; a leaf never gets another row's body.
        first = max(count, log.base + log.size)
        now_us = max(int((salts.now() - _EPOCH) / timedelta(microseconds=1)), time_us)
        said = _said(batch, _last_of_past(remembered), salts)
        bodies.add(
            tuple(
                _body(row, said[number], first + number, now_us, salts.salt()) for number, (row, _) in enumerate(batch)
            )
        )
        added = _integrate(bodies, log)
        sealed += added
        if log.size:
            if log.base and (opening := bodies.from_index(log.base, 1)):
                log.tell_first(opening[0])
            _publish(bodies, log, remembered)
        if len(batch) < len(found):
            _begin_where_told(rows.open_row(found[len(batch)]), log, bodies)
        elif len(batch) < BATCH:
            return sealed


def _said_of(row: KeptRow, fact: Fact | None) -> Mapping[str, object]:
    """What the body says of a row; of one that was erased before it was sealed nobody knows any more what it said."""
    return {"kind": "erased"} if row.erased else said_of(fact)


def _publish(bodies: Bodies, log: Log, remembered: LastCheckpoint) -> None:
    note, last = log.checkpoint(), remembered.last()
    if last is None or last.note != note:
        remembered.keep(note, bodies.last()[1])


def _integrate(bodies: Bodies, log: Log) -> int:
    before = log.size
    while waiting := bodies.from_index(log.base + log.size, BATCH):
        log.add(tuple(body.entry(log.base) for body in waiting))
    return log.size - before


def _until_begun(rows: list[tuple[KeptRow, Fact | None]], origin: str) -> list[tuple[KeptRow, Fact | None]]:
    """The rows up to where the log goes on under another origin; the row that says so is the first one there."""
    for number, (_, fact) in enumerate(rows):
        if isinstance(fact, LogBegun) and fact.origin != origin:
            return rows[:number]
    return rows


def _begin_where_told(fact: Fact | None, log: Log, bodies: Bodies) -> None:
    if isinstance(fact, LogBegun):
        log.begin(fact.origin, bodies.last()[1])


def _said(batch: list[tuple[KeptRow, Fact | None]], before: bytes, salts: Salts) -> list[dict[str, object]]:
    """What the bodies say of these rows; the last one also how far the ledger of openings has come.

    Whatever was opened by then can no longer be cut off the ledger unseen. A first entry is public: it tells no count.
    """
    said = [{**_said_of(row, fact), **_continues(fact, before)} for row, fact in batch]
    if batch and not isinstance(batch[-1][1], LogBegun):
        number, mac = salts.openings()
        said[-1] |= {"openings": {"number": number, "mac": mac.hex()}} if number else {}
    return said


def _last_of_past(remembered: LastCheckpoint) -> bytes:
    last = remembered.last()
    return last.past[-1].note if last is not None and last.past else b""


def _continues(fact: Fact | None, before: bytes) -> Mapping[str, object]:
    """What the first entry under an origin says of the log before it: its last checkpoint, whole."""
    if not isinstance(fact, LogBegun):
        return {}
    said = {"kind": "key_rotation", "at": fact.at.isoformat(), "origin": fact.origin, "cause": fact.cause}
    return {**said, "before": before.decode()}


def _body(row: KeptRow, who: Mapping[str, object], index: int, at_us: int, salt: bytes) -> Body:
    place: dict[str, object] = {"v": 1, "row": row.position, "stream": row.stream_id.hex, "version": row.version}
    said = {**place, "code": row.code, "sha256": sha256(row.state).hexdigest(), **who}
    return Body(index, row.position, at_us, salt, commitment.body_bytes(said))
