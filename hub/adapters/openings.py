"""The ledger of openings: each time an agency's content was opened, under which kept decision, written before it is.

It lies with the keys and not in the store, in the hand of whoever keeps the keys, and is reconciled with the store:
an opening that no kept decision accounts for is found. Each line carries an HMAC over itself and the line before. How
far it has come is sealed in the log, so that lines which are cut off its end are missed too.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock
from uuid import UUID

from hub.adapters.durable_db import DurableDatabase

_TABLE = """
CREATE TABLE IF NOT EXISTS opening (
    number INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, position INTEGER NOT NULL, decision TEXT NOT NULL,
    purpose TEXT NOT NULL, stream TEXT NOT NULL, versions TEXT NOT NULL, compartment TEXT NOT NULL, mac BLOB NOT NULL
)"""
_SELECT = "SELECT number, at_us, position, decision, purpose, stream, versions, compartment, mac FROM opening"
_PAGE = 500
_START = b"childhub/openings/v1"


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens content: when (microseconds since 1970), and the kept decision: its position, its id, its purpose."""

    at_us: int
    position: int
    decision_id: UUID
    purpose: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A line of the ledger: under what was opened, and which rows of which stream (its keyed id)."""

    number: int
    opening: Opening
    stream_id: UUID
    versions: tuple[int, ...]
    compartment: str
    follows: bool = True  # whether it is as it was written, after the line that was before it then
    mac: bytes = field(default=b"", repr=False)


_NOTHING = Opening(0, 0, UUID(int=0), "")


class Openings:
    """The ledger in a file, which is made when something is opened for the first time."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Use this file; `secret` (32 bytes) proves the lines."""
        self._path = path
        self._secret = secret
        self._opened: DurableDatabase | None = None
        self._lock = Lock()

    def record(self, opening: Opening, stream_id: UUID, versions: tuple[int, ...], compartment: str) -> None:
        """The line is durable when this returns. Raises StoreUnavailable."""
        listed = json.dumps(versions)
        with self._db().writing() as db:
            last = db.execute("SELECT number, mac FROM opening ORDER BY number DESC LIMIT 1").fetchone()
            number, before = (last[0] + 1, last[1]) if last is not None else (1, _START)
            said = (number, opening.at_us, opening.position, opening.decision_id.hex, opening.purpose)
            line = (*said, stream_id.hex, listed, compartment)
            db.execute("INSERT INTO opening VALUES (?,?,?,?,?,?,?,?,?)", (*line, self._mac(before, line)))

    def head(self) -> tuple[int, bytes]:
        """See application.seal_log.Salts.openings. No file is made for it."""
        if self._opened is None and not self._path.exists():
            return 0, b""
        rows = self._db().rows("SELECT number, mac FROM opening ORDER BY number DESC LIMIT 1")
        return (int(str(rows[0][0])), _bytes(rows[0][1])) if rows else (0, b"")

    def lines(self) -> Iterator[Opened]:
        """Every line, in order. Raises StoreUnavailable."""
        before, last = _START, 0
        while rows := self._db().rows(f"{_SELECT} WHERE number > ? ORDER BY number LIMIT ?", last, _PAGE):
            for *said, mac in rows:
                follows = said[0] == last + 1 and hmac.compare_digest(_bytes(mac), self._mac(before, tuple(said)))
                before, last = _bytes(mac), int(str(said[0]))
                line = _opened(last, said) if follows else Opened(last, _NOTHING, UUID(int=0), (), "", follows=False)
                yield replace(line, mac=before)

    def _db(self) -> DurableDatabase:
        with self._lock:
            if self._opened is None:
                self._opened = DurableDatabase(self._path, _TABLE)
            return self._opened

    def _mac(self, before: bytes, line: tuple[object, ...]) -> bytes:
        return hmac.digest(self._secret, before + json.dumps(line).encode(), sha256)


def _opened(number: int, said: list[object]) -> Opened:
    _, at_us, position, decision, purpose, stream, versions, compartment = (str(each) for each in said)
    opening = Opening(int(at_us), int(position), UUID(hex=decision), purpose)
    return Opened(number, opening, UUID(hex=stream), tuple(json.loads(versions)), compartment)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
