"""Does an edge take each file in once it is whole, account for it, and lose nothing when it dies in between?"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.identifiers import parse_identifier
from hub.adapters.drop_folder import DropFolder, NotTaken
from hub.domain.errors import StoreUnavailable
from hub.wiring import Hub
from tests.support.desk import Desk
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.places import REPO

NOTICE = (REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json").read_bytes()
CHILD = parse_identifier(f"nhs:{ROBIN}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(house(tmp_path), tmp_path / "drop")


def reports(hub: Hub) -> int:
    return sum(row.code == "k01" for row in hub.store.rows_after(0, 10_000))


def test_a_file_is_taken_in_accounted_for_and_answered(desk: Desk) -> None:
    desk.put("notice.json", NOTICE)
    desk.rounds()
    assert (desk.names("in"), desk.names("taken")) == ([], ["notice.json"])
    told = desk.account("notice.json")
    assert (told["in"], told["accepted"], told["quarantined"]) == (1, 1, 0)
    assert reports(desk.hub) == told["events"] != 0
    assert "not_answered" not in json.dumps(told)


def test_a_file_that_is_not_of_the_form_is_quarantined_at_the_edge_with_its_code(desk: Desk) -> None:
    desk.put("broken.json", b'{"forename": "Canary-5f1e"')
    desk.rounds()
    told = desk.account("broken.json")
    assert (told["in"], told["quarantined"], told["events"]) == (1, 1, 0)
    assert "not_json" in json.dumps(told)
    assert "Canary" not in json.dumps(told)
    assert desk.names("taken") == ["broken.json"]


@pytest.mark.parametrize("step", ["account", "take"])
def test_dying_between_two_steps_takes_it_in_again_and_keeps_it_once(desk: Desk, step: str) -> None:
    desk.dies_at = step
    desk.begin()
    desk.put("notice.json", NOTICE)
    desk.rounds()
    assert (desk.names("in"), desk.names("taken")) == ([], ["notice.json"])
    told = desk.account("notice.json")
    assert (told["accepted"], reports(desk.hub)) == (1, told["events"])
    assert "not_answered" not in json.dumps(told)


def test_an_answer_that_came_before_the_edge_died_is_told_after_it(desk: Desk) -> None:
    desk.put("notice.json", NOTICE)
    desk.work.one_round()
    desk.work.one_round()
    assert "not_answered" in json.dumps(desk.account("notice.json"))
    desk.hub.work()
    desk.hub.edge("police").receipts()
    desk.begin()
    desk.work.one_round()
    assert "not_answered" not in json.dumps(desk.account("notice.json"))


def test_a_file_still_being_written_is_left_until_it_is_whole(desk: Desk) -> None:
    desk.put("notice.json", NOTICE[:100])
    desk.work.one_round()
    desk.put("notice.json", NOTICE)
    desk.work.one_round()
    assert desk.names("in") == ["notice.json"]
    desk.rounds()
    assert desk.account("notice.json")["accepted"] == 1


def test_a_file_that_changed_after_it_was_read_is_read_again(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    (tmp_path / "in" / "a").write_bytes(b"one")
    found = folder.read("a")
    (tmp_path / "in" / "a").write_bytes(b"three")
    assert not folder.take(found)
    assert folder.take(folder.read("a"))
    (tmp_path / "in" / "b").write_bytes(b"x")
    gone = folder.read("b")
    (tmp_path / "in" / "b").unlink()
    assert not folder.take(gone)


def _link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("made", [_link, _pipe, _folder])
def test_what_is_no_plain_file_is_left_alone_and_holds_nothing_up(desk: Desk, made: Callable[[Path], None]) -> None:
    made(desk.drop / "in" / "other")
    desk.put(".hidden", NOTICE)
    desk.put("notice.json", NOTICE)
    desk.rounds()
    assert desk.names("in") == [".hidden", "other"]
    assert desk.names("taken") == ["notice.json"]
    with pytest.raises(NotTaken):
        DropFolder(desk.drop).read("other")


def test_a_name_that_would_be_too_long_with_its_digest_is_cut(desk: Desk) -> None:
    name = "é" * 120 + ".json"
    desk.put(name, NOTICE)
    desk.rounds()
    (taken,) = desk.names("taken")
    assert name.startswith(taken)
    assert len(list((desk.drop / "accounts").iterdir())) == 1


def test_the_same_bytes_under_the_same_name_are_one_account_and_kept_once(desk: Desk) -> None:
    desk.put("notice.json", NOTICE)
    desk.rounds()
    kept = reports(desk.hub)
    desk.put("notice.json", NOTICE)
    desk.rounds()
    assert reports(desk.hub) == kept
    assert len(list((desk.drop / "accounts").iterdir())) == 1


@pytest.mark.parametrize("name", ["", ".", "..", "../out", "a/b", "a\x00b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotTaken):
        DropFolder(tmp_path / "drop").write_shared(name, b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drop"]


def test_a_folder_that_cannot_be_used_is_waited_for(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path / "drop")
    (tmp_path / "drop" / "in").rmdir()
    with pytest.raises(StoreUnavailable, match="drop_ENOENT"):
        folder.settled()
    (tmp_path / "drop" / "accounts").rmdir()
    with pytest.raises(StoreUnavailable, match="drop_ENOENT"):
        folder.write_account("a", b"{}")
