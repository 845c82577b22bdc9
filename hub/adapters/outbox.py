"""An agency's durable outbox: what its edge took in, what became of each record, and what is still to be published.

Native bytes are encrypted under the edge's own key; the messages are sealed to the hub already.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agencies.agency import Outcome
from agencies.edge import NativeFile, Numbered, Outgoing
from agencies.heartbeat import SoFar
from contracts.envelope import Sealed
from contracts.events.hub import ReceiptIssued
from hub.adapters import outbox_tally
from hub.adapters.durable_db import DurableDatabase, how_many_fit
from hub.adapters.keys import derived
from hub.adapters.outbox_tally import Unread

_INTAKE = """
CREATE TABLE IF NOT EXISTS intake (
    number INTEGER PRIMARY KEY AUTOINCREMENT, native BLOB NOT NULL, outcomes TEXT NOT NULL
)"""
_OUTGOING = """
CREATE TABLE IF NOT EXISTS outgoing (
    position INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL,
    value BLOB NOT NULL, published INTEGER NOT NULL DEFAULT 0
)"""
_COUNTED = """
CREATE TABLE IF NOT EXISTS counted (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, last INTEGER NOT NULL)
"""
_ANSWERED = """
CREATE TABLE IF NOT EXISTS answered (event TEXT PRIMARY KEY, place INTEGER NOT NULL, sealed BLOB NOT NULL)
"""
_BUNDLED = "CREATE TABLE IF NOT EXISTS bundled (position INTEGER PRIMARY KEY, facts INTEGER NOT NULL)"
_WAITING = "CREATE INDEX IF NOT EXISTS outgoing_waiting ON outgoing (position) WHERE published = 0"
LABEL_LETTERS = 12


class SqliteOutbox:
    """See agencies.edge.Outbox."""

    def __init__(self, path: Path, secret: bytes) -> None:
        """Open the file, making it on first use; `secret` (32 bytes) encrypts native bytes. Raises StoreUnavailable."""
        self._db = DurableDatabase(
            path, _INTAKE, _OUTGOING, _COUNTED, _ANSWERED, _WAITING, _BUNDLED, *outbox_tally.TABLES
        )
        with self._db.writing() as db:
            db.execute("INSERT OR IGNORE INTO counted VALUES (1, ?, 0)", (secrets.token_hex(4),))
            outbox_tally.recount(db)
        self._cipher = AESGCM(secret)
        self._files = derived(secret, "files")

    def take_in(
        self, native: NativeFile, outcomes: tuple[Outcome, ...], seal: Callable[[Numbered], tuple[Outgoing, ...]]
    ) -> None:
        """See agencies.edge.Outbox."""
        nonce = secrets.token_bytes(12)
        plain = json.dumps(native.name).encode() + b"\n" + native.raw
        sealed = nonce + self._cipher.encrypt(nonce, plain, b"intake")
        became = json.dumps([[each.record, each.result.value, each.reason, len(each.facts)] for each in outcomes])
        facts = [fact for outcome in outcomes for fact in outcome.facts]
        with self._db.writing() as db:
            db.execute("INSERT INTO intake (native, outcomes) VALUES (?,?)", (sealed, became))
            label = sha256(native.raw).hexdigest()[:LABEL_LETTERS]
            outbox_tally.count(db, outcomes, hmac.digest(self._files, plain, sha256), label)
            epoch, last = db.execute("SELECT epoch, last FROM counted").fetchone()
            for each in seal(tuple((fact, f"{epoch}.{number}") for number, fact in enumerate(facts, start=last + 1))):
                row = (each.topic, each.key, json.dumps(each.message.headers), each.message.value)
                added = db.execute("INSERT INTO outgoing (topic, key, headers, value) VALUES (?,?,?,?)", row)
                if each.facts > 1:
                    db.execute("INSERT INTO bundled VALUES (?,?)", (added.lastrowid, each.facts))
            db.execute("UPDATE counted SET last = last + ?", (len(facts),))

    def waiting(self, limit: int) -> tuple[tuple[int, Outgoing], ...]:
        """See agencies.edge.Outbox; no more than fits in memory easily."""
        sizes = self._db.rows(
            "SELECT position, LENGTH(value) FROM outgoing WHERE published = 0 ORDER BY position LIMIT ?", limit
        )
        fit = how_many_fit(size for _, size in sizes)
        rows = self._db.rows(
            "SELECT position, topic, key, headers, value FROM outgoing WHERE published = 0 ORDER BY position LIMIT ?",
            fit,
        )
        return tuple(_outgoing(row) for row in rows)

    def published(self, positions: tuple[int, ...]) -> None:
        """See agencies.edge.Outbox."""
        with self._db.writing() as db:
            rows = ((position,) for position in positions)
            db.executemany("UPDATE outgoing SET published = 1 WHERE position = ?", rows)

    def answered(self, receipts: Iterable[tuple[ReceiptIssued, int]]) -> None:
        """Keep the hub's answers, each with its place on the receipts topic; of two to one fact the later stays.

        Durable on return, so that whichever process took the answers off the bus, every process of the edge has them.
        """
        rows = [(receipt.event_id, place, self._sealed_answer(receipt)) for receipt, place in receipts]
        with self._db.writing() as db:
            db.executemany(
                "INSERT INTO answered VALUES (?,?,?) ON CONFLICT (event) DO UPDATE SET place = excluded.place, "
                "sealed = excluded.sealed WHERE excluded.place >= place",
                rows,
            )

    def _sealed_answer(self, receipt: ReceiptIssued) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._cipher.encrypt(nonce, receipt.to_bytes(), b"answered" + receipt.event_id.encode())

    def answer_to(self, event_id: UUID) -> ReceiptIssued | None:
        """The hub's answer to one fact; None when it has not answered yet."""
        for (sealed,) in self._db.rows("SELECT sealed FROM answered WHERE event = ?", str(event_id)):
            if not isinstance(sealed, bytes):
                raise TypeError("an answered row is not of its shape")
            plain = self._cipher.decrypt(sealed[:12], sealed[12:], b"answered" + str(event_id).encode())
            return ReceiptIssued.from_kept_bytes(plain, ReceiptIssued.VERSION)
        return None

    def so_far(self) -> SoFar:
        """See agencies.heartbeat.Counting. Raises StoreUnavailable."""
        with self._db.writing() as db:
            return outbox_tally.so_far(db)

    def unread(self) -> tuple[Unread, ...]:
        """The native records that could not be read and nobody has mended, by name. Raises StoreUnavailable."""
        with self._db.writing() as db:
            return outbox_tally.unread(db)

    def mended(self, records: tuple[str, ...] | None) -> int:
        """How many of these records (None: all) were open, and are now said to be mended; durable on return.

        Raises StoreUnavailable.
        """
        with self._db.writing() as db:
            return outbox_tally.mended(db, records)

    def begin_again(self, epoch: str) -> None:
        """See heartbeats.Renumbering."""
        with self._db.writing() as db:
            outbox_tally.begin_again(db, epoch)

    def native(self) -> tuple[tuple[str, bytes], ...]:
        """Every native file taken in, with the name it came under, oldest first."""
        found = []
        for (sealed,) in self._db.rows("SELECT native FROM intake ORDER BY number"):
            if not isinstance(sealed, bytes):
                raise TypeError("an intake row is not of its shape")
            name, _, raw = self._cipher.decrypt(sealed[:12], sealed[12:], b"intake").partition(b"\n")
            found.append((str(json.loads(name)), raw))
        return tuple(found)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _outgoing(row: tuple[object, ...]) -> tuple[int, Outgoing]:
    position, topic, key, headers, value = row
    if not (isinstance(position, int) and isinstance(headers, str) and isinstance(value, bytes)):
        raise TypeError("an outgoing row is not of its shape")
    pairs: list[list[str]] = json.loads(headers)
    return position, Outgoing(str(topic), str(key), Sealed(tuple((name, text) for name, text in pairs), value))
