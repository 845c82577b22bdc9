"""When a year is over the log goes on under a new origin and key, and nothing between the two can be cut or added."""

import argparse
import json
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit import commitment
from audit.continues import BEGINS, check_continues
from audit.encoding import to_base64
from audit.errors import ProofFails
from audit.files import Folder
from audit.note import parse_vkey
from audit.proof import parse_proof, verify_proof
from audit.verify import verify_folder
from contracts.signature import SigningKey
from hub.adapters.event_store import EventStore, StoreKeys
from hub.adapters.keys import Keyring
from hub.adapters.log_bodies import LogBodies, Salts
from hub.adapters.log_shelf import LOG_ORIGIN, LogShelf
from hub.adapters.recorder import HubRecorder, datastore
from hub.adapters.sealing_mapper import SealingMapper
from hub.application.begin_log import begin_log
from hub.application.seal_log import seal_log
from hub.commands import log_keys, staff
from hub.commands.audit_log import check
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.sealed_logs import START_US, entries, salt, write_dishonest_log

OLD_YEAR = datetime(2026, 12, 31, 23, 59, 58, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 0, 0, 1, tzinfo=UTC)


@dataclass
class Clock:
    """Stands where it is put; its ids are random."""

    at: datetime = OLD_YEAR

    def now(self) -> datetime:
        return self.at

    def new_id(self) -> UUID:
        return uuid.uuid4()


@dataclass
class YearEnd:
    """A store whose rows are sealed, through one or more years."""

    home: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        keyring = Keyring(self.home / "keys")
        signing = SigningKey("hub-1", Ed25519PrivateKey.from_private_bytes(keyring.secret("signing")))
        recorder = HubRecorder(datastore(self.home / "hub.db"))
        keys = StoreKeys(keyring.secret("streams"), signing, self.clock)
        self.store = EventStore(recorder, SealingMapper(keyring), keys)
        self.bodies = LogBodies(self.home / "bodies.db", keyring.secret("bodies"))
        self.shelf = LogShelf(self.home, keyring.secret, self.clock)
        self.openings = keyring.openings

    def follow(self) -> None:
        """As Hub.follow does."""
        if self.shelf.origin < (this_year := self.shelf.origin_of_now()):
            begin_log(self.store, self.clock, this_year, "year")
        self.seal()

    def seal(self) -> None:
        with self.shelf.opened() as log:
            seal_log(self.store, self.bodies, log, Salts(self.openings), self.shelf.last_checkpoint)

    def keep(self, *names: str) -> None:
        """Rows, of whatever is at hand: that some log or other is begun under the origin of the old year, again."""
        for name in names:
            begin_log(self.store, self.clock, name, "key_lost")


@pytest.fixture
def year_end(tmp_path: Path) -> Iterator[YearEnd]:
    made = YearEnd(tmp_path)
    made.keep(f"{LOG_ORIGIN}/2026")
    made.follow()
    yield made
    made.bodies.close()


def old_note(one: YearEnd) -> Path:
    place = one.home / "before"
    place.write_bytes(one.shelf.past()[-1].note)
    return place


def test_the_first_entry_of_the_new_year_commits_to_the_last_checkpoint_of_the_old(year_end: YearEnd) -> None:
    old_key = year_end.shelf.vkey
    year_end.clock.at = NEW_YEAR
    year_end.follow()
    assert year_end.shelf.origin == f"{LOG_ORIGIN}/2027"
    past = year_end.shelf.past()[-1]
    assert past.folder.name == "log-2026"
    assert (past.folder / "checkpoint").read_bytes() == past.note
    assert verify_folder(past.folder, old_key).ok
    report = verify_folder(year_end.shelf.folder, year_end.shelf.vkey, after=old_note(year_end))
    assert report.ok, report.findings
    assert f"entry 0: continues {LOG_ORIGIN}/2026 at its {past.size} entries" in report.checks


def test_each_year_has_a_key_of_its_own_and_the_next_one_is_known_in_time(year_end: YearEnd) -> None:
    ahead = year_end.shelf.vkey_of(f"{LOG_ORIGIN}/2027")
    old = year_end.shelf.vkey
    year_end.clock.at = NEW_YEAR
    year_end.follow()
    assert year_end.shelf.vkey == ahead
    assert parse_vkey(ahead).public_key != parse_vkey(old).public_key


def test_a_log_that_continues_another_than_the_one_shown_is_found_out(year_end: YearEnd) -> None:
    year_end.clock.at = NEW_YEAR
    year_end.follow()
    other = old_note(year_end).read_bytes().replace(b"\n1\n", b"\n2\n")
    with pytest.raises(ProofFails):
        check_continues(Folder(year_end.shelf.folder), other)
    held = json.loads((year_end.shelf.folder / BEGINS).read_bytes())
    (year_end.shelf.folder / BEGINS).write_text(json.dumps({**held, "salt": "A" * 43 + "="}))
    report = verify_folder(year_end.shelf.folder, after=old_note(year_end))
    assert [finding.where for finding in report.findings] == ["entry 0"]
    (year_end.shelf.folder / BEGINS).unlink()
    assert not verify_folder(year_end.shelf.folder, after=old_note(year_end)).ok


@pytest.mark.parametrize("body", [b"no JSON", b"\xff", b"[" * 60_000])
def test_a_first_entry_that_says_nothing_readable_of_the_log_before_is_found(tmp_path: Path, body: bytes) -> None:
    made = commitment.entry(0, START_US, commitment.commit(salt(0), body))
    write_dishonest_log(tmp_path, (made, *entries(1, 5)))
    held = {"i": 0, "salt": to_base64(salt(0)), "body": to_base64(body)}
    (tmp_path / BEGINS).write_text(json.dumps(held))
    report = verify_folder(tmp_path, after=tmp_path / "checkpoint")
    assert [finding.where for finding in report.findings] == ["entry 0"]


def test_rows_before_the_turn_are_sealed_before_it_and_rows_after_it_after(year_end: YearEnd) -> None:
    year_end.clock.at = NEW_YEAR
    begin_log(year_end.store, year_end.clock, f"{LOG_ORIGIN}/2027", "year")
    begin_log(year_end.store, year_end.clock, f"{LOG_ORIGIN}/2027", "year")
    year_end.seal()
    assert [body.position for body in year_end.bodies.from_index(0, 9)] == [1, 2]
    with year_end.shelf.opened() as log:
        assert (log.base, log.size, log.total) == (1, 1, 2)
        bodies = year_end.bodies.from_index(0, 9)
        assert all(log.holds(body) for body in bodies)
        for body, vkey in zip(bodies, (year_end.shelf.past()[0].vkey, year_end.shelf.vkey), strict=True):
            proof = log.proof_file(body.index)
            assert verify_proof(proof, log.entry(body.index), (vkey,))[0] == parse_proof(proof)


@pytest.mark.parametrize("moved", [False, True])
def test_a_crash_in_the_midst_of_the_turn_is_made_good(year_end: YearEnd, *, moved: bool) -> None:
    """The turn is remembered first; then the old log is put away, then the new one is begun."""
    year_end.clock.at = NEW_YEAR
    begin_log(year_end.store, year_end.clock, f"{LOG_ORIGIN}/2027", "year")
    year_end.shelf.last_checkpoint.begin(f"{LOG_ORIGIN}/2027", 1, 1)
    if moved:
        year_end.shelf.folder.rename(year_end.home / "log-2026")
    again = YearEnd(year_end.home, year_end.clock)
    again.follow()
    assert verify_folder(again.shelf.folder, again.shelf.vkey, after=old_note(again)).ok
    assert verify_folder(again.home / "log-2026", again.shelf.past()[0].vkey).ok
    assert again.bodies.last()[0] == 2
    again.bodies.close()


def test_years_follow_on_each_other_and_a_key_that_was_stolen_ends_one_early(year_end: YearEnd) -> None:
    """Stop, publish the last head as final, go on under an origin whose entry 0 commits to that head."""
    turns: tuple[tuple[str, datetime, Literal["year", "key_lost"]], ...] = (
        (f"{LOG_ORIGIN}/2026/2", OLD_YEAR, "key_lost"),
        (f"{LOG_ORIGIN}/2027", NEW_YEAR, "year"),
    )
    for origin, at, cause in turns:
        year_end.clock.at = at
        begin_log(year_end.store, year_end.clock, origin, cause)
        year_end.seal()
        report = verify_folder(year_end.shelf.folder, year_end.shelf.vkey, after=old_note(year_end))
        assert (report.ok, year_end.shelf.origin) == (True, origin)
    assert [one.folder.name for one in year_end.shelf.past()] == ["log-2026", "log-2026-2"]
    assert len({year_end.shelf.vkey, *(one.vkey for one in year_end.shelf.past())}) == 3


def test_a_key_that_is_lost_gives_way_to_another_by_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path)
    staff.enrol(Hub(settings))
    asked = argparse.Namespace(what="keys")
    assert log_keys.run(settings, asked) == 0
    this, ahead = capsys.readouterr().out.split("\n")[:2]
    assert log_keys.run(settings, argparse.Namespace(what="begin")) == 0
    before, now, still_ahead = capsys.readouterr().out.split("\n")[:3]
    assert (before, still_ahead) == (this, ahead)
    assert "/2+" in now
    assert check(Hub(settings)).ok


def test_an_old_year_cannot_be_swapped_for_a_shorter_one_unseen(year_end: YearEnd) -> None:
    year_end.clock.at = NEW_YEAR
    year_end.follow()
    shutil.rmtree(year_end.home / "log-2026" / "tile")
    report = verify_folder(year_end.home / "log-2026", year_end.shelf.past()[0].vkey)
    assert not report.ok
