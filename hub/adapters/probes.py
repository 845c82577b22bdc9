"""Whether the store would keep now, as far as it can be proved without writing anything that stays.

Each look has a short connection of its own: the store's own ones are tried again for a minute before they give up, and
who asks how the hub is wants to know before that.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import SQL

from hub.adapters.recorder import HubRecorder
from hub.adapters.recorder_postgres import PostgresHubRecorder

LEAST_FREE_BYTES = 64 * 1024 * 1024
_WAIT_SECONDS = 2
_LOOK = SQL(
    "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') <> 'off' AS only_read, "
    "has_column_privilege('event', 'state', 'INSERT') AND has_table_privilege('term', 'INSERT') AS may_insert, "
    "(SELECT MAX(notification_id) FROM event) AS newest"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What was found: why the store would not keep (a code; empty: nothing speaks against it), and the last position.

    `newest` is None where it could not be read.
    """

    refusal: str
    newest: int | None = None


def look_at_store(recorder: HubRecorder | PostgresHubRecorder, home: Path) -> Look:
    """How the store stands now, and the folder in which its log is kept."""
    try:
        found = _postgres(recorder) if isinstance(recorder, PostgresHubRecorder) else _sqlite(recorder)
        if not os.access(home, os.W_OK) or _free_bytes(home) < LEAST_FREE_BYTES:
            return Look("disk", found.newest)
    except (psycopg.Error, sqlite3.Error, OSError) as refused:
        return Look(type(refused).__name__)
    return found


def _postgres(recorder: PostgresHubRecorder) -> Look:
    conninfo = recorder.datastore.pool.conninfo
    with psycopg.connect(
        conninfo if isinstance(conninfo, str) else "", row_factory=dict_row, connect_timeout=_WAIT_SECONDS
    ) as connection:
        connection.execute(SQL("SET LOCAL statement_timeout = {}").format(_WAIT_SECONDS * 1000))
        row = connection.execute(_LOOK).fetchone() or {"only_read": True, "may_insert": False, "newest": None}
    if row["only_read"]:
        return Look("read_only", row["newest"] or 0)
    return Look("" if row["may_insert"] else "role_may_not_keep", row["newest"] or 0)


def _sqlite(recorder: HubRecorder) -> Look:
    """Take the write lock as keeping does, and let it go again; a writer at work is waited for, and not for long."""
    path = recorder.datastore.pool.db_name
    with closing(sqlite3.connect(path, isolation_level=None, timeout=float(_WAIT_SECONDS))) as db:
        db.execute("BEGIN IMMEDIATE")
        (newest,) = db.execute("SELECT MAX(rowid) FROM event").fetchone()
        db.execute("ROLLBACK")
    return Look("", newest or 0)


def _free_bytes(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize
