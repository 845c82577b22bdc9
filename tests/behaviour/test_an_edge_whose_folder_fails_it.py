"""Does an edge send what it has, fill nothing up and call nobody else's files its own when its folder fails it?"""

import errno
import os
import sqlite3
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agencies import registry as partners
from hub.adapters.alone import free
from hub.adapters.drop_folder import MAX_FILE_BYTES, DropFolder, Found, NotTaken
from hub.adapters.drop_ledger import DropLedger
from hub.adapters.public_keys import write_keys
from hub.cli import commands_parser
from hub.commands import edge
from hub.commands.edge_work import EdgeWork
from hub.domain.errors import StoreUnavailable
from hub.domain.feed import FeedKind, standing
from hub.settings import Settings
from hub.wiring import Edge, Hub, edge_folder
from tests.support.house import house
from tests.support.places import REPO

NOTICE = (REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json").read_bytes()


@dataclass
class StuckFolder(DropFolder):
    """A folder out of which nothing can be moved while it is stuck."""

    folder: Path
    stuck: bool = True

    def __post_init__(self) -> None:
        super().__init__(self.folder)

    def take(self, found: Found) -> bool:
        """See DropFolder."""
        if self.stuck:
            raise StoreUnavailable(f"drop_{errno.errorcode[errno.EACCES]}")
        return super().take(found)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return house(tmp_path)


@pytest.fixture
def stuck(tmp_path: Path) -> StuckFolder:
    return StuckFolder(tmp_path / "drop")


@pytest.fixture
def work(hub: Hub, stuck: StuckFolder) -> EdgeWork:
    return begun(hub, stuck)


def begun(hub: Hub, stuck: StuckFolder) -> EdgeWork:
    """The edge's process, which says how it stands in its first round and an hour later."""
    own = edge_folder(hub.settings, "police")
    return EdgeWork(Edge(partners.by_name("police"), own, hub.beyond), stuck, DropLedger(own / "drop.db"), 3600)


def reports(hub: Hub) -> int:
    hub.work()
    return sum(row.code == "k01" for row in hub.store.rows_after(0, 10_000))


def heartbeats(hub: Hub) -> int:
    source = partners.by_name("police").source
    return sum(partner.source == source and partner.feed is not None and partner.feed.beat is not None
               for partner in hub.reading().partners)  # fmt: skip


def left(hub: Hub) -> dict[str, int]:
    """What the hub knows of the files that the edge could not take in, by code."""
    hub.work()
    source = partners.by_name("police").source
    stands = next(standing(one, hub.clock.now()) for one in hub.reading().partners if one.source == source)
    return {code: times for one in stands.findings if one.kind is FeedKind.LEFT for code, times in one.codes}


def taken_in(hub: Hub) -> int:
    path = edge_folder(hub.settings, "police") / "outbox.db"
    with sqlite3.connect(path) as db:
        count: int = db.execute("SELECT COUNT(*) FROM intake").fetchone()[0]
    return count


def rounds(work: EdgeWork, count: int = 4) -> None:
    for _ in range(count):
        try:
            work.one_round()
        except StoreUnavailable:
            continue


def test_what_was_taken_in_is_sent_though_its_file_cannot_be_moved(
    hub: Hub, stuck: StuckFolder, work: EdgeWork
) -> None:
    (stuck.folder / "in" / "notice.json").write_bytes(NOTICE)
    work.one_round()
    with pytest.raises(StoreUnavailable, match="drop_EACCES"):
        work.one_round()
    assert reports(hub) == 2


def test_a_file_that_cannot_be_moved_is_taken_in_once(hub: Hub, stuck: StuckFolder, work: EdgeWork) -> None:
    (stuck.folder / "in" / "notice.json").write_bytes(NOTICE)
    rounds(work, 6)
    assert taken_in(hub) == 1
    stuck.stuck = False
    rounds(work, 1)
    assert list((stuck.folder / "in").iterdir()) == []
    (stuck.folder / "in" / "notice.json").write_bytes(NOTICE)
    rounds(work)
    assert taken_in(hub) == 2


def test_a_file_changed_while_it_could_not_be_moved_is_read_again(hub: Hub, stuck: StuckFolder, work: EdgeWork) -> None:
    (stuck.folder / "in" / "notice.json").write_bytes(b"{")
    rounds(work)
    assert reports(hub) == 0
    stuck.stuck = False
    (stuck.folder / "in" / "notice.json").write_bytes(NOTICE)
    rounds(work)
    assert reports(hub) == 2


def test_an_edge_whose_folder_fails_it_does_not_say_that_all_is_well(
    hub: Hub, stuck: StuckFolder, work: EdgeWork
) -> None:
    (stuck.folder / "in").rmdir()
    rounds(work)
    hub.work()
    assert heartbeats(hub) == 0
    (stuck.folder / "in").mkdir()
    rounds(work)
    hub.work()
    assert heartbeats(hub) == 1


@pytest.mark.parametrize("make", [lambda path: path.symlink_to("/etc/hostname"), os.mkfifo, Path.mkdir])
def test_what_is_no_plain_file_is_said_once(
    work: EdgeWork, stuck: StuckFolder, make: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    make(stuck.folder / "in" / "Canary-5f1e")
    rounds(work)
    assert [getattr(one, "code", "") for one in caplog.records] == ["no_plain_file"]
    assert "Canary" not in caplog.text


def test_a_file_that_is_too_big_is_left_unread(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    path = tmp_path / "in" / "big"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    tracemalloc.start()
    try:
        with pytest.raises(NotTaken, match="too_big"):
            folder.read("big")
        assert tracemalloc.get_traced_memory()[1] < MAX_FILE_BYTES // 8
    finally:
        tracemalloc.stop()


def test_a_file_that_cannot_be_taken_in_is_known_at_the_hub_until_it_is_gone(hub: Hub, stuck: StuckFolder) -> None:
    lying = stuck.folder / "in"
    (lying / "folder").mkdir()
    (lying / "other").mkdir()
    with (lying / "big").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    stuck.settled()
    begun(hub, stuck).one_round()
    assert left(hub) == {"no_plain_file": 2, "too_big": 1}
    (lying / "folder").rmdir()
    (lying / "big").unlink()
    begun(hub, stuck).one_round()
    assert left(hub) == {"no_plain_file": 1}
    (lying / "other").rmdir()
    begun(hub, stuck).one_round()
    assert left(hub) == {}


def test_two_edges_do_not_share_one_folder(hub: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(write_keys(hub.public_keys), encoding="utf-8")
    keys.chmod(0o644)
    drop = tmp_path / "shared-drop"
    drop.mkdir()
    settings = Settings(home=tmp_path / "school", drop=drop, public_keys=keys)
    with free(drop / ".edge.lock") as is_free:
        assert is_free
        assert edge.run(settings, commands_parser().parse_args(["edge", "school"])) == edge.TAKEN
    assert "HUB_DROP" in capsys.readouterr().out
