"""An agency's durable inbox: what the hub shared with it, in the agency's own form, and the answers it owes for each.

The document and the word that it was delivered are kept in one transaction, so neither is ever there without the other.
That it was read is kept once, when it is first said.
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
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
_STANDS_FOR = """
CREATE TABLE IF NOT EXISTS stands_for (name TEXT PRIMARY KEY, share TEXT NOT NULL, disclosure TEXT NOT NULL)
WITHOUT ROWID"""
_BEEN_READ = """
CREATE TABLE IF NOT EXISTS been_read (
    number INTEGER PRIMARY KEY AUTOINCREMENT, share TEXT NOT NULL UNIQUE, topic TEXT NOT NULL, key TEXT NOT NULL,
    headers TEXT NOT NULL, value BLOB NOT NULL, answered INTEGER NOT NULL DEFAULT 0
)"""
_ASIDE = """
CREATE TABLE IF NOT EXISTS aside (
    number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, headers TEXT NOT NULL, value BLOB NOT NULL
)"""
_OWED = (
    "SELECT 'accepted', number, topic, key, headers, value FROM accepted WHERE answered = 0 "
    "UNION ALL SELECT 'been_read', number, topic, key, headers, value FROM been_read WHERE answered = 0 "
    "ORDER BY 1, 2 LIMIT ?"
)
_ANSWERED = {
    "accepted": "UPDATE accepted SET answered = 1 WHERE number = ?",
    "been_read": "UPDATE been_read SET answered = 1 WHERE number = ?",
}
Owed = tuple[Literal["accepted", "been_read"], int]


@dataclass(frozen=True, slots=True)
class KeptShare:
    """Which share a document is, and of which disclosure."""

    share_id: UUID
    disclosure_id: UUID


class EdgeInbox:
    """One SQLite file; what was shared is encrypted under the edge's own key."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Open the file, making it on first use; `secret` is 32 bytes. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _ACCEPTED, _STANDS_FOR, _BEEN_READ, _ASIDE)
        self._cipher = AESGCM(secret)

    def keep(self, share: KeptShare, delivered: Delivered, answer: Outgoing) -> bool:
        """Whether it is new; a share that is here already stays as it was, with its answer. Durable on return."""
        nonce = secrets.token_bytes(12)
        plain = json.dumps(delivered.name).encode() + b"\n" + delivered.raw
        sealed = nonce + self._cipher.encrypt(nonce, plain, str(share.share_id).encode())
        row = (str(share.share_id), sealed, answer.topic, answer.key, json.dumps(answer.message.headers))
        with self._db.writing() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO accepted (share, sealed, topic, key, headers, value) VALUES (?,?,?,?,?,?)",
                (*row, answer.message.value),
            )
            stands_for = (delivered.name, str(share.share_id), str(share.disclosure_id))
            db.execute("INSERT OR REPLACE INTO stands_for VALUES (?,?,?)", stands_for)
            return added.rowcount == 1

    def find(self, name: str) -> KeptShare | None:
        """Which share was delivered under that name; None when none was."""
        for share, disclosure in self._db.rows("SELECT share, disclosure FROM stands_for WHERE name = ?", name):
            return KeptShare(UUID(str(share)), UUID(str(disclosure)))
        return None

    def read(self, share_id: UUID, answer: Outgoing) -> bool:
        """Whether it is new that the share was read; the first word of it stays. Durable on return."""
        row = (str(share_id), answer.topic, answer.key, json.dumps(answer.message.headers), answer.message.value)
        with self._db.writing() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO been_read (share, topic, key, headers, value) VALUES (?,?,?,?,?)", row
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

    def unanswered(self, limit: int) -> tuple[tuple[Owed, Outgoing], ...]:
        """The answers not yet published, what was delivered before what was read, oldest first."""
        return tuple(_outgoing(row) for row in self._db.rows(_OWED, limit))

    def answered(self, owed: Owed) -> None:
        """That answer is on the bus."""
        table, number = owed
        with self._db.writing() as db:
            db.execute(_ANSWERED[table], (number,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _outgoing(row: tuple[object, ...]) -> tuple[Owed, Outgoing]:
    table, number, topic, key, headers, value = row
    if not (isinstance(number, int) and isinstance(headers, str) and isinstance(value, bytes)):
        raise TypeError("an inbox row is not of its shape")
    pairs: list[list[str]] = json.loads(headers)
    answer = Outgoing(str(topic), str(key), Sealed(tuple((name, text) for name, text in pairs), value))
    return ("accepted" if table == "accepted" else "been_read", number), answer
