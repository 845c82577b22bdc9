"""Do verifiers that this project did not write accept the log, and refuse each tampered copy?

Go: golang.org/x/mod/sumdb/note and tlog, through the small main in tests/support/go_verifier.
"""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.checkpoint import parse_checkpoint, with_lines
from audit.log import SealedLog
from hub.commands import staff
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.pages import signed_in
from tests.support.required import missing
from tests.support.sealed_logs import cosigner, entries, entry, files_of, log_signer, make_log, write_dishonest_log

SOURCE = Path(__file__).parent.parent / "support" / "go_verifier"
Verify = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Verify:
    """Runs the Go verifier with these options."""
    go = shutil.which("go")
    if go is None:
        missing("go", "the command is not on the path")
    program = tmp_path_factory.mktemp("go") / "logverifier"
    subprocess.run([go, "build", "-buildvcs=false", "-o", str(program), "."], cwd=SOURCE, check=True)

    def run(**options: object) -> subprocess.CompletedProcess[str]:
        words = [word for name, value in options.items() for word in (f"-{name}", str(value))]
        command = [str(program), "-vkey", log_signer().vkey, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700, 66_000])
def test_go_accepts_a_log_of_ours(verify: Verify, tmp_path: Path, size: int) -> None:
    make_log(tmp_path, size)
    done = verify(folder=tmp_path)
    assert done.stdout.startswith(f"OK {size} entries, root "), done.stdout


def test_go_accepts_the_proof_from_every_older_checkpoint(verify: Verify, tmp_path: Path) -> None:
    sizes = (1, 3, 255, 256, 300, 511, 700)
    for size in sizes:
        make_log(tmp_path / "log", size)
        shutil.copy(tmp_path / "log" / "checkpoint", tmp_path / str(size))
    for size in sizes:
        done = verify(folder=tmp_path / "log", old=tmp_path / str(size))
        assert done.returncode == 0, done.stdout


def test_go_accepts_our_proof_files(verify: Verify, tmp_path: Path) -> None:
    with SealedLog.open(tmp_path / "log", log_signer()) as log:
        log.add(entries(0, 700))
        log.checkpoint()
        for index in (0, 41, 255, 256, 699):
            (tmp_path / "proof").write_bytes(log.proof_file(index, extra=b"note"))
            (tmp_path / "entry").write_bytes(log.entry(index))
            done = verify(proof=tmp_path / "proof", entry=tmp_path / "entry")
            assert done.stdout == f"OK entry {index} of 700\n"
    (tmp_path / "entry").write_bytes(entry(41))
    assert verify(proof=tmp_path / "proof", entry=tmp_path / "entry").returncode == 1


def test_go_accepts_a_witness_of_ours_and_misses_one_that_is_not_there(verify: Verify, tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    raw = (tmp_path / "checkpoint").read_bytes()
    line = cosigner().cosign(parse_checkpoint(raw)[1].text, 1_795_000_100)
    (tmp_path / "checkpoint").write_bytes(with_lines(raw, line))
    assert verify(folder=tmp_path, witness=cosigner().vkey).returncode == 0
    assert verify(folder=tmp_path, witness=cosigner("health.example", 3).vkey).returncode == 1


def test_go_refuses_every_tampered_copy(verify: Verify, tmp_path: Path) -> None:
    make_log(tmp_path / "log", 700)
    for number, file in enumerate(files_of(tmp_path / "log")):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(tmp_path / "log", copy)
        changed = bytearray(file.read_bytes())
        changed[len(changed) // 2] ^= 1
        (copy / file.relative_to(tmp_path / "log")).write_bytes(changed)
        done = verify(folder=copy)
        assert (done.returncode, done.stdout[:5]) == (1, "FAIL "), file


def test_go_refuses_a_rewritten_history_and_a_log_that_shrank(verify: Verify, tmp_path: Path) -> None:
    make_log(tmp_path / "log", 700)
    write_dishonest_log(tmp_path / "rewritten", (*entries(0, 41), entry(41, act="lock"), *entries(42, 800)))
    make_log(tmp_path / "short", 690)
    for folder in ("rewritten", "short"):
        assert verify(folder=tmp_path / folder).returncode == 0
        assert verify(folder=tmp_path / folder, old=tmp_path / "log" / "checkpoint").returncode == 1


def test_go_accepts_the_proof_that_an_officer_downloads(verify: Verify, tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern("C-1"))
    ivy = signed_in(hub, staff.IG_OFFICER)
    hub.follow()
    first, *_, last = (row.position for row in hub.store.rows_after(0, 1_000))
    for position in (first, last):
        held = zipfile.ZipFile(io.BytesIO(ivy.get(f"/audit/entry/{position}/proof").content))
        held.extractall(tmp_path / str(position))
        files = {"proof": tmp_path / str(position) / "entry.tlog-proof", "entry": tmp_path / str(position) / "entry"}
        done = verify(vkey=hub.log_key, **files)
        assert done.stdout.startswith(f"OK entry {position - 1} of "), done.stdout
        assert verify(**files).returncode == 1, "another log's key proves nothing"
    assert verify(vkey=hub.log_key, **{**files, "entry": tmp_path / str(first) / "entry"}).returncode == 1
