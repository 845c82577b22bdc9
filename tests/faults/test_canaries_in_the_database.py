"""Does a mark stand in PostgreSQL's own log, in its files, write-ahead log among them, or in a dump of it?"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from agencies import registry as partners
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import read_chronology
from hub.domain.errors import AlreadyKept
from hub.settings import Settings
from hub.wiring import Hub
from tests.faults.test_canaries import tell
from tests.support.canaries import STEM, files, leaks
from tests.support.given import ROBIN, an_actor
from tests.support.own_database import own_database
from tests.support.postgres_server import WheelServer

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

# A server that says all it can: every statement with its values, and every error with the row at fault.
TALKATIVE = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_error_verbosity": "verbose",
    "log_min_error_statement": "debug1",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}


@dataclass(frozen=True)
class Server:
    """A server of the test's own that holds a hub which was told everything, and what it said."""

    server: WheelServer
    folder: Path

    def sinks(self) -> dict[str, list[bytes]]:
        """What the server wrote: its log, its files as they lie, and a dump such as a backup is."""
        reached = self.server.reached
        with psycopg.connect(reached, autocommit=True) as db:
            db.execute("CHECKPOINT")
        state = Path(str(psycopg.conninfo.conninfo_to_dict(reached)["host"])) / "state"
        dump = [str(self.server.program("pg_dump")), "--dbname", reached]
        done = subprocess.run(dump, cwd="/", capture_output=True, check=True, **self.server.who)
        return {
            "log": [(self.folder / "postgres.txt").read_bytes()],
            "files": [held for _, held in files(state)],
            "write-ahead log": [held for name, held in files(state) if name.startswith("pg_wal/")],
            "dump": [done.stdout],
        }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Every kind of report kept, read and refused on a server that dies in between."""
    with own_database(tmp_path_factory.mktemp("talkative"), settings=TALKATIVE) as own:
        work(own.folder, own.application)
        own.server.end_at_once()
        own.again()
        yield Server(own.server, own.folder)


def work(folder: Path, application: str) -> None:
    """Everything is told and read, and the database refuses what it must."""
    hub = Hub(Settings(home=folder / "house", database=application))
    for agency in partners.AGENCIES:
        hub.edge(agency.name)
    tell(hub)
    shown = read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    assert len(shown.entries) > 40
    fact = hub.store.read_stream(Stream.registry())[-1]
    again = Entry(Stream.registry(), hub.clock.new_id(), fact, expected=0)
    with pytest.raises(AlreadyKept):
        hub.store.keep((again,))
    hub.close()
    with psycopg.connect(application, autocommit=True) as db:
        for statement in ("UPDATE event SET state = state", "DELETE FROM term"):
            with pytest.raises(InsufficientPrivilege):
                db.execute(statement.encode())


def test_no_mark_stands_in_log_files_or_dump(told: Server) -> None:
    sinks = told.sinks()
    assert leaks(sinks) == []
    assert b"INSERT INTO event" in sinks["log"][0]
    assert b"permission denied" in sinks["log"][0]
    assert b"originator_id" in sinks["dump"][0]
    assert sum(map(len, sinks["write-ahead log"])) > 1_000_000


def test_one_row_with_a_mark_would_be_found_in_each(told: Server) -> None:
    with psycopg.connect(told.server.reached, autocommit=True) as db:
        db.execute("CREATE TABLE aside (words text)")
        db.execute("INSERT INTO aside VALUES (%s)", (f"a {STEM} b",))
        found = leaks(told.sinks())
        db.execute("DROP TABLE aside")
    assert found == ["dump", "files", "log", "write-ahead log"]
