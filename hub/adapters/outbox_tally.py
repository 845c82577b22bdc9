"""What an outbox has counted: native records by outcome and reason code, and when the last native file came in.

It is counted in the transaction that keeps the file, so a count is never of more or of fewer than there are.
"""

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from agencies.agency import Outcome, Result
from agencies.heartbeat import SoFar, Tally

_TALLY = """
CREATE TABLE IF NOT EXISTS tally (
    result TEXT NOT NULL, reason TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (result, reason)
) WITHOUT ROWID"""
_LAST_FILE = "CREATE TABLE IF NOT EXISTS last_file (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL)"
TABLES = (_TALLY, _LAST_FILE)
_WAITING = "SELECT COUNT(*) + TOTAL(facts - 1) FROM outgoing LEFT JOIN bundled USING (position) WHERE published = 0"
_ADD = "INSERT INTO tally VALUES (?,?,?) ON CONFLICT (result, reason) DO UPDATE SET times = times + excluded.times"


def count(db: sqlite3.Connection, outcomes: tuple[Outcome, ...]) -> None:
    """Add the outcomes of one native file, which came now, in the transaction that keeps it."""
    _add(db, ((one.result.value, one.reason) for one in outcomes))
    db.execute("INSERT OR REPLACE INTO last_file VALUES (1, ?)", (datetime.now(UTC).isoformat(),))


def recount(db: sqlite3.Connection) -> None:
    """Count what was taken in before anything was counted, once; `db` is in a transaction."""
    if db.execute("SELECT EXISTS (SELECT 1 FROM tally)").fetchone()[0]:
        return
    for (became,) in db.execute("SELECT outcomes FROM intake"):
        _add(db, ((str(result), str(reason)) for _, result, reason, _ in json.loads(became)))


def so_far(db: sqlite3.Connection) -> SoFar:
    """What is counted, all of it as at one instant; `db` is in a transaction."""
    epoch, last = db.execute("SELECT epoch, last FROM counted").fetchone()
    waiting = db.execute(_WAITING).fetchone()[0]
    file_at = db.execute("SELECT at FROM last_file").fetchone()
    tallies = db.execute("SELECT result, reason, times FROM tally ORDER BY result, reason").fetchall()
    return SoFar(
        epoch=epoch,
        last=last,
        waiting=int(waiting),
        tallies=tuple(Tally(Result(result), reason, times) for result, reason, times in tallies),
        last_file=datetime.fromisoformat(file_at[0]) if file_at is not None else None,
    )


def begin_again(db: sqlite3.Connection, epoch: str) -> None:
    """Number from 1 under a new epoch, unless `epoch` (the one that went back) is no longer the present one."""
    db.execute("UPDATE counted SET epoch = ?, last = 0 WHERE epoch = ?", (secrets.token_hex(4), epoch))


def _add(db: sqlite3.Connection, outcomes: Iterable[tuple[str, str]]) -> None:
    found = Counter(outcomes)
    db.executemany(_ADD, [(*kind, times) for kind, times in found.items()])
