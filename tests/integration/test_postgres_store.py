"""Does PostgreSQL itself hold the store's promises: rights, durability, one writer at a time, a Unix socket?"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier

from hub.adapters.postgres_tables import make_tables
from hub.adapters.recorder_postgres import DurableDatastore, PostgresHubRecorder
from hub.domain.errors import Conflict, StoreUnavailable
from tests.support.engines import PostgresEngine

pytestmark = pytest.mark.postgres

_INSERT = "INSERT INTO event (originator_id, originator_version, topic, state) VALUES (%s, 1, 'k01', 'sealed')"
_WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def as_application(postgres_engine: PostgresEngine) -> Iterator[psycopg.Connection]:
    """A plain connection with the application's rights, for what the application's own code never says."""
    with psycopg.connect(postgres_engine.application, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET state = 'other'",
        "UPDATE event SET topic = 'k02'",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE term SET token = 'other'",
        "DELETE FROM term",
        "TRUNCATE term",
        "DROP TABLE event",
        "ALTER TABLE event DISABLE TRIGGER one_writer",
        "DROP TRIGGER one_writer ON event",
        "INSERT INTO event (originator_id, originator_version, topic, state, notification_id) "
        "OVERRIDING SYSTEM VALUE VALUES (gen_random_uuid(), 1, 'k01', 'sealed', 1)",
        "SELECT setval(pg_get_serial_sequence('event', 'notification_id'), 1)",
        "CREATE TABLE aside (state bytea)",
    ],
)
def test_the_applications_role_may_not_alter_what_is_kept(as_application: psycopg.Connection, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        as_application.execute(statement.encode())


def test_the_applications_role_may_keep_and_read(postgres_engine: PostgresEngine) -> None:
    recorder, stream = postgres_engine.recorder(), uuid4()
    (position,) = recorder.insert_events([StoredEvent(stream, 1, "k01", b"sealed")]) or ()
    (row,) = recorder.select_notifications(position, 1)
    assert (row.originator_id, bytes(row.state)) == (stream, b"sealed")


def test_a_role_that_may_alter_is_refused(postgres_engine: PostgresEngine) -> None:
    with pytest.raises(StoreUnavailable, match="role_may_alter"):
        DurableDatastore(postgres_engine.owner)


@pytest.mark.parametrize("right", ["DELETE ON term", "UPDATE (state) ON event"])
def test_a_right_given_by_mistake_is_refused(postgres_engine: PostgresEngine, right: LiteralString) -> None:
    role = Identifier(str(conninfo_to_dict(postgres_engine.application)["user"]))
    with psycopg.connect(postgres_engine.owner) as owner:
        owner.execute(SQL("GRANT {} TO {}").format(SQL(right), role))
    with pytest.raises(StoreUnavailable, match="role_may_alter"):
        DurableDatastore(postgres_engine.application)


def test_whoever_waits_for_a_server_that_is_gone_finds_out(postgres_engine: PostgresEngine) -> None:
    """A machine without power closes no connection: it is asked whether it is there (tcp(7)), and how soon."""
    store = DurableDatastore(postgres_engine.application)
    store.pool.open()
    with store.pool.connection() as connection:
        asked = connection.info.get_parameters()
    store.close()
    idle, interval, count = (int(asked[f"keepalives_{one}"]) for one in ("idle", "interval", "count"))
    assert asked["keepalives"] == "1"
    assert idle + interval * count <= 15


@pytest.mark.parametrize("weaker", ["off", "local", "remote_write"])
def test_a_commit_that_would_not_wait_for_the_disk_is_refused(postgres_engine: PostgresEngine, weaker: str) -> None:
    reached = make_conninfo(postgres_engine.application, options=f"-c synchronous_commit={weaker}")
    with pytest.raises(StoreUnavailable, match="not_durable"):
        DurableDatastore(reached)


def test_a_connection_that_turns_weak_later_is_never_handed_out(postgres_engine: PostgresEngine) -> None:
    store = DurableDatastore(postgres_engine.application)
    settings = conninfo_to_dict(postgres_engine.application)
    statement = SQL("ALTER ROLE {} IN DATABASE {} SET synchronous_commit = off")
    with psycopg.connect(postgres_engine.application, autocommit=True) as itself:
        itself.execute(statement.format(Identifier(str(settings["user"])), Identifier(str(settings["dbname"]))))
    store.pool.timeout = 1
    recorder = PostgresHubRecorder(store)
    with pytest.raises(StoreUnavailable):
        recorder.version(uuid4())
    recorder.close()


def test_a_database_without_the_tables_is_refused(postgres_engine: PostgresEngine) -> None:
    with psycopg.connect(postgres_engine.owner) as owner:
        owner.execute("DROP TABLE term")
    with pytest.raises(StoreUnavailable, match="no_tables"):
        DurableDatastore(postgres_engine.application)


def test_a_server_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="OperationalError"):
        DurableDatastore(make_conninfo("", host=str(tmp_path), dbname="hub"))


def test_making_the_tables_again_changes_nothing(postgres_engine: PostgresEngine) -> None:
    recorder, stream = postgres_engine.recorder(), uuid4()
    recorder.insert_events([StoredEvent(stream, 1, "k01", b"sealed")])
    make_tables(postgres_engine.owner, str(conninfo_to_dict(postgres_engine.application)["user"]))
    assert recorder.version(stream) == 1


def test_a_writer_waits_for_the_one_before_it_even_if_that_one_forgot_the_lock(
    postgres_engine: PostgresEngine, as_application: psycopg.Connection
) -> None:
    recorder, first, second = postgres_engine.recorder(), uuid4(), uuid4()
    with ThreadPoolExecutor(1) as pool:
        with as_application.transaction():
            as_application.execute(_INSERT, (first,))
            waiting = pool.submit(recorder.insert_events, [StoredEvent(second, 1, "k01", b"sealed")])
            until_somebody_waits(postgres_engine)
            assert not waiting.done()
            assert not recorder.select_notifications(0, 10)
        waiting.result(30)
    assert [row.originator_id for row in recorder.select_notifications(0, 10)] == [first, second]


def test_what_a_decision_was_made_on_is_looked_at_only_when_no_other_writes(
    postgres_engine: PostgresEngine, as_application: psycopg.Connection
) -> None:
    recorder, read, other = postgres_engine.recorder(), uuid4(), uuid4()
    decided = [StoredEvent(other, 1, "k07", b"sealed")]
    with ThreadPoolExecutor(1) as pool:
        with as_application.transaction():
            as_application.execute(_INSERT, (read,))
            waiting = pool.submit(recorder.insert_events, decided, seen=((read, 0),))
            until_somebody_waits(postgres_engine)
        with pytest.raises(Conflict):
            waiting.result(30)
    assert recorder.version(other) == 0


def until_somebody_waits(engine: PostgresEngine) -> None:
    until = time.monotonic() + 20
    with psycopg.connect(engine.owner, autocommit=True) as db:
        while db.execute(_WAITING).fetchone() == (0,):
            assert time.monotonic() < until, "nobody waits for the lock"
            time.sleep(0.02)


def test_lost_connections_are_replaced(postgres_engine: PostgresEngine) -> None:
    recorder, stream = postgres_engine.recorder(), uuid4()
    recorder.insert_events([StoredEvent(stream, 1, "k01", b"sealed")])
    with psycopg.connect(postgres_engine.application, autocommit=True) as itself:
        itself.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE usename = current_user AND pid <> pg_backend_pid()"
        )
    recorder.insert_events([StoredEvent(stream, 2, "k01", b"sealed")])
    assert recorder.version(stream) == 2
