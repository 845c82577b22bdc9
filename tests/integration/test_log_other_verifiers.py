"""Do aics-tlog, Tessera's fsck and pymerkle, none of them ours, accept the log and refuse each tampered copy?"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from audit.checkpoint import parse_checkpoint, with_lines
from audit.log import SealedLog
from tests.support import aics
from tests.support.required import is_required, missing
from tests.support.sealed_logs import cosigner, entries, log_signer, make_log

VKEY = log_signer().vkey
FSCK = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4"
Accepts = Callable[[Path], bool]
PYMERKLE = """
import sys, pymerkle
tree = pymerkle.InmemoryTree(algorithm="sha256")
for line in sys.stdin:
    tree.append_entry(bytes.fromhex(line.strip()))
sys.stdout.write(tree.get_root().hex())
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=8)


@pytest.fixture(scope="module")
def fsck_program(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where Tessera's fsck is: on the path; or built, where it is required and Go is at hand."""
    found, go = shutil.which("fsck-tessera"), shutil.which("go")
    if found is None and go is not None and is_required("fsck"):
        folder = tmp_path_factory.mktemp("fsck")
        subprocess.run([go, "install", FSCK], env={**os.environ, "GOBIN": str(folder)}, check=True)
        found = str(folder / "fsck")
    if found is None:
        missing("fsck", f"`fsck-tessera` is not on the path (go install {FSCK})")
    return found


@pytest.fixture
def fsck(fsck_program: str, tmp_path: Path) -> Accepts:
    """Tessera's fsck over HTTP, as a monitor runs it."""
    (tmp_path / "vkey").write_text(VKEY)

    def accepts(folder: Path) -> bool:
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
            thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            url = f"http://127.0.0.1:{server.server_address[1]}/"
            try:
                done = run(fsck_program, "--storage_url", url, "--public_key", tmp_path / "vkey", "--ui=false")
            except subprocess.TimeoutExpired:
                return False  # it asks for a bad file again and again
            finally:
                server.shutdown()
        # It ends with 0 even when it found something: only what it says tells.
        return "fsck failed" not in done.stderr and "Successfully fsck'd" in done.stderr

    return accepts


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700])
def test_fsck_accepts_a_log_of_ours(fsck: Accepts, tmp_path: Path, size: int) -> None:
    make_log(tmp_path / "log", size)
    assert fsck(tmp_path / "log")


@pytest.mark.parametrize("name", ["checkpoint", "tile/entries/000", "tile/0/001.p/44"])
def test_fsck_refuses_a_tampered_copy(fsck: Accepts, tmp_path: Path, name: str) -> None:
    make_log(tmp_path / "log", 300)
    file = tmp_path / "log" / name
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    assert not fsck(tmp_path / "log")


def test_aics_accepts_checkpoint_cosignature_consistency_and_inclusion(tmp_path: Path) -> None:
    program, log = aics.command("aics-tlog"), tmp_path / "log"
    make_log(log, 300)
    shutil.copy(log / "checkpoint", tmp_path / "old")
    make_log(log, 700)
    raw = (log / "checkpoint").read_bytes()
    line = cosigner().cosign(parse_checkpoint(raw)[1].text, 1_795_000_100)
    (log / "checkpoint").write_bytes(with_lines(raw, line))
    (tmp_path / "leaf").write_bytes(entries(41, 42)[0])
    (tmp_path / "other").write_bytes(entries(41, 42, act="lock")[0])
    key, tiles = ("--log-key", VKEY), ("--tiles", log)
    witness = ("--witness-key", cosigner().vkey, "--quorum")
    assert run(program, "verify-checkpoint", *tiles, *key, *witness, 1).returncode == 0
    assert run(program, "verify-checkpoint", *tiles, *key, *witness, 2).returncode != 0
    assert run(program, "verify-consistency", "--old-checkpoint", tmp_path / "old", *tiles, *key).returncode == 0
    found = [
        run(program, "verify-inclusion", "--leaf", tmp_path / name, "--index", 41, *tiles, *key).returncode
        for name in ("leaf", "other")
    ]
    assert (found[0], found[1] != 0) == (0, True)


def test_aics_refuses_a_tile_that_was_changed(tmp_path: Path) -> None:
    program = aics.command("aics-tlog")
    make_log(tmp_path / "log", 700)
    (tmp_path / "leaf").write_bytes(entries(41, 42)[0])
    asked = ("verify-inclusion", "--leaf", tmp_path / "leaf", "--index", 41, "--log-key", VKEY)
    assert run(program, *asked, "--tiles", tmp_path / "log").returncode == 0
    tile = tmp_path / "log" / "tile" / "0" / "000"
    content = bytearray(tile.read_bytes())
    content[40 * 32] ^= 1
    tile.write_bytes(content)
    assert run(program, *asked, "--tiles", tmp_path / "log").returncode != 0


@pytest.mark.parametrize("size", [1, 2, 7, 255, 256, 257, 700])
def test_pymerkle_comes_to_the_same_root(tmp_path: Path, size: int) -> None:
    given = b"".join(one.hex().encode() + b"\n" for one in entries(0, size))
    done = subprocess.run([sys.executable, "-c", PYMERKLE], input=given, capture_output=True, check=True)
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, size))
        assert done.stdout.decode() == log.root().hex()
