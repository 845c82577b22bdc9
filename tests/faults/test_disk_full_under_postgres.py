"""The database server's disk is full: is nothing answered that is not kept, and does all go on when room is made?"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.support.beset import Beset, on_files, soon
from tests.support.own_database import OwnDatabase, own_database
from tests.support.required import missing
from tests.support.small_disk import SmallDisk, small_disk

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

SIZE_BYTES = (
    384 * 1024 * 1024
)  # a server that has just been set up, its journal, and its programs where it needs a copy


@dataclass(frozen=True)
class Cramped:
    """A database of the test's own on a small disk."""

    database: OwnDatabase
    disk: SmallDisk


@pytest.fixture
def cramped(tmp_path: Path) -> Iterator[Cramped]:
    """A database on a disk that can be filled; its path is short, since a socket lies there."""
    short = Path(tempfile.mkdtemp(prefix="hub-"))
    short.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, short, ignore_errors=True)
        disk = stack.enter_context(small_disk(short / "disk", SIZE_BYTES))
        if disk.way != "tmpfs":
            missing("tmpfs", "no file system may be mounted here, and another process's disk is not filled otherwise")
        yield Cramped(stack.enter_context(own_database(tmp_path, under=disk.folder)), disk)


def nothing_more_of_its_journal(cramped: Cramped) -> None:
    """The server's journal needs a new file for whatever comes next, and the server ends itself over it."""
    with suppress(psycopg.Error), psycopg.connect(cramped.database.server.reached, autocommit=True) as db:
        for _ in range(50):
            db.execute("SELECT pg_logical_emit_message(true, 'hub', repeat('x', 1000000))")


@pytest.mark.parametrize("journal", [False, True], ids=["tables", "journal too"])
def test_what_finds_no_room_waits_unanswered_and_is_kept_once_there_is(cramped: Cramped, *, journal: bool) -> None:
    beset = on_files(cramped.database.folder, {"HUB_DATABASE": cramped.database.application})
    with ExitStack() as stack:
        stack.callback(beset.end)
        working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
        beset.drop(2)
        beset.soon_answered("answers while there is room")
        with cramped.disk.full():
            if journal:
                nothing_more_of_its_journal(cramped)
                soon(cramped.database.server.ended, "a server that ends over its journal")
            beset.drop(40)
            soon(lambda: "waiting StoreUnavailable" in working.words(), "word that the store takes nothing")
            assert unanswered(beset) > 0
        cramped.database.again()
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
