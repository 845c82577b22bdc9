"""The library's SQLite recorder, made safe for this store: durable, numbered for ever, and checked in one transaction.

Three changes. Positions are AUTOINCREMENT, because SQLite re-issues a deleted row's number otherwise. The write lock
is taken first, so two processes queue instead of failing. Index terms and the versions that a decision was made on
are written and checked in the same transaction as the events.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import OperationalError, PersistenceError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from hub.adapters.alone import opening
from hub.adapters.private_file import make_private
from hub.adapters.recorder_port import Make
from hub.adapters.turn import Turn, version_in
from hub.application.ports import Term
from hub.domain.errors import Conflict, StoreUnavailable, Unreadable

FULL = 2
_TERMS = "SELECT token, person, proof FROM term"
_ANY = 100  # tokens, or positions, in one statement
_EVENTS = "SELECT rowid, originator_id, originator_version, topic, state FROM event"
_EVENTS_AT = f"{_EVENTS} WHERE rowid IN ({','.join('?' * _ANY)})"
_TERMS_WITH_ANY = f"{_TERMS} WHERE token IN ({','.join('?' * _ANY)}) ORDER BY token, person"


class DurablePool(SQLiteConnectionPool):
    """Connections that survive a power cut: WAL with synchronous FULL, asserted each time."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA synchronous")
        synchronous = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA journal_mode")
        if synchronous != FULL or cursor.fetchone()[0] != "wal":
            raise StoreUnavailable("not_durable")
        return connection


def datastore(path: Path) -> SQLiteDatastore:
    """A durable datastore in that file."""
    make_private(path)
    store = SQLiteDatastore(str(path), lock_timeout=30)
    store.pool.close()
    store.pool = DurablePool(db_name=str(path), lock_timeout=30, pool_size=8, max_overflow=32, pool_timeout=30)
    return store


class HubRecorder(SQLiteApplicationRecorder):
    """Events in one order; index terms beside them."""

    def __init__(self, store: SQLiteDatastore) -> None:
        """Make the tables when they are not there."""
        super().__init__(store, events_table_name="event")
        self.create_table()

    def create_table(self) -> None:
        """Made by one process at a time; where they stand already nothing is written. Raises StoreUnavailable."""
        try:
            with opening(Path(self.datastore.pool.db_name)):
                if not self._is_made():
                    super().create_table()
        except (sqlite3.Error, PersistenceError) as refused:
            raise StoreUnavailable(type(refused).__name__) from refused

    def _is_made(self) -> bool:
        """Whether the last of the statements has done its work."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('write_lock', 'forgotten')")
            if c.fetchone()[0] < 2:
                return False
            c.execute("SELECT 1 FROM write_lock")
            return c.fetchone() is not None

    def construct_create_table_statements(self) -> list[str]:
        """The tables: events, numbered for ever; terms; and a row to take the write lock by."""
        return [
            "CREATE TABLE IF NOT EXISTS event (rowid INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT NOT NULL, "
            "originator_version INTEGER NOT NULL, topic TEXT NOT NULL, state BLOB NOT NULL, "
            "UNIQUE (originator_id, originator_version))",
            "CREATE TABLE IF NOT EXISTS term (token BLOB NOT NULL, person TEXT NOT NULL, proof BLOB NOT NULL, "
            "PRIMARY KEY (token, person)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS forgotten (person TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS write_lock (one INTEGER PRIMARY KEY CHECK (one = 1))",
            "INSERT OR IGNORE INTO write_lock VALUES (1)",
        ]

    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any) -> list[int]:
        turn = Turn(c)
        self.take(turn, stored_events, **kwargs)
        return turn.write()

    def take(self, turn: Turn, stored_events: Sequence[StoredEvent], **kwargs: Any) -> int:
        """How many rows are to be written for one keep; what has to be so for it is, and its terms stand.

        Raises Conflict, sqlite3.Error.
        """
        seen: tuple[tuple[UUID, int], ...] = kwargs.get("seen", ())
        for stream_id, version in seen:
            if turn.version(stream_id) != version:
                raise Conflict("history moved on")
        terms: tuple[Term, ...] = kwargs.get("terms", ())
        for term in terms:
            if term.alone and self._leads_elsewhere(turn.cursor, term):
                raise Conflict("an identifier already leads to another person")
            self._refuse_forgotten(turn.cursor, term)
            turn.cursor.execute(
                "INSERT OR IGNORE INTO term VALUES (?,?,?)", (term.token, term.person_id.hex, term.proof)
            )
        forget: tuple[UUID, ...] = kwargs.get("forget", ())
        for person_id in forget:
            turn.cursor.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (person_id.hex,))
            turn.cursor.execute("DELETE FROM term WHERE person = ?", (person_id.hex,))
        make: Make | None = kwargs.get("make")
        return turn.add(stored_events if make is None else make(turn.version))

    def convert_originator_id(self, originator_id: str) -> UUID:
        """The stream's id; the rows of a stream, which are read together, all bear the same."""
        return _stream_id(originator_id)

    def version(self, stream_id: UUID) -> int:
        """The version of a stream; 0 when it is empty."""
        with self.datastore.transaction(commit=False) as c:
            return version_in(c, stream_id)

    def versions(self, stream_ids: tuple[UUID, ...]) -> Mapping[UUID, int]:
        """See recorder_port.Recorder."""
        with self.datastore.transaction(commit=False) as c:
            found = ((stream_id, version_in(c, stream_id)) for stream_id in stream_ids)
            return {stream_id: version for stream_id, version in found if version}

    def positions(self, stream_id: UUID) -> tuple[int, ...]:
        """The position in the one order of each event of a stream, in the stream's order."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT rowid FROM event WHERE originator_id = ? ORDER BY originator_version", (stream_id.hex,))
            return tuple(int(row[0]) for row in c.fetchall())

    def events_at(self, positions: tuple[int, ...]) -> tuple[tuple[int, StoredEvent], ...]:
        """See recorder_port.Recorder."""
        found: list[tuple[int, StoredEvent]] = []
        with self.datastore.transaction(commit=False) as c:
            for start in range(0, len(positions), _ANY):
                some = positions[start : start + _ANY]
                c.execute(_EVENTS_AT, (*some, *some[:1] * (_ANY - len(some))))
                found += [(int(row["rowid"]), _event(row)) for row in c.fetchall()]
        return tuple(found)

    def terms_with(self, token: bytes) -> tuple[Term, ...]:
        """See recorder_port.Recorder."""
        return self.terms_with_any((token,))

    def terms_with_any(self, tokens: tuple[bytes, ...]) -> tuple[Term, ...]:
        """See recorder_port.Recorder."""
        found: list[Term] = []
        with self.datastore.transaction(commit=False) as c:
            for start in range(0, len(tokens), _ANY):
                some = tokens[start : start + _ANY]
                if len(some) == 1:
                    c.execute(f"{_TERMS} WHERE token = ? ORDER BY person", some)
                else:  # the places that are left over ask for one of them again
                    c.execute(_TERMS_WITH_ANY, (*some, *some[:1] * (_ANY - len(some))))
                found += (_term(row) for row in c.fetchall())
        return tuple(found)

    def terms_of(self, person_id: UUID) -> tuple[Term, ...]:
        """See recorder_port.Recorder."""
        with self.datastore.transaction(commit=False) as c:
            c.execute(f"{_TERMS} WHERE person = ? ORDER BY token", (person_id.hex,))
            return tuple(_term(row) for row in c.fetchall())

    def forgotten(self) -> frozenset[UUID]:
        """See recorder_port.Recorder."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT person FROM forgotten")
            return frozenset(UUID(row[0]) for row in c.fetchall())

    def let_go(self) -> None:
        """See recorder_port.Recorder. Whoever reads just now keeps it from being done; then it is tried again."""
        with closing(sqlite3.connect(self.datastore.pool.db_name, timeout=30)) as db:
            if db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise OperationalError("busy")

    def terms_after(self, last: Term, limit: int) -> tuple[Term, ...]:
        """See recorder_port.Recorder."""
        with self.datastore.transaction(commit=False) as c:
            place = (last.token, last.person_id.hex, limit)
            c.execute(f"{_TERMS} WHERE (token, person) > (?, ?) ORDER BY token, person LIMIT ?", place)
            return tuple(_term(row) for row in c.fetchall())

    def _refuse_forgotten(self, c: SQLiteCursor, term: Term) -> None:
        c.execute("SELECT 1 FROM forgotten WHERE person = ?", (term.person_id.hex,))
        if c.fetchone() is not None:
            raise Conflict("whom it leads to was erased")

    def _leads_elsewhere(self, c: SQLiteCursor, term: Term) -> bool:
        c.execute("SELECT 1 FROM term WHERE token = ? AND person <> ?", (term.token, term.person_id.hex))
        return c.fetchone() is not None


@lru_cache(maxsize=64)
def _stream_id(text: str) -> UUID:
    return UUID(text)


def _event(row: sqlite3.Row) -> StoredEvent:
    return StoredEvent(_stream_id(row["originator_id"]), row["originator_version"], row["topic"], row["state"])


def _term(row: sqlite3.Row) -> Term:
    token, person, proof = row["token"], row["person"], row["proof"]
    if not (isinstance(token, bytes) and isinstance(proof, bytes) and isinstance(person, str)):
        raise Unreadable(0, "index_form")
    try:
        return Term(token, UUID(person), proof=proof)
    except ValueError:
        raise Unreadable(0, "index_form") from None
