"""What an edge must remember of its folder: which account speaks of which fact, and what it has delivered there."""

from pathlib import Path
from uuid import UUID

from hub.adapters.durable_db import DurableDatabase

_SPEAKS_OF = """
CREATE TABLE IF NOT EXISTS speaks_of (event TEXT NOT NULL, account TEXT NOT NULL, PRIMARY KEY (event, account))
WITHOUT ROWID"""
_DELIVERED = "CREATE TABLE IF NOT EXISTS delivered (name TEXT PRIMARY KEY) WITHOUT ROWID"


class DropLedger:
    """One SQLite file beside the edge's outbox; it holds ids and file names, no content."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it on first use. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _SPEAKS_OF, _DELIVERED)

    def speaks_of(self, account: str, events: tuple[UUID, ...]) -> None:
        """The account is to be written again whenever the hub answers one of these; durable on return."""
        with self._db.writing() as db:
            db.executemany("INSERT OR IGNORE INTO speaks_of VALUES (?,?)", [(str(one), account) for one in events])

    def accounts_of(self, event_id: str) -> tuple[str, ...]:
        """The accounts that speak of a fact."""
        rows = self._db.rows("SELECT account FROM speaks_of WHERE event = ? ORDER BY account", event_id)
        return tuple(str(account) for (account,) in rows)

    def is_delivered(self, name: str) -> bool:
        """Whether what was shared under that name has been put in the folder; somebody may have taken it since."""
        return bool(self._db.rows("SELECT 1 FROM delivered WHERE name = ?", name))

    def delivered(self, name: str) -> None:
        """It has been; durable on return."""
        with self._db.writing() as db:
            db.execute("INSERT OR IGNORE INTO delivered VALUES (?)", (name,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()
