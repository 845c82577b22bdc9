"""Is any change to any byte, file or name of a log noticed, or shown to change nothing?"""

import random
import shutil
from pathlib import Path

import pytest

from audit.checkpoint import parse_checkpoint
from audit.errors import AuditError
from audit.log import SealedLog
from audit.proof import verify_proof
from audit.verify import verify_folder
from tests.support.sealed_logs import (
    change_entry,
    cosigner,
    entries,
    entry,
    files_of,
    first,
    log_signer,
    make_log,
    write_bodies,
)

VKEY = log_signer().vkey
NOW = 1_795_000_100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of 700 entries whose sizes 3, 300 and 600 were published before."""
    make_log(tmp_path / "log", 3, 300, 600, 700)
    return tmp_path / "log"


def test_two_hundred_bytes_changed_anywhere_are_each_noticed(folder: Path) -> None:
    with SealedLog.open(folder, log_signer()) as log:
        log.add(entries(700, 740))
    assert (folder / "tile/entries/002.p/88").is_file()
    assert (folder / "tile/entries/002.p/228").is_file()
    chance = random.Random(20261121)
    files = files_of(folder)
    missed: list[str] = []
    for _ in range(200):
        file = chance.choice(files)
        whole = file.read_bytes()
        at = chance.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        if verify_folder(folder, VKEY).ok:
            missed.append(f"{file.relative_to(folder)} byte {at}")
        file.write_bytes(whole)
    assert missed == []
    assert verify_folder(folder, VKEY).ok


def test_two_hundred_bytes_changed_in_all_that_an_auditor_is_handed(folder: Path, tmp_path: Path) -> None:
    """Over everything an auditor is handed: what goes unnoticed left log, quorum, bodies and proof as they were."""
    bodies, policy = write_bodies(tmp_path / "bodies", range(700)), tmp_path / "policy"
    policy.write_text(f"log {VKEY}\nwitness police {cosigner().vkey}\nquorum police\n")
    with SealedLog.open(folder, log_signer()) as log:
        note = log.checkpoint()
        log.attach(note, cosigner().cosign(parse_checkpoint(note)[1].text, NOW), enough=True)
        (tmp_path / "proof").write_bytes(log.proof_file(41))
    chance, unnoticed = random.Random(20261122), []
    files = (*files_of(folder), bodies, tmp_path / "proof")
    for _ in range(200):
        file = chance.choice(files)
        whole = file.read_bytes()
        at = chance.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        if not _notices(folder, bodies, policy, tmp_path / "proof"):
            in_line = whole[:at].count("\u2014".encode()) > 1
            unnoticed.append(f"{file.name}, in a witness's line" if in_line else file.name)
        file.write_bytes(whole)
    # A line by an unknown name is passed over, as the format says; the same cosignature stands in `cosigned`, proved.
    assert set(unnoticed) <= {"checkpoint, in a witness's line"}
    assert not _notices(folder, bodies, policy, tmp_path / "proof")


def _notices(folder: Path, bodies: Path, policy: Path, proof: Path) -> bool:
    """Whether anything of what is handed over is found not to be as it was sealed."""
    try:
        verify_proof(proof.read_bytes(), entry(41), (VKEY,))
    except AuditError:
        return True
    report = verify_folder(folder, VKEY, bodies=bodies, policy=policy)
    return not report.ok or report.holes != ()


def test_every_file_the_checkpoint_needs_is_missed_and_every_longer_or_shorter_one_noticed(folder: Path) -> None:
    for file in files_of(folder):
        whole = file.read_bytes()
        for changed in (whole[:-1], whole + b"\x00", b""):
            file.write_bytes(changed)
            assert not verify_folder(folder, VKEY).ok, file
        file.unlink()
        superseded = file.name != "checkpoint" and file.relative_to(folder / "tile").as_posix() in {
            "0/002.p/88",
            "entries/002.p/88",
            "1/000.p/1",
        }
        assert verify_folder(folder, VKEY).ok is superseded, file
        file.write_bytes(whole)


def test_files_that_no_entries_stand_behind_are_named(folder: Path) -> None:
    shutil.copy(folder / "tile/0/000", folder / "tile/0/009")
    assert first(verify_folder(folder, VKEY)) == "tile tile/0/009"


def test_a_tile_that_holds_more_than_the_entries_behind_it_is_named(folder: Path) -> None:
    wider = (folder / "tile/0/002.p/188").read_bytes() + bytes(32)
    (folder / "tile/0/002.p/189").write_bytes(wider)
    assert first(verify_folder(folder, VKEY)) == "tile tile/0/002.p/189"


def test_a_superseded_bundle_that_tells_another_story_is_named(folder: Path) -> None:
    bundle = folder / "tile/entries/002.p/88"
    bundle.write_bytes(bundle.read_bytes().replace(entry(520), entry(520, act="lock")))
    assert first(verify_folder(folder, VKEY)) == "tile tile/entries/002.p/88"


def test_a_changed_entry_whose_file_was_also_lost_does_not_hide_the_rest(folder: Path) -> None:
    (folder / "tile/entries/000").unlink()
    change_entry(folder, 300)
    where = [finding.where for finding in verify_folder(folder, VKEY).findings]
    assert where == ["entry 0", "entry 300"]
