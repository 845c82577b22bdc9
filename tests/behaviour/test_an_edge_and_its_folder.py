"""Does an edge take each file in once it is whole, account for it, and lose nothing when it dies in between?"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.drop_folder import DropFolder, NotTaken
from hub.application.take_back import take_back
from hub.commands import share
from hub.commands.share import Sharing
from hub.commands.staff import DECISION_MAKER
from hub.domain.errors import StoreUnavailable
from hub.domain.shares import Standing
from hub.wiring import Hub
from tests.support.desk import Desk
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, proved, say
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


def shared_with(desk: Desk) -> UUID:
    """One report of social care: which."""
    (report_id,) = say(desk.hub, "social_care", a_concern(words="Seen crying at the gate"))
    share.send(desk.hub, Sharing(CHILD, "priya", (report_id,), desk.agency, Purpose.SECTION_47))
    return report_id


def delivered(desk: Desk) -> list[Path]:
    return sorted((desk.drop / "shared").iterdir())


def test_what_is_shared_is_put_in_the_folder_once(desk: Desk) -> None:
    shared_with(desk)
    desk.rounds()
    (document,) = delivered(desk)
    assert b"Seen crying at the gate" in document.read_bytes()
    assert "Exemplar" not in document.name
    document.unlink()  # the agency's own systems have taken it
    desk.begin()
    desk.rounds()
    assert delivered(desk) == []


def test_dying_before_a_share_is_in_the_folder_delivers_it_after(desk: Desk) -> None:
    shared_with(desk)
    desk.dies_at = "shared"
    desk.begin()
    desk.rounds()
    (document,) = delivered(desk)
    assert b"Seen crying at the gate" in document.read_bytes()


def standing(desk: Desk) -> tuple[Standing, str | None]:
    (one,) = share.listed(desk.hub, CHILD, "priya").shares
    return one.standing, one.read_by


def move(desk: Desk, document: Path, role: str) -> None:
    (desk.drop / "shared" / "read" / role).mkdir(parents=True)
    document.rename(desk.drop / "shared" / "read" / role / document.name)


def test_what_lies_in_the_folder_is_delivered_and_read_once_somebody_moves_it(desk: Desk) -> None:
    shared_with(desk)
    desk.rounds()
    (document,) = delivered(desk)
    assert standing(desk) == (Standing.DELIVERED, None)
    move(desk, document, "public_protection_desk")
    desk.rounds()
    assert standing(desk) == (Standing.READ, "public_protection_desk")
    again = desk.drop / "shared" / "read" / "public_protection_desk" / document.name
    move(desk, again, "chief_officer")
    desk.begin()
    desk.rounds()
    assert standing(desk) == (Standing.READ, "public_protection_desk")


def taken_back(desk: Desk) -> None:
    """Whoever shared it takes it back, and the hub tells the edge."""
    (one,) = share.listed(desk.hub, CHILD, "priya").shares
    actor = proved(desk.hub, DECISION_MAKER)
    assert take_back(desk.hub.sharing(), actor, CHILD, one.disclosure_id).why_not is None
    desk.hub.work()


def standings(desk: Desk) -> dict[str, Standing]:
    return {one.news: one.standing for one in share.listed(desk.hub, CHILD, "priya").shares}


@pytest.mark.parametrize("dies", ["", "shared"])
def test_what_is_taken_back_unread_lies_in_the_folder_no_longer(desk: Desk, dies: str) -> None:
    shared_with(desk)
    desk.rounds()
    (document,) = delivered(desk)
    taken_back(desk)
    desk.dies_at = dies
    desk.begin()
    desk.rounds()
    (notice,) = delivered(desk)
    assert notice != document
    assert b"Taken back" in notice.read_bytes()
    assert b"crying" not in notice.read_bytes()
    assert [one.name for one in desk.hub.edge(desk.agency).inbox.documents()] == [notice.name]
    assert standings(desk) == {"report": Standing.TAKEN_BACK, "recall": Standing.DELIVERED}
    desk.begin()
    desk.rounds()
    assert delivered(desk) == [notice]


def test_what_is_taken_back_before_it_was_collected_is_never_put_there(desk: Desk) -> None:
    shared_with(desk)
    taken_back(desk)
    desk.rounds()
    (notice,) = delivered(desk)
    assert b"Taken back" in notice.read_bytes()


def test_what_is_sent_again_after_it_was_taken_back_is_put_there(desk: Desk) -> None:
    shared_with(desk)
    taken_back(desk)
    shared_with(desk)
    desk.rounds()
    notes = [one.read_bytes() for one in delivered(desk)]
    assert sorted((b"crying" in one, b"Taken back" in one) for one in notes) == [(False, True), (True, False)]


def test_a_recall_that_leaves_late_leaves_what_was_sent_again_before_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = shared_with(desk)
    desk.rounds()
    (first,) = delivered(desk)

    def refused(_outgoing: object) -> None:
        raise StoreUnavailable("KafkaConnectionError")

    with monkeypatch.context() as away:
        away.setattr(desk.hub.bus, "send_all", refused)
        with pytest.raises(StoreUnavailable):
            taken_back(desk)
    share.send(desk.hub, Sharing(CHILD, "priya", (report_id,), desk.agency, Purpose.SECTION_47))
    desk.rounds()
    notes = {one: one.read_bytes() for one in delivered(desk)}
    assert first not in notes
    assert sorted((b"crying" in one, b"Taken back" in one) for one in notes.values()) == [(False, True), (True, False)]


@contextmanager
def no_answer_leaves(desk: Desk) -> Iterator[None]:
    """The bus takes nothing of what the edge would say of a share: what came is kept, and not done with."""

    def refused(*_message: object) -> None:
        raise StoreUnavailable("KafkaTimeoutError")

    with pytest.MonkeyPatch.context() as away:
        away.setattr(desk.hub.bus, "send", refused)
        yield


def test_what_came_while_the_bus_failed_is_put_there_once(desk: Desk) -> None:
    desk.rounds()
    shared_with(desk)
    with no_answer_leaves(desk), pytest.raises(StoreUnavailable):
        desk.work.one_round()
    assert delivered(desk) == []
    desk.rounds()
    (document,) = delivered(desk)
    assert b"Seen crying at the gate" in document.read_bytes()
    document.unlink()
    desk.rounds()
    assert delivered(desk) == []
    assert standing(desk) == (Standing.DELIVERED, None)


def test_what_was_recalled_while_the_bus_failed_is_taken_away_though_it_still_does(desk: Desk) -> None:
    shared_with(desk)
    desk.rounds()
    (document,) = delivered(desk)
    taken_back(desk)
    with no_answer_leaves(desk):
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                desk.work.one_round()
        (notice,) = delivered(desk)
    assert notice != document
    assert b"Taken back" in notice.read_bytes()
    desk.rounds()
    assert delivered(desk) == [notice]
    assert standings(desk) == {"report": Standing.TAKEN_BACK, "recall": Standing.DELIVERED}


def test_what_somebody_has_read_stays_where_they_keep_it(desk: Desk) -> None:
    shared_with(desk)
    desk.rounds()
    (document,) = delivered(desk)
    taken_back(desk)
    move(desk, document, "public_protection_desk")
    desk.rounds()
    kept = desk.drop / "shared" / "read" / "public_protection_desk" / document.name
    assert b"Seen crying at the gate" in kept.read_bytes()
    assert standings(desk)["report"] is Standing.TAKEN_BACK


def test_only_what_was_delivered_can_be_read_and_by_a_role_alone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    shared_with(desk)
    desk.rounds()
    (document,) = delivered(desk)
    move(desk, document, "Canary Name")
    (desk.drop / "shared" / "read" / "clerk").mkdir()
    (desk.drop / "shared" / "read" / "clerk" / "canary-5f1e").write_bytes(b"x")
    desk.rounds()
    assert standing(desk) == (Standing.DELIVERED, None)
    assert sorted(getattr(one, "code", "") for one in caplog.records) == ["never_delivered", "role_not_a_code"]
    assert "anary" not in caplog.text


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
