"""Is each attack on the log caught, and by whom? The numbers are those of the design's list of attacks."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from audit import commitment
from audit.checkpoint import parse_checkpoint, with_lines
from audit.encoding import to_base64
from audit.errors import LogInUse, OutOfOrder
from audit.log import SealedLog
from audit.proof import parse_proof
from audit.verify import verify_folder
from audit.witness import Witness
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.permit import Act, Permit
from hub.application.read_chronology import read_chronology
from hub.commands.witness import FrozenAlarm
from hub.domain.errors import NotPermitted
from tests.support.given import ROBIN, a_concern, an_actor
from tests.support.places import REPO
from tests.support.sealed_logs import (
    ORIGIN,
    START_US,
    change_entry,
    cosigner,
    entries,
    entry,
    first,
    log_signer,
    make_log,
    write_bodies,
    write_dishonest_log,
)
from tests.support.small_hub import SmallHub

VKEY = log_signer().vkey
NOW = 1_795_000_100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of 700 entries whose sizes 3, 300 and 600 were published before."""
    make_log(tmp_path / "log", 3, 300, 600, 700)
    return tmp_path / "log"


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return make_witness(tmp_path, 2)


def make_witness(folder: Path, seed: int) -> Witness:
    return Witness(folder / f"w{seed}.json", cosigner(f"w{seed}.example", seed), {ORIGIN: (VKEY,)})


def submit(witness: Witness, old: int, folder: Path) -> int:
    """The witness's status for the folder's checkpoint, with the best proof its own tiles give."""
    with SealedLog.open(folder, log_signer()) as log:
        proof = log.consistency(old) if old <= log.size else ()
        raw = "\n".join((f"old {old}", *map(to_base64, proof), "", "")).encode() + log.checkpoint()
    return witness.add_checkpoint(raw, NOW).status


def test_attack_1_an_edited_body_does_not_open_its_entry(folder: Path, tmp_path: Path) -> None:
    bodies = write_bodies(tmp_path / "bodies", range(41))
    write_bodies(bodies, range(41, 42), act="lock")
    assert first(verify_folder(folder, VKEY, bodies=bodies)) == "entry 41"


def test_attack_2_an_edited_entry_is_named(folder: Path) -> None:
    change_entry(folder, 300)
    report = verify_folder(folder, VKEY)
    assert [finding.where for finding in report.findings] == ["entry 300"]


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2", "tile/0/002.p/88"])
def test_attack_3_an_edited_tile_is_named(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[40] ^= 0x10
    (folder / name).write_bytes(content)
    report = verify_folder(folder, VKEY)
    assert [finding.where for finding in report.findings] == [f"tile {name}"]
    assert "hash 1 " in report.findings[0].what


def test_attack_3_an_edited_entry_with_its_tiles_made_to_fit_does_not_lead_to_the_signed_root(folder: Path) -> None:
    signed = (folder / "checkpoint").read_bytes()
    shutil.rmtree(folder)
    write_dishonest_log(folder, (*entries(0, 41), entry(41, act="lock"), *entries(42, 700)))
    (folder / "checkpoint").write_bytes(signed)
    assert first(verify_folder(folder, VKEY)) == "checkpoint"


def test_attack_4_dropping_the_last_entries_before_cosigning_is_shown_by_whoever_holds_a_proof(
    folder: Path, tmp_path: Path
) -> None:
    """Nobody cosigned the last ten entries; a reader was given the proof of one of them."""
    with SealedLog.open(folder, log_signer()) as log:
        log.add(entries(700, 710))
        log.checkpoint()
        proof = parse_proof(log.proof_file(709))
    cut = tmp_path / "cut"
    make_log(cut, 700)
    (tmp_path / "held").write_bytes(proof.checkpoint)
    report = verify_folder(cut, VKEY, since=tmp_path / "held")
    assert report.findings[0].what == "the size went down: 710 entries before, 700 now"


def test_attack_5_dropping_the_last_entries_after_cosigning(folder: Path, witness: Witness, tmp_path: Path) -> None:
    assert submit(witness, 0, folder) == 200
    old = shutil.copy(folder / "checkpoint", tmp_path / "old")
    short = tmp_path / "short"
    make_log(short, 690)
    assert submit(witness, 690, short) == 409
    assert submit(witness, 700, short) == 400
    report = verify_folder(short, VKEY, since=Path(old))
    assert first(report) == "checkpoint"
    assert report.findings[0].what == "the size went down: 700 entries before, 690 now"


def test_attack_5_dropping_the_last_entries_and_keeping_the_checkpoint(folder: Path) -> None:
    for name in ("entries", "0"):
        (folder / f"tile/{name}/002.p/188").unlink()
    report = verify_folder(folder, VKEY)
    assert (first(report), report.findings[0].what) == ("entry 600", "missing, as are all to entry 699")


@pytest.mark.parametrize("cut", [True, False])
def test_attack_5_a_checkpoint_put_back_to_an_older_cosigned_one_beside_what_was_cosigned_last(
    folder: Path, tmp_path: Path, *, cut: bool
) -> None:
    """With the entries cut off it is found; a log that grew while it was copied has them, and is no fault."""
    police, older, policy = cosigner(), tmp_path / "older", tmp_path / "policy"
    policy.write_text(f"log {VKEY}\nwitness police {police.vkey}\nquorum police\n")
    make_log(older, 600)
    for one in (folder, older):
        with SealedLog.open(one, log_signer()) as log:
            note = log.checkpoint()
            log.attach(note, police.cosign(parse_checkpoint(note)[1].text, NOW), enough=True)
    left = older if cut else folder
    shutil.copy((folder if cut else older) / ("cosigned" if cut else "checkpoint"), left)
    report = verify_folder(left, policy=policy)
    assert (report.ok, report.size) == (not cut, 600)
    if cut:
        assert "700 entries were cosigned, 600 are here" in report.findings[0].what


def test_attack_6_a_rewritten_middle_signed_with_the_stolen_key(folder: Path, witness: Witness, tmp_path: Path) -> None:
    assert submit(witness, 0, folder) == 200
    rewritten = tmp_path / "rewritten"
    write_dishonest_log(rewritten, (*entries(0, 41), entry(41, act="lock"), *entries(42, 800)))
    assert verify_folder(rewritten, VKEY).ok
    assert submit(witness, 700, rewritten) == 422
    assert len(witness.evidence()) == 1
    report = verify_folder(rewritten, VKEY, since=folder / "checkpoint")
    assert first(report) == "older checkpoint"
    assert "two histories" in report.findings[0].what


def test_attack_7_two_forks_to_two_witnesses(folder: Path, tmp_path: Path) -> None:
    fork = tmp_path / "fork"
    write_dishonest_log(fork, (*entries(0, 699), entry(699, act="lock")))
    police, health = make_witness(tmp_path, 2), make_witness(tmp_path, 3)
    assert (submit(police, 0, folder), submit(health, 0, fork)) == (200, 200)
    assert (submit(police, 700, fork), submit(health, 700, folder)) == (422, 422)
    seen_by_health = tmp_path / "health"
    seen_by_health.write_bytes(health.latest(ORIGIN) or b"")
    assert first(verify_folder(folder, VKEY, since=seen_by_health)) == "older checkpoint"


def test_attack_8_an_old_backup_restored(folder: Path, witness: Witness, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    make_log(backup, 600)
    assert submit(witness, 0, folder) == 200
    assert submit(witness, 600, backup) == 409
    report = verify_folder(backup, VKEY, since=folder / "checkpoint")
    assert "the size went down" in report.findings[0].what


def test_attack_9_deleted_bodies_are_listed(folder: Path, tmp_path: Path) -> None:
    bodies = write_bodies(tmp_path / "bodies", range(40))
    report = verify_folder(folder, VKEY, bodies=write_bodies(bodies, range(60, 700)))
    assert (report.ok, report.holes) == (True, ((40, 59),))


def test_attack_10_reordered_entries_are_named_and_not_taken(tmp_path: Path) -> None:
    content = list(entries(0, 100))
    content[41], content[42] = content[42], content[41]
    write_dishonest_log(tmp_path / "log", content)
    assert first(verify_folder(tmp_path / "log", VKEY)) == "entry 41"
    with SealedLog.open(tmp_path / "own", log_signer()) as log, pytest.raises(OutOfOrder):
        log.add(content)


def test_attack_11_a_clock_moved_back_is_named_and_not_taken(tmp_path: Path, witness: Witness) -> None:
    content = list(entries(0, 100))
    content[41] = commitment.entry(41, START_US, bytes(32))
    write_dishonest_log(tmp_path / "log", content)
    report = verify_folder(tmp_path / "log", VKEY)
    assert [(finding.where, finding.what) for finding in report.findings] == [
        ("entry 41", "its time is before that of the entry before it")
    ]
    with SealedLog.open(tmp_path / "own", log_signer()) as log, pytest.raises(OutOfOrder):
        log.add(content)


def test_attack_12_a_disclosure_with_no_entry_does_not_open(tmp_path: Path) -> None:
    """Keys are unwrapped for a kept decision alone: as many reports opened as decisions kept, and none without."""
    hub = SmallHub(tmp_path)
    hub.receive(a_concern("C-1"))
    person = hub.index.people_with("nhs", ROBIN)[0]
    history = hub.store.read_history(person)
    forged = Permit(uuid4(), person, history.version, 1, bytes(32), Act.SHOW)
    for permit in (None, forged):
        with pytest.raises(NotPermitted):
            hub.store.open_reports(history, permit, Act.SHOW)
    assert hub.store.read_access(person) == ()
    shown = read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    kept = hub.store.read_access(person)
    assert [(one.decision_id, one.effect) for one in kept] == [(shown.decision_id, "permitted")]


HOLDER = """
import sys, time
from pathlib import Path
from audit.log import SealedLog
from tests.support.sealed_logs import entries, log_signer
log = SealedLog.open(Path(sys.argv[1]), log_signer())
log.add(entries(log.size, log.size + 5))
print(log.size, flush=True)
time.sleep(60)
"""


def test_attack_13_two_writers_at_once_the_second_is_not_let_in(folder: Path) -> None:
    """The first is stopped in its tracks, not ended: it still holds the log, and the second writes nothing."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, cwd=REPO) as first_one:
        assert first_one.stdout is not None
        assert first_one.stdout.readline() == b"705\n"
        first_one.send_signal(signal.SIGSTOP)
        with pytest.raises(LogInUse):
            SealedLog.open(folder, log_signer())
        first_one.kill()
        first_one.wait(10)
    with SealedLog.open(folder, log_signer()) as log:
        assert log.size == 705
        log.add(entries(705, 710))
        log.checkpoint()
    assert verify_folder(folder, VKEY).ok


def test_attack_15_a_log_that_is_brought_no_more_is_noticed_by_each_witness(folder: Path, witness: Witness) -> None:
    assert submit(witness, 0, folder) == 200
    alarm = FrozenAlarm(witness)
    assert alarm.look(NOW + 900) == frozenset()
    assert alarm.look(NOW + 901) == {ORIGIN}
    assert witness.ages(NOW + 901) == {ORIGIN: 901}


def test_attack_14_one_stolen_witness_key_does_not_carry_a_fork(folder: Path, tmp_path: Path) -> None:
    names = {seed: f"w{seed}.example" for seed in (2, 3, 4)}
    lines = [f"witness {name} {cosigner(name, seed).vkey}" for seed, name in names.items()]
    policy = tmp_path / "policy"
    quorum = f"group g 2 {' '.join(names.values())}\nquorum g\n"
    policy.write_text("\n".join((f"log {VKEY}", *lines, quorum)))
    fork = tmp_path / "fork"
    signed = write_dishonest_log(fork, (*entries(0, 699), entry(699, act="lock")))
    text = parse_checkpoint(signed)[1].text
    stolen = cosigner(names[2], 2)
    (fork / "checkpoint").write_bytes(with_lines(signed, stolen.cosign(text, NOW) + stolen.cosign(text, NOW + 1)))
    assert first(verify_folder(fork, policy=policy)) == "witnesses"
    honest = (folder / "checkpoint").read_bytes()
    text = parse_checkpoint(honest)[1].text
    two = cosigner(names[3], 3).cosign(text, NOW) + cosigner(names[4], 4).cosign(text, NOW)
    (folder / "checkpoint").write_bytes(with_lines(honest, two))
    assert verify_folder(folder, policy=policy).ok
