"""An agency's durable inbox: what the hub shared with it, in the agency's own form, and the answer it owes for each.

The document and the acknowledgement are kept in one transaction, so neither is ever there without the other.
"""

import json
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agencies.agency import Delivered
from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.adapters.durable_db import DurableDatabase

_ACCEPTED = """
CREATE TABLE IF NOT EXISTS accepted (
    number INTEGER PRIMARY KEY AUTOINCREMENT, share TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL, topic TEXT NOT NULL,
    key TEXT NOT NULL, headers TEXT NOT NULL, value BLOB NOT NULL, answered INTEGER NOT NULL DEFAULT 0
)"""
_ASIDE = """
CREATE TABLE IF NOT EXISTS aside (
    number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, headers TEXT NOT NULL, value BLOB NOT NULL
)"""


class EdgeInbox:
    """One SQLite file; what was shared is encrypted under the edge's own key."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Open the file, making it on first use; `secret` is 32 bytes. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _ACCEPTED, _ASIDE)
        self._cipher = AESGCM(secret)

    def keep(self, share_id: UUID, delivered: Delivered, answer: Outgoing) -> bool:
        """Whether it is new; a share that is here already stays as it was, with its answer. Durable on return."""
        nonce = secrets.token_bytes(12)
        plain = json.dumps(delivered.name).encode() + b"\n" + delivered.raw
        sealed = nonce + self._cipher.encrypt(nonce, plain, str(share_id).encode())
        row = (str(share_id), sealed, answer.topic, answer.key, json.dumps(answer.message.headers))
        with self._db.writing() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO accepted (share, sealed, topic, key, headers, value) VALUES (?,?,?,?,?,?)",
                (*row, answer.message.value),
            )
            return added.rowcount == 1

    def set_aside(self, code: str, message: Sealed) -> None:
        """Keep a message that is not the hub's, or not for this agency, for somebody to look at."""
        with self._db.writing() as db:
            row = (code, json.dumps(message.headers), message.value)
            db.execute("INSERT INTO aside (code, headers, value) VALUES (?,?,?)", row)

    def aside(self) -> tuple[str, ...]:
        """The code of each message set aside, oldest first."""
        return tuple(str(code) for (code,) in self._db.rows("SELECT code FROM aside ORDER BY number"))

    def documents(self) -> tuple[Delivered, ...]:
        """Everything that was shared, oldest first."""
        found: list[Delivered] = []
        for share, sealed in self._db.rows("SELECT share, sealed FROM accepted ORDER BY number"):
            if not isinstance(sealed, bytes):
                raise TypeError("an inbox row is not of its shape")
            name, _, raw = self._cipher.decrypt(sealed[:12], sealed[12:], str(share).encode()).partition(b"\n")
            found.append(Delivered(str(json.loads(name)), raw))
        return tuple(found)

    def unanswered(self, limit: int) -> tuple[tuple[int, Outgoing], ...]:
        """The answers not yet published, with their numbers, oldest first."""
        rows = self._db.rows(
            "SELECT number, topic, key, headers, value FROM accepted WHERE answered = 0 ORDER BY number LIMIT ?", limit
        )
        return tuple(_outgoing(row) for row in rows)

    def answered(self, number: int) -> None:
        """That answer is on the bus."""
        with self._db.writing() as db:
            db.execute("UPDATE accepted SET answered = 1 WHERE number = ?", (number,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _outgoing(row: tuple[object, ...]) -> tuple[int, Outgoing]:
    number, topic, key, headers, value = row
    if not (isinstance(number, int) and isinstance(headers, str) and isinstance(value, bytes)):
        raise TypeError("an inbox row is not of its shape")
    pairs: list[list[str]] = json.loads(headers)
    return number, Outgoing(str(topic), str(key), Sealed(tuple((name, text) for name, text in pairs), value))
