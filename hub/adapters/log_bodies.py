"""Bodies and salts of the sealed log, in a database of their own: leaves elsewhere, so neither alone tells anything."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.adapters.durable_db import DurableDatabase
from hub.application.seal_log import Body

_TABLE = """
CREATE TABLE IF NOT EXISTS body (
    number INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE, at_us INTEGER NOT NULL, sealed BLOB NOT NULL
)"""


class LogBodies:
    """See application.seal_log.Bodies."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Open the file, making it on first use; `secret` (32 bytes) encrypts. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _TABLE)
        self._cipher = AESGCM(secret)

    def last(self) -> tuple[int, int, int]:
        """See application.seal_log.Bodies."""
        rows = self._db.rows("SELECT number + 1, position, at_us FROM body ORDER BY number DESC LIMIT 1")
        return _numbers(rows[0]) if rows else (0, 0, 0)

    def add(self, bodies: tuple[Body, ...]) -> None:
        """See application.seal_log.Bodies."""
        rows = [(one.index, one.position, one.at_us, self._seal(one)) for one in bodies]
        if rows:
            with self._db.writing() as db:
                db.executemany("INSERT INTO body VALUES (?,?,?,?)", rows)

    def from_index(self, index: int, limit: int) -> tuple[Body, ...]:
        """See application.seal_log.Bodies."""
        rows = self._db.rows(
            "SELECT number, position, at_us, sealed FROM body WHERE number >= ? ORDER BY number LIMIT ?", index, limit
        )
        return tuple(self._open(row) for row in rows)

    def at_position(self, position: int) -> Body | None:
        """The body of the row kept at that position; None when it is not sealed yet."""
        rows = self._db.rows("SELECT number, position, at_us, sealed FROM body WHERE position = ?", position)
        return self._open(rows[0]) if rows else None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _seal(self, body: Body) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._cipher.encrypt(nonce, body.salt + body.body, _bound(body.index, body.position))

    def _open(self, row: tuple[object, ...]) -> Body:
        number, position, at_us = _numbers(row[:3])
        sealed = row[3]
        if not isinstance(sealed, bytes):
            raise TypeError("a body row is not of its shape")
        plain = self._cipher.decrypt(sealed[:12], sealed[12:], _bound(number, position))
        return Body(number, position, at_us, plain[:32], plain[32:])


class Salts:
    """See application.seal_log.Salts."""

    def salt(self) -> bytes:
        """See application.seal_log.Salts."""
        return secrets.token_bytes(32)

    def now(self) -> datetime:
        """See application.seal_log.Salts."""
        return datetime.now(tz=UTC)


def _numbers(row: tuple[object, ...]) -> tuple[int, int, int]:
    first, second, third = row[:3]
    if not (isinstance(first, int) and isinstance(second, int) and isinstance(third, int)):
        raise TypeError("a body row is not of its shape")
    return first, second, third


def _bound(index: int, position: int) -> bytes:
    return f"body {index} {position}".encode()
