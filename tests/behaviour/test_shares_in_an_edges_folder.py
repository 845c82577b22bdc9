"""Does what is shared stand in an agency's folder once, and what is recalled no longer, whatever fails in between?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.take_back import take_back
from hub.commands import share
from hub.commands.share import Sharing
from hub.commands.staff import DECISION_MAKER
from hub.domain.errors import StoreUnavailable
from hub.domain.shares import Standing
from tests.support.desk import Desk
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, proved, say

CHILD = parse_identifier(f"nhs:{ROBIN}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(house(tmp_path), tmp_path / "drop")


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


@contextmanager
def bus_takes_nothing(desk: Desk) -> Iterator[None]:
    """What is sent is refused by the bus itself; what it holds can still be read."""
    with closing(sqlite3.connect(desk.hub.settings.home / "bus.db")) as db:
        db.execute("CREATE TRIGGER away BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'away'); END")
        yield
        db.execute("DROP TRIGGER away")


def test_a_recall_that_leaves_late_leaves_what_was_sent_again_before_it(desk: Desk) -> None:
    report_id = shared_with(desk)
    desk.rounds()
    (first,) = delivered(desk)
    with bus_takes_nothing(desk), pytest.raises(StoreUnavailable):
        taken_back(desk)
    share.send(desk.hub, Sharing(CHILD, "priya", (report_id,), desk.agency, Purpose.SECTION_47))
    desk.rounds()
    notes = {one: one.read_bytes() for one in delivered(desk)}
    assert first not in notes
    assert sorted((b"crying" in one, b"Taken back" in one) for one in notes.values()) == [(False, True), (True, False)]


def test_what_came_while_the_bus_failed_is_put_there_once(desk: Desk) -> None:
    desk.rounds()
    shared_with(desk)
    with bus_takes_nothing(desk), pytest.raises(StoreUnavailable):
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
    with bus_takes_nothing(desk):
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
