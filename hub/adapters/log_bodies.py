"""Bodies and salts of the sealed log, in a database of their own: leaves elsewhere, so neither alone tells anything."""

import hmac
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.adapters.durable_db import DurableDatabase
from hub.adapters.keys import derived
from hub.adapters.openings import Openings
from hub.application.seal_log import Body
from hub.domain.errors import Unreadable

_TABLE = """
CREATE TABLE IF NOT EXISTS body (
    number INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE, at_us INTEGER NOT NULL, stream BLOB NOT NULL,
    sealed BLOB NOT NULL
)"""
_BY_STREAM = "CREATE INDEX IF NOT EXISTS body_of_stream ON body (stream, number)"
_SELECT = "SELECT number, position, at_us, stream, sealed FROM body"
_PLACES = "SELECT number, position, at_us FROM body"
_PAGE = 500
_NONCE = 12


class LogBodies:
    """See application.seal_log.Bodies."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Open the file, making it on first use; `secret` (32 bytes) encrypts. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _TABLE, _BY_STREAM)
        self._cipher = AESGCM(secret)
        self._streams = derived(secret, "streams")

    def last(self) -> tuple[int, int, int]:
        """See application.seal_log.Bodies."""
        rows = self._db.rows("SELECT number + 1, position, at_us FROM body ORDER BY number DESC LIMIT 1")
        return _numbers(rows[0]) if rows else (0, 0, 0)

    def add(self, bodies: tuple[Body, ...]) -> None:
        """See application.seal_log.Bodies."""
        rows = [(one.index, one.position, one.at_us, self._stream_of(one.body), self._seal(one)) for one in bodies]
        if rows:
            with self._db.writing() as db:
                db.executemany("INSERT INTO body VALUES (?,?,?,?,?)", rows)

    def from_index(self, index: int, limit: int) -> tuple[Body, ...]:
        """See application.seal_log.Bodies. Raises Unreadable, StoreUnavailable."""
        rows = self._db.rows(f"{_SELECT} WHERE number >= ? ORDER BY number LIMIT ?", index, limit)
        return tuple(self._open(row) for row in rows)

    def places(self) -> Iterator[tuple[int, int]]:
        """Index and position of each body, in order, as its row says; not opened. Raises Unreadable."""
        last = -(2**62)
        while rows := self._db.rows(
            "SELECT number, position, 0 FROM body WHERE number > ? ORDER BY number LIMIT ?", last, _PAGE
        ):
            for row in rows:
                last, position, _ = _numbers(row)
                yield last, position

    def at_index(self, index: int) -> Body | None:
        """The body with that index; None when there is none. Raises Unreadable."""
        rows = self._db.rows(f"{_SELECT} WHERE number = ?", index)
        return self._open(rows[0]) if rows else None

    def version_of(self, stream_id: UUID) -> int:
        """The highest version of a stream that was sealed; 0 when none was yet. Raises Unreadable."""
        token = self._stream_token(stream_id.hex)
        rows = self._db.rows(f"{_SELECT} WHERE stream = ? ORDER BY number DESC LIMIT 1", token)
        return int(json.loads(self._open(rows[0]).body)["version"]) if rows else 0

    def at_position(self, position: int) -> Body | None:
        """The body of the row kept at that position; None when it is not sealed yet."""
        rows = self._db.rows(f"{_SELECT} WHERE position = ?", position)
        return self._open(rows[0]) if rows else None

    def at_positions(self, positions: tuple[int, ...]) -> dict[int, Body | Unreadable]:
        """The bodies of the rows kept at these positions, as far as they are sealed; in few readings.

        One that does not open is there as the error that says so. Raises StoreUnavailable.
        """
        found: dict[int, Body | Unreadable] = {}
        for start in range(0, len(positions), _PAGE):
            some = positions[start : start + _PAGE]
            for row in self._db.rows(f"{_SELECT} WHERE position IN ({','.join('?' * len(some))})", *some):
                try:
                    body = self._open(row)
                    found[body.position] = body
                except Unreadable as refused:
                    found[_numbers(row)[1]] = refused
        return found

    def sealed_after(self, position: int) -> int | None:
        """When the first row kept after that position was sealed (microseconds); None when none was yet."""
        rows = self._db.rows(f"{_PLACES} WHERE position > ? ORDER BY position LIMIT 1", position)
        return _numbers(rows[0])[2] if rows else None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _seal(self, body: Body) -> bytes:
        nonce, bound = secrets.token_bytes(_NONCE), _bound(body.index, body.position, self._stream_of(body.body))
        return nonce + self._cipher.encrypt(nonce, body.salt + body.body, bound)

    def _open(self, row: tuple[object, ...]) -> Body:
        number, position, at_us = _numbers(row[:3])
        stream, sealed = row[3:]
        if not (isinstance(stream, bytes) and isinstance(sealed, bytes) and len(sealed) > _NONCE):
            raise Unreadable(position, "log_body_form")
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(number, position, stream))
        except InvalidTag:
            raise Unreadable(position, "log_body_altered") from None
        return Body(number, position, at_us, plain[:32], plain[32:])

    def _stream_of(self, body: bytes) -> bytes:
        return self._stream_token(json.loads(body)["stream"])

    def _stream_token(self, stream: str) -> bytes:
        return hmac.digest(self._streams, stream.encode(), sha256)


class Salts:
    """See application.seal_log.Salts."""

    def __init__(self, ledger: Openings) -> None:
        """Use this ledger of openings."""
        self._ledger = ledger

    def salt(self) -> bytes:
        """See application.seal_log.Salts."""
        return secrets.token_bytes(32)

    def now(self) -> datetime:
        """See application.seal_log.Salts."""
        return datetime.now(tz=UTC)

    def openings(self) -> tuple[int, bytes]:
        """See application.seal_log.Salts."""
        return self._ledger.head()


def _numbers(row: tuple[object, ...]) -> tuple[int, int, int]:
    first, second, third = row[:3]
    if not (isinstance(first, int) and isinstance(second, int) and isinstance(third, int)):
        raise Unreadable(0, "log_body_form")
    return first, second, third


def _bound(index: int, position: int, stream: bytes) -> bytes:
    return f"body {index} {position} {stream.hex()}".encode()
