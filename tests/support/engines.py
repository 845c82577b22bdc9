"""A store on each engine, as the tests use it: its recorder, and what a database administrator could do to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from hub.adapters.group_commit import GroupedPostgresRecorder, GroupedRecorder
from hub.adapters.postgres_tables import make_tables
from hub.adapters.recorder import datastore
from hub.adapters.recorder_port import Recorder
from hub.adapters.recorder_postgres import DurableDatastore, PostgresHubRecorder
from tests.support import postgres_server


class Engine(Protocol):
    """A database that holds a store."""

    def recorder(self) -> Recorder:
        """A recorder on it, as the application opens one; the same database each time."""

    def rows(self, stream: UUID, code: str) -> list[tuple[int, bytes]]:
        """Position and bytes of a stream's rows of one code, in order."""

    def overwrite(self, position: int, state: bytes) -> None:
        """Put other bytes in a row."""

    def rename(self, position: int, code: str) -> None:
        """Say that a row is of another code."""

    def delete(self, position: int) -> None:
        """Take a row out."""

    def exchange(self, one: UUID, other: UUID) -> None:
        """Put all rows of each of two streams under the other's id."""

    def turn(self, token: bytes, person: UUID) -> None:
        """Let a pointer of the index lead to another person."""

    def held(self) -> bytes:
        """Every byte that the database holds of the store, as far as its administrator can see."""


@dataclass(frozen=True, slots=True)
class SqliteEngine:
    """The embedded store: a file."""

    path: Path

    def recorder(self) -> Recorder:
        """See Engine."""
        return GroupedRecorder(datastore(self.path))

    def rows(self, stream: UUID, code: str) -> list[tuple[int, bytes]]:
        """See Engine."""
        select = "SELECT rowid, state FROM event WHERE originator_id = ? AND topic = ? ORDER BY rowid"
        with closing(sqlite3.connect(self.path)) as db:
            return db.execute(select, (stream.hex, code)).fetchall()

    def overwrite(self, position: int, state: bytes) -> None:
        """See Engine."""
        self._change("UPDATE event SET state = ? WHERE rowid = ?", state, position)

    def rename(self, position: int, code: str) -> None:
        """See Engine."""
        self._change("UPDATE event SET topic = ? WHERE rowid = ?", code, position)

    def delete(self, position: int) -> None:
        """See Engine."""
        self._change("DELETE FROM event WHERE rowid = ?", position)

    def exchange(self, one: UUID, other: UUID) -> None:
        """See Engine."""
        with closing(sqlite3.connect(self.path)) as db, db:
            for before, after in _exchanged(one, other):
                moved = db.execute(
                    "UPDATE event SET originator_id = ? WHERE originator_id = ?", (after.hex, before.hex)
                )
                assert moved.rowcount > 0

    def turn(self, token: bytes, person: UUID) -> None:
        """See Engine."""
        self._change("UPDATE term SET person = ? WHERE token = ?", person.hex, token)

    def held(self) -> bytes:
        """See Engine."""
        files = sorted(self.path.parent.rglob("*"))
        return b"".join(path.read_bytes() for path in files if path.is_file())

    def _change(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.path)) as db, db:
            assert db.execute(statement, values).rowcount == 1


@dataclass(frozen=True, slots=True)
class PostgresEngine:
    """A database of its own on a real server, with an owner and an application's role that may not alter."""

    owner: str
    application: str
    opened: list[PostgresHubRecorder]

    def recorder(self) -> PostgresHubRecorder:
        """See Engine."""
        self.opened.append(GroupedPostgresRecorder(DurableDatastore(self.application)))
        return self.opened[-1]

    def rows(self, stream: UUID, code: str) -> list[tuple[int, bytes]]:
        """See Engine."""
        select = "SELECT notification_id, state FROM event WHERE originator_id = %s AND topic = %s ORDER BY 1"
        with psycopg.connect(self.owner) as db:
            return [(int(position), bytes(state)) for position, state in db.execute(select, (stream, code)).fetchall()]

    def overwrite(self, position: int, state: bytes) -> None:
        """See Engine."""
        self._change("UPDATE event SET state = %s WHERE notification_id = %s", state, position)

    def rename(self, position: int, code: str) -> None:
        """See Engine."""
        self._change("UPDATE event SET topic = %s WHERE notification_id = %s", code, position)

    def delete(self, position: int) -> None:
        """See Engine."""
        self._change("DELETE FROM event WHERE notification_id = %s", position)

    def exchange(self, one: UUID, other: UUID) -> None:
        """See Engine."""
        with psycopg.connect(self.owner) as db:
            for before, after in _exchanged(one, other):
                moved = db.execute("UPDATE event SET originator_id = %s WHERE originator_id = %s", (after, before))
                assert moved.rowcount > 0

    def turn(self, token: bytes, person: UUID) -> None:
        """See Engine."""
        self._change("UPDATE term SET person = %s WHERE token = %s", person, token)

    def held(self) -> bytes:
        """See Engine."""
        with psycopg.connect(self.owner) as db:
            states = db.execute("SELECT state FROM event").fetchall()
            texts = db.execute("SELECT to_jsonb(event) - 'state' FROM event").fetchall()
            texts += db.execute("SELECT encode(token, 'escape'), person::text FROM term").fetchall()
        return b"".join(bytes(state) for (state,) in states) + repr(texts).encode()

    def _change(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.owner) as db:
            assert db.execute(statement.encode(), values).rowcount == 1


def _exchanged(one: UUID, other: UUID) -> tuple[tuple[UUID, UUID], ...]:
    """The three moves by which two streams change places."""
    aside = uuid4()
    return (one, aside), (other, one), (aside, other)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that every process of this test run shares."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> SqliteEngine:
    """A store in a file."""
    return SqliteEngine(tmp_path / "hub.db")


@pytest.fixture
def postgres_engine(run_folder: Path) -> Iterator[PostgresEngine]:
    """A store in a database of its own, with roles of its own, gone afterwards."""
    with postgres_database(run_folder) as engine:
        yield engine


@contextmanager
def postgres_database(run_folder: Path, *, with_tables: bool = True) -> Iterator[PostgresEngine]:
    """As `postgres_engine`, for one block; without tables, for whoever makes them."""
    administrator = postgres_server.conninfo(run_folder)
    name = uuid4().hex
    database, owner, application = f"hub_{name}", f"owner_{name}", f"application_{name}"
    with psycopg.connect(administrator, autocommit=True) as db:
        for role in (owner, application):
            statement = SQL("CREATE ROLE {role} LOGIN PASSWORD {word}")
            db.execute(statement.format(role=Identifier(role), word=Literal(name)))
        db.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(database), Identifier(owner)))
    as_owner = make_conninfo(administrator, dbname=database, user=owner, password=name)
    if with_tables:
        make_tables(as_owner, application)
    engine = PostgresEngine(as_owner, make_conninfo(as_owner, user=application), [])
    yield engine
    for recorder in engine.opened:
        recorder.close()
    with psycopg.connect(administrator, autocommit=True) as db:
        db.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(database)))
        for role in (owner, application):
            db.execute(SQL("DROP ROLE {}").format(Identifier(role)))


@contextmanager
def empty_beside(engine: PostgresEngine, run_folder: Path) -> Iterator[PostgresEngine]:
    """An empty database for the same owner and the same application, for one block."""
    administrator, database = postgres_server.conninfo(run_folder), f"hub_{uuid4().hex}"
    owner = str(conninfo_to_dict(engine.owner)["user"])
    with psycopg.connect(administrator, autocommit=True) as db:
        db.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(database), Identifier(owner)))
    try:
        yield PostgresEngine(
            make_conninfo(engine.owner, dbname=database), make_conninfo(engine.application, dbname=database), []
        )
    finally:
        with psycopg.connect(administrator, autocommit=True) as db:
            db.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(database)))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A store, on each engine in turn."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found
