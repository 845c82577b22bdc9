"""What is cut off, begun again or put elsewhere, in log, bodies, store, index and views, is named by the verifier."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hub.application.ports import Stream
from hub.commands.audit_log import Verified, check
from hub.domain.errors import StoreUnavailable, Unreadable
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    found = Hub(Settings(home=tmp_path))
    found.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    found.work()
    return found


def change(hub: Hub, file: str, statement: str, *values: object) -> int:
    """The number of rows that somebody with the file at hand changed."""
    with closing(sqlite3.connect(hub.settings.home / file)) as db, db:
        return db.execute(statement, values).rowcount


def again(hub: Hub) -> Verified:
    """What a fresh process finds."""
    return check(Hub(hub.settings))


def keep_one_more(hub: Hub) -> None:
    hub.edge("school")  # its enrolment is kept
    hub.work()


def newest(hub: Hub) -> int:
    return hub.store.rows_after(0, 1000)[-1].position


def test_nothing_is_found_where_nothing_was_done(hub: Hub) -> None:
    found = again(hub)
    assert found.ok, found
    assert found.rows == found.log.size > 0


def test_the_newest_row_taken_with_its_body_leaves_an_entry_without_one(hub: Hub) -> None:
    keep_one_more(hub)  # what a process states when it starts would be stated again
    row, size = newest(hub), check(hub).log.size
    assert change(hub, "hub.db", "DELETE FROM event WHERE rowid = ?", row) == 1
    assert change(hub, "log-bodies.db", "DELETE FROM body WHERE position = ?", row) == 1
    named = [finding.split(":")[0] for finding in again(hub).store_findings]
    assert named == [f"entry {size - 1}", f"row {row}"]


def test_what_is_kept_after_a_cut_is_sealed_under_an_entry_of_its_own(hub: Hub) -> None:
    row, size = newest(hub), check(hub).log.size
    change(hub, "hub.db", "DELETE FROM event WHERE rowid = ?", row)
    change(hub, "log-bodies.db", "DELETE FROM body WHERE position = ?", row)
    keep_one_more(hub)
    assert f"entry {size - 1}: its body is gone" in again(hub).store_findings
    assert not [finding for finding in again(hub).store_findings if "in no entry" in finding or "commits" in finding]


def test_a_body_taken_from_the_middle_accuses_no_row_but_its_own(hub: Hub) -> None:
    assert change(hub, "log-bodies.db", "DELETE FROM body WHERE number = 2") == 1
    assert again(hub).store_findings == ("entry 2: its body is gone", "row 3: in the store, and in no entry")


def test_a_flipped_byte_in_a_body_is_a_finding(hub: Hub) -> None:
    change(hub, "log-bodies.db", "UPDATE body SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB) WHERE number = 2")
    assert again(hub).store_findings == ("entry 2: its body does not open (log_body_altered)",)


def test_a_body_put_under_another_stream_is_a_finding(hub: Hub) -> None:
    """Otherwise the newest body of a history could be hidden, and with it that the history was cut."""
    change(hub, "log-bodies.db", "UPDATE body SET stream = x'00' WHERE number = 2")
    assert again(hub).store_findings == ("entry 2: its body does not open (log_body_altered)",)


def test_another_time_beside_a_body_is_a_finding(hub: Hub) -> None:
    change(hub, "log-bodies.db", "UPDATE body SET at_us = at_us + 1 WHERE number = 2")
    assert again(hub).store_findings == ("entry 2: its body is not what it commits to",)


def test_a_log_begun_again_without_its_last_row_is_refused(hub: Hub) -> None:
    change(hub, "hub.db", "DELETE FROM event WHERE rowid = ?", newest(hub))
    shutil.rmtree(hub.log_folder)
    for file in hub.settings.home.glob("log-bodies.db*"):
        file.unlink()
    fresh = Hub(hub.settings)
    with pytest.raises(StoreUnavailable, match="log_went_back"):
        fresh.follow()
    assert not (hub.log_folder / "checkpoint").exists()
    found = again(hub)
    assert found.halted == ("log: log_went_back",)
    assert not found.log.ok


def test_a_longer_log_begun_again_is_refused_as_another_history(hub: Hub) -> None:
    shutil.rmtree(hub.log_folder)
    for file in hub.settings.home.glob("log-bodies.db*"):
        file.unlink()
    remembered = hub.settings.home / "keys" / "last-checkpoint"
    kept = remembered.read_bytes()
    remembered.unlink()
    other = Hub(hub.settings)
    keep_one_more(other)
    remembered.write_bytes(kept)
    with pytest.raises(StoreUnavailable, match="log_rewritten"):
        Hub(hub.settings).follow()
    assert not again(hub).log.ok


def test_the_last_checkpoint_gone_or_altered_is_named(hub: Hub) -> None:
    remembered = hub.settings.home / "keys" / "last-checkpoint"
    kept = remembered.read_bytes()
    remembered.write_bytes(kept.replace(b"safeguarding-hub", b"safeguarding-hut", 1))
    assert again(hub).halted == ("log: last_checkpoint_altered",)
    remembered.write_bytes(b"not JSON")
    assert again(hub).halted == ("log: last_checkpoint_altered",)
    remembered.unlink()
    assert again(hub).halted == ("log: last_checkpoint_gone",)


def test_a_stop_before_the_checkpoint_was_remembered_is_no_alarm(hub: Hub) -> None:
    remembered = hub.settings.home / "keys" / "last-checkpoint"
    before = remembered.read_bytes()
    keep_one_more(hub)
    assert remembered.read_bytes() != before
    remembered.write_bytes(before)
    assert again(hub).ok
    assert remembered.read_bytes() != before


def test_a_stop_before_the_checkpoint_was_published_is_no_alarm(hub: Hub) -> None:
    published, remembered = hub.log_folder / "checkpoint", hub.settings.home / "keys" / "last-checkpoint"
    before = published.read_bytes(), remembered.read_bytes()
    keep_one_more(hub)
    published.write_bytes(before[0])
    remembered.write_bytes(before[1])
    found = again(hub)
    assert found.ok, found
    assert found.log.size == found.rows


def test_an_emptied_index_is_named(hub: Hub) -> None:
    gone = change(hub, "hub.db", "DELETE FROM term")
    found = again(hub).index_findings
    assert len(found) == gone > 0
    assert all("gone from the index" in finding for finding in found)


def test_a_pointer_turned_to_another_child_is_named_and_leads_nowhere(hub: Hub) -> None:
    token = hub.index.token("nhs", "9990001006")
    assert hub.index.people_with("nhs", "9990001006")
    assert change(hub, "hub.db", "UPDATE term SET person = ? WHERE token = ?", "f" * 32, token) == 1
    with pytest.raises(Unreadable, match="index_altered"):
        hub.index.people_with("nhs", "9990001006")
    assert sorted(finding.split(": ")[1][:7] for finding in again(hub).index_findings) == ["altered", "stated "]


def test_a_pointer_that_no_fact_states_is_named(hub: Hub) -> None:
    term = hub.index.pointer("nhs", "9990001006", hub.clock.new_id())
    row = (term.token, term.person_id.hex, term.proof)
    assert change(hub, "hub.db", "INSERT INTO term VALUES (?,?,?)", *row) == 1
    assert [finding.split(": ")[1] for finding in again(hub).index_findings] == ["no fact states it"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM view_row WHERE view = 'feeds'",
        "UPDATE view_row SET contents = '{}' WHERE view = 'feeds'",
        "INSERT INTO view_row VALUES ('feeds', 'made up', '{}')",
    ],
)
def test_a_view_that_is_not_what_the_facts_give_is_named(hub: Hub, statement: str) -> None:
    assert change(hub, "views.db", statement) > 0
    assert [finding.split(":")[0] for finding in again(hub).view_findings] == ["view feeds"]


def test_a_history_whose_end_was_cut_off_does_not_read_as_whole(hub: Hub) -> None:
    (person_id,) = hub.index.people_with("nhs", "9990001006")
    version = hub.store.read_history(person_id).version
    stream = hub.store.recorder.positions(hub.store.stream_id(Stream.history(person_id)))
    assert len(stream) == version > 0
    assert change(hub, "hub.db", "DELETE FROM event WHERE rowid IN (?, ?)", *stream[-2:]) == 2
    with pytest.raises(Unreadable, match="record_missing"):
        hub.store.read_history(person_id)


@pytest.mark.parametrize("command", ["hub.cli audit verify", "audit verify {log}"])
def test_a_reader_that_has_gone_is_no_traceback_and_no_pass(hub: Hub, command: str) -> None:
    """As in `hub audit verify | head -1`."""
    words = [sys.executable, "-m", *command.format(log=hub.log_folder).split()]
    environment = {**os.environ, "HUB_HOME": str(hub.settings.home), "PYTHONPATH": str(REPO)}
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run(words, stdout=write, stderr=subprocess.PIPE, env=environment, check=False, cwd=REPO)
    os.close(write)
    assert run.stderr == b""
    assert run.returncode == 1


def test_database_files_are_their_owners_alone(hub: Hub) -> None:
    files = [file for file in hub.settings.home.rglob("*.db*") if file.suffix != ".opening"]
    assert len([file for file in files if file.suffix == ".db"]) >= 7
    open_to_others = [file.name for file in files if file.stat().st_mode & 0o077]
    assert not open_to_others
