"""What an outbox has counted: native records by outcome and reason code, and when the last native file came in.

It is counted in the transaction that keeps the file, so a count is never of more or of fewer than there are. Records
that could not be read are named, so that they can be said to be mended: by hand, or because the same file, byte for
byte and under the same name, is taken in again and read. A record of the same name in another file proves nothing: many
are named for their place in a file, or for the file, and tomorrow's file has the same names.
"""

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from agencies.agency import Outcome, Result
from agencies.heartbeat import SoFar, Tally

_TALLY = """
CREATE TABLE IF NOT EXISTS tally (
    result TEXT NOT NULL, reason TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (result, reason)
) WITHOUT ROWID"""
_LAST_FILE = "CREATE TABLE IF NOT EXISTS last_file (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL)"
_UNREAD = """
CREATE TABLE IF NOT EXISTS unread (
    file BLOB NOT NULL, place INTEGER NOT NULL, record TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (file, place)
) WITHOUT ROWID"""
_NAMED_SINCE = "CREATE TABLE IF NOT EXISTS named_since (one INTEGER PRIMARY KEY CHECK (one = 1))"
TABLES = (_TALLY, _LAST_FILE, _UNREAD, _NAMED_SINCE)
_WAITING = "SELECT COUNT(*) + TOTAL(facts - 1) FROM outgoing LEFT JOIN bundled USING (position) WHERE published = 0"
_ADD = "INSERT INTO tally VALUES (?,?,?) ON CONFLICT (result, reason) DO UPDATE SET times = times + excluded.times"


@dataclass(frozen=True, slots=True)
class Unread:
    """A native record that could not be read: the beginning of its account's name with its own, and why (a code)."""

    record: str
    reason: str


def count(db: sqlite3.Connection, outcomes: tuple[Outcome, ...], file: bytes, label: str) -> None:
    """Add the outcomes of one native file, which came now, in the transaction that keeps it.

    `file` stands for its name and bytes: what could not be read of it before is as it is now. `label` is what people
    find it by: the beginning of its digest, as of its account.
    """
    _add(db, ((one.result.value, one.reason) for one in outcomes))
    db.execute("DELETE FROM unread WHERE file = ?", (file,))
    _name(db, file, [(f"{label}/{one.record}", one.result.value, one.reason) for one in outcomes])
    db.execute("INSERT OR REPLACE INTO last_file VALUES (1, ?)", (datetime.now(UTC).isoformat(),))


def recount(db: sqlite3.Connection) -> None:
    """Count what was taken in before anything was counted, once; `db` is in a transaction."""
    if not db.execute("SELECT EXISTS (SELECT 1 FROM tally)").fetchone()[0]:
        for (became,) in db.execute("SELECT outcomes FROM intake"):
            _add(db, ((str(result), str(reason)) for _, result, reason, _ in json.loads(became)))
    if db.execute("INSERT OR IGNORE INTO named_since VALUES (1)").rowcount == 1:
        for number, became in db.execute("SELECT number, outcomes FROM intake").fetchall():
            told = json.loads(became)
            named = [(f"intake-{number}/{record}", str(result), str(reason)) for record, result, reason, _ in told]
            _name(db, f"intake {number}".encode(), named)


def unread(db: sqlite3.Connection) -> tuple[Unread, ...]:
    """The records that could not be read and nobody has mended, by name."""
    rows = db.execute("SELECT record, reason FROM unread ORDER BY record, reason").fetchall()
    return tuple(Unread(str(record), str(reason)) for record, reason in rows)


def mended(db: sqlite3.Connection, records: tuple[str, ...] | None) -> int:
    """How many of these (None: all) were still open, and are now said to be mended."""
    if records is None:
        return db.execute("DELETE FROM unread").rowcount
    return sum(db.execute("DELETE FROM unread WHERE record = ?", (record,)).rowcount for record in records)


def so_far(db: sqlite3.Connection) -> SoFar:
    """What is counted, all of it as at one instant; `db` is in a transaction."""
    epoch, last = db.execute("SELECT epoch, last FROM counted").fetchone()
    waiting = db.execute(_WAITING).fetchone()[0]
    file_at = db.execute("SELECT at FROM last_file").fetchone()
    tallies = db.execute("SELECT result, reason, times FROM tally ORDER BY result, reason").fetchall()
    still = db.execute("SELECT reason, COUNT(*) FROM unread GROUP BY reason ORDER BY reason").fetchall()
    return SoFar(
        epoch=epoch,
        last=last,
        waiting=int(waiting),
        tallies=tuple(Tally(Result(result), reason, times) for result, reason, times in tallies),
        unread=tuple(Tally(Result.QUARANTINED, reason, times) for reason, times in still),
        last_file=datetime.fromisoformat(file_at[0]) if file_at is not None else None,
    )


def begin_again(db: sqlite3.Connection, epoch: str) -> None:
    """Number from 1 under a new epoch, unless `epoch` (the one that went back) is no longer the present one."""
    db.execute("UPDATE counted SET epoch = ?, last = 0 WHERE epoch = ?", (secrets.token_hex(4), epoch))


def _name(db: sqlite3.Connection, file: bytes, told: Iterable[tuple[str, str, str]]) -> None:
    rows = [
        (file, place, record, reason)
        for place, (record, result, reason) in enumerate(told)
        if result == Result.QUARANTINED.value
    ]
    db.executemany("INSERT OR REPLACE INTO unread VALUES (?,?,?,?)", rows)


def _add(db: sqlite3.Connection, outcomes: Iterable[tuple[str, str]]) -> None:
    found = Counter(outcomes)
    db.executemany(_ADD, [(*kind, times) for kind, times in found.items()])
