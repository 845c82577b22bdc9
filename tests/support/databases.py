"""Databases on a real server for the use cases: one for each folder of a test, emptied and used again."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from hub.adapters.database_set_up import make_database
from tests.support.engines import Engine, PostgresEngine, postgres_database

EngineOf = Callable[[Path], Engine]
"""What a database's administrator can do to the store of the hub in that folder."""


@dataclass
class Place:
    """Where the test that runs keeps what it keeps: on a server, or, with no databases named, in files."""

    databases: "Databases | None" = None

    def database_of(self, folder: Path) -> str | None:
        """How to reach the database of the hub in that folder (a libpq conninfo); None where it is a file there."""
        return None if self.databases is None else self.databases.of(folder)


PLACE = Place()
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


@dataclass
class Databases:
    """Those of one process of the test run.

    A folder has one for as long as a test lasts, so that a hub opened there again is the same hub; afterwards it is
    emptied by its owner, for the next test.
    """

    run_folder: Path
    made: ExitStack
    free: list[PostgresEngine] = field(default_factory=list)
    taken: dict[Path, PostgresEngine] = field(default_factory=dict)

    def of(self, folder: Path) -> str:
        """How the application's role reaches the folder's own (a libpq conninfo)."""
        if folder not in self.taken:
            self.taken[folder] = self.free.pop() if self.free else self._make()
        return self.taken[folder].application

    def give_back(self) -> None:
        """Every database is as it was made; whoever had one has closed it."""
        for engine in self.taken.values():
            _empty(engine)
        self.free += self.taken.values()
        self.taken.clear()

    def _make(self) -> PostgresEngine:
        engine = self.made.enter_context(postgres_database(self.run_folder, with_tables=False))
        make_database(engine.owner, engine.application)
        return engine


@contextmanager
def databases(run_folder: Path) -> Iterator[Databases]:
    """For one block; then they are gone."""
    with ExitStack() as made:
        yield Databases(run_folder, made)


def _empty(engine: PostgresEngine) -> None:
    with psycopg.connect(engine.owner) as db:
        names = [Identifier(name) for (name,) in db.execute(_TABLES).fetchall()]
        if names:
            db.execute(_truncate(names))


def _truncate(names: list[Identifier]) -> Composed:
    return SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(SQL(", ").join(names))
