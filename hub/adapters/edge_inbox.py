"""An agency's durable inbox: what the hub shared with it, in the agency's own form, and the answers it owes for each.

The document and the word that it was delivered are kept in one transaction, so neither is ever there without the other.
That it was read is kept once, when it is first said.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agencies.agency import Delivered
from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.adapters.durable_db import DurableDatabase

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
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
_ABOUT = """
CREATE TABLE IF NOT EXISTS about (share TEXT PRIMARY KEY, report TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID"""
_RECALLED = "CREATE TABLE IF NOT EXISTS recalled (report TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID"
_RECALL = "INSERT INTO recalled VALUES (?,?) ON CONFLICT (report) DO UPDATE SET at = max(at, excluded.at)"
_EMPTY = (
    "UPDATE accepted SET sealed = zeroblob(0) WHERE share NOT IN (SELECT share FROM been_read) AND share IN "
    "(SELECT share FROM about JOIN recalled USING (report) WHERE about.at <= recalled.at)"
)
_EMPTIED = "SELECT name FROM stands_for JOIN accepted USING (share) WHERE length(sealed) = 0 ORDER BY name"
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
class AboutReport:
    """Which report something shared is about, and when it was shared (UTC)."""

    report_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptShare:
    """Which share a document is, and of which disclosure."""

    share_id: UUID
    disclosure_id: UUID


class EdgeInbox:
    """One SQLite file; what was shared is encrypted under the edge's own key."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Open the file, making it on first use; `secret` is 32 bytes. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _ACCEPTED, _STANDS_FOR, _BEEN_READ, _ASIDE, _ABOUT, _RECALLED)
        self._cipher = AESGCM(secret)

    def keep(self, share: KeptShare, delivered: Delivered, answer: Outgoing, about: AboutReport | None = None) -> bool:
        """Whether it is new, to be shown; one that is here already stays as it was, with its answer. Durable on return.

        One that was recalled before it came is answered, and what it says is not kept. `about`: None for a recall.
        """
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
            if about is None:
                return added.rowcount == 1
            of = (str(share.share_id), str(about.report_id), _number(about.at))
            db.execute("INSERT OR IGNORE INTO about VALUES (?,?,?)", of)
            db.execute(_EMPTY)
            shown = db.execute("SELECT 1 FROM accepted WHERE share = ? AND length(sealed) > 0", of[:1])
            return added.rowcount == 1 and bool(shown.fetchall())

    def recall(self, about: AboutReport) -> None:
        """What was shared of the report up to then, and nobody has read, is kept no longer. Durable on return."""
        with self._db.writing() as db:
            db.execute(_RECALL, (str(about.report_id), _number(about.at)))
            db.execute(_EMPTY)

    def to_take_away(self) -> tuple[str, ...]:
        """The names under which something was delivered that was recalled before anybody had read it."""
        return tuple(str(name) for (name,) in self._db.rows(_EMPTIED))

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
        """Everything that was shared and not recalled unread, oldest first."""
        found: list[Delivered] = []
        for share, sealed in self._db.rows(
            "SELECT share, sealed FROM accepted WHERE length(sealed) > 0 ORDER BY number"
        ):
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


def _number(at: datetime) -> int:
    """Microseconds since 1970: text would not always stand in the order of time."""
    return (at - _FIRST) // timedelta(microseconds=1)


def _outgoing(row: tuple[object, ...]) -> tuple[Owed, Outgoing]:
    table, number, topic, key, headers, value = row
    if not (isinstance(number, int) and isinstance(headers, str) and isinstance(value, bytes)):
        raise TypeError("an inbox row is not of its shape")
    pairs: list[list[str]] = json.loads(headers)
    answer = Outgoing(str(topic), str(key), Sealed(tuple((name, text) for name, text in pairs), value))
    return ("accepted" if table == "accepted" else "been_read", number), answer
