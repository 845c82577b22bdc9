"""Is content that was opened without a kept decision found, and is every honest opening accounted for?"""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.fact_codes import REPORT
from hub.adapters.openings import Opening
from hub.adapters.sealing_mapper import Place, SealingMapper, Stored
from hub.application.kept_rows import KeptRow
from hub.application.move_report import Move, Moving, move_report
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.sign_in import act_as
from hub.commands import staff
from hub.commands.audit_openings import check_openings
from hub.commands.send import send
from hub.domain.errors import NotPermitted
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    made = Hub(Settings(home=tmp_path / "home"))
    staff.enrol(made)
    send(made, "police", [NOTICE])
    read(made)
    return made


def read(hub: Hub) -> None:
    child = parse_identifier("nhs:9990001006")
    read_chronology(hub.reading(), act_as(hub.store, "priya"), child, Purpose.SECTION_47)


def the_report(hub: Hub) -> KeptRow:
    return next(row for row in hub.store.rows_after(0, 100) if row.code == REPORT)


def stored(row: KeptRow) -> Stored:
    return Stored(Place(row.stream_id, row.version, row.code), row.state, row.position)


def honest(hub: Hub) -> Opening:
    return [line.opening for line in hub.keyring.openings.lines()][-1]


def test_an_honest_reading_stands_on_the_ledger_with_its_decision_and_purpose(hub: Hub) -> None:
    (line,) = hub.keyring.openings.lines()
    (person,) = hub.index.people_with("nhs", "9990001006")
    decision = hub.store.read_access(person)[-1]
    assert line.opening.decision_id == decision.decision_id
    assert line.opening.position == hub.store.positions(Stream.access(person))[-1]
    assert (line.opening.purpose, line.compartment) == ("s47", "standard")
    assert line.stream_id == hub.store.stream_id(Stream.history(person))
    assert check_openings(hub) == ()


def test_the_bytes_of_a_report_do_not_open_as_a_fact_of_the_hub(hub: Hub) -> None:
    row = the_report(hub)
    with pytest.raises(NotPermitted):
        SealingMapper(hub.keyring).open(stored(row).place, row.state, row.position)


@pytest.mark.parametrize("how", ["none", "another row", "another decision", "another purpose", "later"])
def test_a_rogue_opening_is_found(hub: Hub, how: str) -> None:
    opening = honest(hub)
    match how:
        case "none":
            opening = Opening(now_us(), 10**6, UUID(int=7), "s47")
        case "another row":
            opening = replace(opening, position=the_report(hub).position)
        case "another decision":
            opening = replace(opening, decision_id=UUID(int=7))
        case "another purpose":
            opening = replace(opening, purpose="s17")
        case _:
            opening = replace(opening, at_us=opening.at_us + timedelta(hours=1) // timedelta(microseconds=1))
    assert SealingMapper(hub.keyring).open_content(opening, (stored(the_report(hub)),))
    (found,) = check_openings(hub)
    assert found.startswith("opening 2: ")


def now_us() -> int:
    return (datetime.now(tz=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_a_rogue_opening_of_another_child_under_an_honest_decision_is_found(hub: Hub, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(NOTICE.read_text().replace("9990001006", "9990001014").replace("Robin", "Wren"))
    send(hub, "police", [other])
    mine = the_report(hub).stream_id
    row = next(row for row in hub.store.rows_after(0, 500) if row.code == REPORT and row.stream_id != mine)
    SealingMapper(hub.keyring).open_content(honest(hub), (stored(row),))
    (found,) = check_openings(hub)
    assert "another person" in found


@pytest.mark.parametrize("attack", ["UPDATE opening SET purpose = 's17'", "DELETE FROM opening WHERE number = 1"])
def test_a_ledger_that_somebody_changed_is_found(hub: Hub, attack: str) -> None:
    read(hub)
    with closing(sqlite3.connect(hub.keyring.folder / "openings.db")) as db:
        db.execute(attack)
        db.commit()
    assert any("altered" in found for found in check_openings(hub))


def test_an_honest_opening_made_again_later_under_its_old_time_is_found(hub: Hub) -> None:
    old = honest(hub)
    read(hub)
    row, mapper = stored(the_report(hub)), SealingMapper(hub.keyring)
    late = replace(honest(hub), at_us=honest(hub).at_us + timedelta(seconds=100) // timedelta(microseconds=1))
    mapper.open_content(late, (row,))
    assert check_openings(hub) == ()
    mapper.open_content(old, (row,))
    assert check_openings(hub) == ("opening 4: its time is before that of a line before it",)


@pytest.mark.parametrize("how", ["one", "all", "the file", "an old copy", "an old copy that grew again"])
def test_lines_cut_off_the_end_of_the_ledger_are_missed_once_the_log_was_sealed(hub: Hub, how: str) -> None:
    place = hub.keyring.folder / "openings.db"
    read(hub)
    old = before_it_was_cut(place)
    read(hub)
    hub.follow()
    cut(place, how, old)
    after = Hub(hub.settings)
    if how == "an old copy that grew again":
        read(after)
        read(after)
    (found,) = check_openings(after)
    assert found.startswith("openings up to 3: the ledger went back or is another")


def before_it_was_cut(place: Path) -> bytes:
    with closing(sqlite3.connect(place)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place.read_bytes()


def cut(place: Path, how: str, old: bytes) -> None:
    if how in ("one", "all"):
        with closing(sqlite3.connect(place)) as db:
            db.execute("DELETE FROM opening WHERE number = 3" if how == "one" else "DELETE FROM opening")
            db.commit()
        return
    for one in place.parent.glob("openings.db*"):
        one.unlink()
    if how != "the file":
        place.write_bytes(old)


def test_a_line_that_was_written_since_the_log_was_last_sealed_is_not_asked_for(hub: Hub) -> None:
    hub.follow()
    read(hub)
    assert check_openings(hub) == ()
    hub.follow()
    assert check_openings(hub) == ()


def test_parts_held_apart_that_were_opened_under_a_look_at_the_chronology_are_found(hub: Hub) -> None:
    SealingMapper(hub.keyring).held_apart(honest(hub), stored(the_report(hub)))
    (found,) = check_openings(hub)
    assert "another compartment" in found


def test_putting_a_report_with_the_right_person_accounts_for_the_parts_it_takes_along(hub: Hub) -> None:
    (link,) = hub.store.read_history(robin(hub)).standing()
    by, agreed = act_as(hub.store, "ivy"), act_as(hub.store, "priya")
    row = stored(the_report(hub))
    move_report(
        Moving(hub.store, hub.index, hub.clock, hub.deciding()),
        Move(link.report_id, robin(hub), None, by, agreed, "another child"),
    )
    SealingMapper(hub.keyring).held_apart(honest(hub), row)
    assert [line.compartment for line in hub.keyring.openings.lines()][-1] == "moved"
    assert check_openings(hub) == ()


def robin(hub: Hub) -> UUID:
    (person,) = hub.index.people_with("nhs", "9990001006")
    return person
