"""SQLite files that survive a power cut: WAL, synchronous FULL, asserted when opened."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from hub.adapters.alone import opening
from hub.adapters.private_file import make_private
from hub.domain.errors import StoreUnavailable

_FULL = 2
_AT_ONCE_BYTES = 16 * 1024 * 1024


class DurableDatabase:
    """One SQLite file, one connection, one writer at a time; foreign errors become StoreUnavailable."""

    def __init__(self, path: Path, *tables: str) -> None:
        """Open the file and make the tables. Raises StoreUnavailable."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        try:
            make_private(path)
            with opening(path):
                self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=FULL")
                self._db.execute("PRAGMA secure_delete=ON")
                for table in tables:
                    self._db.execute(table)
            durable = self._db.execute("PRAGMA synchronous").fetchone()[0] == _FULL
        except (sqlite3.Error, OSError) as refused:
            raise StoreUnavailable(type(refused).__name__) from refused
        if not durable:
            raise StoreUnavailable("not_durable")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is durable when the block ends, and undone when it raises."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as refused:
                raise StoreUnavailable(type(refused).__name__) from refused

    def let_go(self) -> None:
        """What was taken out stands in no file any more. Raises StoreUnavailable: somebody reads just now."""
        busy = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
        if busy:
            raise StoreUnavailable("busy")

    def rows(self, select: str, *values: object) -> tuple[tuple[object, ...], ...]:
        """The rows of a query. Raises StoreUnavailable."""
        with self._lock:
            try:
                return tuple(self._db.execute(select, values).fetchall())
            except sqlite3.Error as refused:
                raise StoreUnavailable(type(refused).__name__) from refused

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def how_many_fit(sizes: Iterable[object]) -> int:
    """How many rows of these sizes (bytes), taken from the first, may be held in memory at once: one at least."""
    count, held = 0, 0
    for size in sizes:
        held += size if isinstance(size, int) else 0
        if count and held > _AT_ONCE_BYTES:
            break
        count += 1
    return count
