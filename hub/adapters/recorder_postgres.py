"""The library's PostgreSQL recorder, made safe for this store: durable, no gaps, no pipeline, no right to alter.

Four changes. A save sends four binary arrays and no psycopg pipeline, which can hang for ever over a Unix socket. One
writer at a time, by an advisory lock that a trigger takes for whoever inserts, so that no position becomes visible
before an earlier one. Index terms, and the versions that a decision was made on, are written and checked in the same
transaction. The role of the application may insert and select, and a role that may do more is refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import ceil
from typing import Any, Final
from uuid import UUID

import psycopg
from eventsourcing.persistence import OperationalError, PersistenceError, StoredEvent
from eventsourcing.postgres import ConnectionPool, PostgresApplicationRecorder, PostgresDatastore
from psycopg import Connection, Cursor, IsolationLevel
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL
from psycopg.types.numeric import Int8

from hub.adapters.postgres_tables import LOCK
from hub.adapters.recorder_port import Make
from hub.application.ports import Term
from hub.domain.errors import Conflict, StoreUnavailable

PATIENCE: Final = 5.0  # seconds
DURABLE = frozenset({"on", "remote_apply"})
# Whoever waits for an answer sends nothing: a machine that lost its power is found out by being asked, within 11 s.
_NOBODY_THERE: Final = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
_MAY_ALTER = SQL(
    "SELECT bool_or(has_table_privilege(name, 'DELETE, TRUNCATE') OR has_any_column_privilege(name, 'UPDATE')) "
    "FROM unnest(ARRAY['event', 'term', 'forgotten']) AS name"
)
_INSERT = SQL(
    "INSERT INTO event (originator_id, originator_version, topic, state) "
    "SELECT a, b, c, d FROM unnest(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[]) "
    "WITH ORDINALITY AS e (a, b, c, d, place) ORDER BY place RETURNING notification_id"
)
_INSERT_TERMS = SQL(
    "INSERT INTO term SELECT * FROM unnest(%b::bytea[], %b::uuid[], %b::bytea[]) ON CONFLICT DO NOTHING"
)
_VERSION = SQL("SELECT MAX(originator_version) AS version FROM event WHERE originator_id = %s")
_VERSIONS = SQL(
    "SELECT originator_id, MAX(originator_version) AS version FROM event WHERE originator_id = ANY(%b::uuid[]) "
    "GROUP BY originator_id"
)
_MAY_BE_ADDED = SQL(
    "SELECT EXISTS (SELECT FROM unnest(%b::bytea[], %b::uuid[]) AS added (token, person) JOIN term USING (token) "
    "WHERE term.person <> added.person) AS elsewhere, "
    "EXISTS (SELECT FROM forgotten WHERE person = ANY(%b::uuid[])) AS erased"
)
_POSITIONS = SQL("SELECT notification_id FROM event WHERE originator_id = %s ORDER BY originator_version")
_EVENTS_AT = SQL(
    "SELECT notification_id, originator_id, originator_version, topic, state FROM event "
    "WHERE notification_id = ANY(%b::bigint[])"
)
_MOVED_ON = SQL(
    "SELECT 1 FROM unnest(%b::uuid[], %b::bigint[]) AS seen (id, version) WHERE version <> "
    "COALESCE((SELECT MAX(originator_version) FROM event WHERE originator_id = seen.id), 0)"
)
_TERMS_WITH = SQL("SELECT token, person, proof FROM term WHERE token = %s ORDER BY person")
_TERMS_WITH_ANY = SQL("SELECT token, person, proof FROM term WHERE token = ANY(%b::bytea[]) ORDER BY token, person")
_TERMS_OF = SQL("SELECT token, person, proof FROM term WHERE person = %s ORDER BY token")
_FORGOTTEN = SQL("SELECT person FROM forgotten")
_FORGET = SQL("INSERT INTO forgotten SELECT * FROM unnest(%b::uuid[]) ON CONFLICT DO NOTHING")
_TERMS_AFTER = SQL(
    "SELECT token, person, proof FROM term WHERE (token, person) > (%s, %s) ORDER BY token, person LIMIT %s"
)


class Away(PersistenceError):
    """No connection was to be had in time. The library tries its own errors ten times; it does not know this one."""


class DurableDatastore(PostgresDatastore):
    """Pooled connections, each asserted durable before it is used."""

    def __init__(self, conninfo: str, pool_size: int = 8, patience_seconds: float = PATIENCE) -> None:
        """Connect by a libpq conninfo; a connection is waited for no longer than that. Raises StoreUnavailable."""
        super().__init__("", "", "", "", "", lock_timeout=30, pool_size=1)
        self.pool = ConnectionPool(
            conninfo,
            connection_class=Connection[DictRow],
            kwargs={
                "row_factory": dict_row,
                "application_name": "safeguarding-hub",
                "connect_timeout": ceil(patience_seconds),
                "tcp_user_timeout": ceil(patience_seconds * 1000),  # what was sent and nobody confirms
                **_NOBODY_THERE,
            },
            min_size=1,
            max_size=pool_size,
            open=False,
            configure=self.after_connect_func(),
            check=ConnectionPool.check_connection,
            timeout=patience_seconds,
            reconnect_timeout=patience_seconds,  # then whoever asks next has it tried afresh, and waits for no back-off
        )
        _try_once(conninfo)

    @contextmanager
    def get_connection(self) -> Iterator[Connection[DictRow]]:
        """One of the pool's. Raises Away, and what the library raises."""
        had = False
        try:
            with super().get_connection() as connection:
                had = True
                yield connection
        except OperationalError:
            if had:
                raise
            raise Away("no_connection") from None

    def after_connect_func(self) -> Callable[[Connection[Any]], None]:
        """What makes a connection fit for use, or refuses it."""
        return _prepare

    def register_type_adapters(self) -> None:
        """Nothing: no composite type is used."""


def _prepare(connection: Connection[Any]) -> None:
    connection.autocommit = True
    # Versions are read after the lock is had, so each statement must see what was committed before it.
    connection.isolation_level = IsolationLevel.READ_COMMITTED
    connection.execute("SET search_path = public, pg_temp")
    connection.execute("SET lock_timeout = '30s'")
    connection.execute("SET idle_in_transaction_session_timeout = '60s'")
    for setting in ("synchronous_commit", "fsync", "full_page_writes"):
        row = connection.execute(SQL("SELECT current_setting({name}) AS value").format(name=setting)).fetchone()
        if row is None or row["value"] not in DURABLE:
            raise StoreUnavailable("not_durable")


def _try_once(conninfo: str) -> None:
    """Connect outside the pool, which would try again and again and hide why."""
    try:
        with psycopg.connect(conninfo, row_factory=dict_row, connect_timeout=5) as connection:
            _prepare(connection)
            row = connection.execute(
                SQL("SELECT to_regclass('event') AS e, to_regclass('term') AS t, to_regclass('forgotten') AS f")
            ).fetchone()
            if row is None or None in row.values():
                raise StoreUnavailable("no_tables")
            if any(may for may in (connection.execute(_MAY_ALTER).fetchone() or {}).values()):
                raise StoreUnavailable("role_may_alter")
    except psycopg.Error as refused:
        raise StoreUnavailable(type(refused).__name__) from None


class PostgresHubRecorder(PostgresApplicationRecorder):
    """Events in one order; index terms beside them. See recorder_port.Recorder."""

    def __init__(self, store: DurableDatastore) -> None:
        """Use tables that postgres_tables made."""
        super().__init__(store, events_table_name="event")
        self.sql_create_statements.clear()

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """See recorder_port.Recorder. Tried once: whether a lost commit happened is for the caller to look up."""
        with self.datastore.get_connection() as connection, connection.transaction(), connection.cursor() as cursor:
            return self.write(cursor, stored_events, **kwargs)

    def write(self, cursor: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any) -> list[int]:
        """As `insert_events`, in a transaction of the caller's. Raises Conflict, psycopg.Error."""
        self._insert_events(cursor, stored_events, **kwargs)
        make: Make | None = kwargs.get("make")
        events = stored_events if make is None else make(lambda stream_id: _version(cursor, stream_id))
        ids = [event.originator_id for event in events]
        versions = [Int8(event.originator_version) for event in events]
        topics = [event.topic for event in events]
        states = [event.state for event in events]
        cursor.execute(_INSERT, (ids, versions, topics, states))
        return [int(row["notification_id"]) for row in cursor.fetchall()]

    def _insert_events(self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        curs.execute(LOCK)
        seen: tuple[tuple[UUID, int], ...] = kwargs.get("seen", ())
        if seen:
            curs.execute(_MOVED_ON, ([stream for stream, _ in seen], [Int8(version) for _, version in seen]))
            if curs.fetchone() is not None:
                raise Conflict("history moved on")
        terms: tuple[Term, ...] = kwargs.get("terms", ())
        if terms:
            _check_may_be_added(curs, terms)
            tokens, people = [term.token for term in terms], [term.person_id for term in terms]
            curs.execute(_INSERT_TERMS, (tokens, people, [term.proof for term in terms]))
        forget: tuple[UUID, ...] = kwargs.get("forget", ())
        if forget:
            curs.execute(_FORGET, (list(forget),))

    def version(self, stream_id: UUID) -> int:
        """The version of a stream; 0 when it is empty. Raises StoreUnavailable."""
        with self._reading() as cursor:
            return _version(cursor, stream_id)

    def versions(self, stream_ids: tuple[UUID, ...]) -> Mapping[UUID, int]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            rows = cursor.execute(_VERSIONS, (list(stream_ids),)).fetchall()
            return {row["originator_id"]: int(row["version"]) for row in rows}

    def positions(self, stream_id: UUID) -> tuple[int, ...]:
        """The position in the one order of each event of a stream. Raises StoreUnavailable."""
        with self._reading() as cursor:
            return tuple(int(row["notification_id"]) for row in cursor.execute(_POSITIONS, (stream_id,)).fetchall())

    def events_at(self, positions: tuple[int, ...]) -> tuple[tuple[int, StoredEvent], ...]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            rows = cursor.execute(_EVENTS_AT, ([Int8(one) for one in positions],)).fetchall()
            return tuple((int(row["notification_id"]), _event(row)) for row in rows)

    def terms_with(self, token: bytes) -> tuple[Term, ...]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            return tuple(_term(row) for row in cursor.execute(_TERMS_WITH, (token,)).fetchall())

    def terms_with_any(self, tokens: tuple[bytes, ...]) -> tuple[Term, ...]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            return tuple(_term(row) for row in cursor.execute(_TERMS_WITH_ANY, (list(tokens),)).fetchall())

    def terms_of(self, person_id: UUID) -> tuple[Term, ...]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            return tuple(_term(row) for row in cursor.execute(_TERMS_OF, (person_id,)).fetchall())

    def forgotten(self) -> frozenset[UUID]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            return frozenset(row["person"] for row in cursor.execute(_FORGOTTEN).fetchall())

    def let_go(self) -> None:
        """See recorder_port.Recorder: the server's own files are its administrator's."""

    def terms_after(self, last: Term, limit: int) -> tuple[Term, ...]:
        """See recorder_port.Recorder. Raises StoreUnavailable."""
        with self._reading() as cursor:
            rows = cursor.execute(_TERMS_AFTER, (last.token, last.person_id, limit)).fetchall()
            return tuple(_term(row) for row in rows)

    def close(self) -> None:
        """Close every connection."""
        self.datastore.close()

    @contextmanager
    def _reading(self) -> Iterator[Cursor[DictRow]]:
        try:
            with self.datastore.get_connection() as connection, connection.cursor() as cursor:
                yield cursor
        except PersistenceError as refused:
            raise StoreUnavailable(type(refused).__name__) from None


def _check_may_be_added(cursor: Cursor[DictRow], terms: tuple[Term, ...]) -> None:
    """Nothing, where each may lead where it is to lead. Raises Conflict."""
    alone = [term for term in terms if term.alone]
    people = list(dict.fromkeys(term.person_id for term in terms))
    asked = ([term.token for term in alone], [term.person_id for term in alone], people)
    found = cursor.execute(_MAY_BE_ADDED, asked).fetchone() or {"elsewhere": True}
    if found["elsewhere"]:
        raise Conflict("an identifier already leads to another person")
    if found["erased"]:
        raise Conflict("whom it leads to was erased")


def _version(cursor: Cursor[DictRow], stream_id: UUID) -> int:
    row = cursor.execute(_VERSION, (stream_id,)).fetchone()
    return int(row["version"] or 0) if row is not None else 0


def _event(row: DictRow) -> StoredEvent:
    return StoredEvent(row["originator_id"], row["originator_version"], row["topic"], bytes(row["state"]))


def _term(row: DictRow) -> Term:
    return Term(bytes(row["token"]), row["person"], proof=bytes(row["proof"]))
