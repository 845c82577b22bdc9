"""Is nothing lost or doubled, wherever the writer of the log is stopped?"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit import merkle
from audit.errors import CannotKeep
from audit.files import WRITING, Folder
from audit.log import SealedLog
from audit.verify import verify_folder
from tests.support.sealed_logs import entries, log_signer, make_log

VKEY = log_signer().vkey
WRITER = """
import sys
from pathlib import Path
from audit.log import SealedLog
from tests.support.sealed_logs import entries, log_signer
log = SealedLog.open(Path(sys.argv[1]), log_signer())
for step in range(10_000):
    size = log.add(entries(log.size, log.size + 1 + step * 37 % 300))
    print(size, flush=True)
    if step % 3 == 0:
        log.checkpoint()
"""


class Stopping(Folder):
    """A folder whose machine fails at a write and at all after it."""

    def __init__(self, path: Path, writes: int) -> None:
        super().__init__(path)
        self.left = writes

    def write(self, name: str, content: bytes) -> None:
        self.left -= 1
        if self.left < 0:
            raise CannotKeep(f"{name}: stopped")
        super().write(name, content)


@pytest.mark.parametrize("before", [0, 250, 256, 500])
@pytest.mark.parametrize("writes", range(11))
def test_a_stop_at_any_write_loses_nothing_that_was_answered_for(tmp_path: Path, before: int, writes: int) -> None:
    make_log(tmp_path, before)
    content = entries(before, before + 600)
    log = SealedLog.over(Stopping(tmp_path, writes), log_signer())
    answered = before
    try:
        answered = log.add(content[:10])
        answered = log.add(content[10:])
        log.checkpoint()
    except CannotKeep:
        with pytest.raises(CannotKeep):
            log.add(content)
    log.close()
    assert verify_folder(tmp_path, VKEY).size in {before, before + 600}
    with SealedLog.open(tmp_path, log_signer()) as again:
        assert answered <= again.size <= before + 600
        again.add(content[again.size - before :])
        again.checkpoint()
        assert again.root() == merkle.root_of(merkle.leaf_hashes(entries(0, before + 600)))
    assert verify_folder(tmp_path, VKEY).ok


def test_a_writer_killed_again_and_again_loses_nothing_that_it_answered_for(tmp_path: Path) -> None:
    chance = random.Random(7)
    answered = 0
    for _ in range(8):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "log")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            answered = max(answered, int(writer.stdout.readline()))
            time.sleep(chance.random() / 10)
            os.kill(writer.pid, signal.SIGKILL)
            answered = max(
                answered, *(int(line) for line in writer.stdout.read().splitlines(keepends=True) if line[-1] == "\n"), 0
            )
        with SealedLog.open(tmp_path / "log", log_signer()) as log:
            assert log.size >= answered
            assert log.root() == merkle.root_of(merkle.leaf_hashes(entries(0, log.size)))
            log.checkpoint()
        report = verify_folder(tmp_path / "log", VKEY)
        assert (report.ok, report.findings) == (True, ())
    assert answered > 0


def test_an_unfinished_write_is_no_part_of_the_log_and_is_cleared_away(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    (tmp_path / WRITING / "tile_0_000.p_4").write_bytes(b"half")
    report = verify_folder(tmp_path, VKEY)
    assert report.ok
    assert f"file {WRITING}/tile_0_000.p_4: an unfinished write, not part of the log" in report.not_checked
    make_log(tmp_path, 4)
    assert not list((tmp_path / WRITING).iterdir())


def test_a_full_disk_is_told_and_nothing_is_half_there(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from audit.errors import CannotKeep\n"
        "from audit.log import SealedLog\n"
        "from tests.support.sealed_logs import entries, log_signer\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "log = SealedLog.open(Path(sys.argv[1]), log_signer())\n"
        "log.add(entries(0, 3))\n"
        "log.checkpoint()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    log.add(entries(3, 100))\n"
        "except CannotKeep as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "tile/entries/000.p/100: File too large\n"
    assert verify_folder(tmp_path, VKEY).ok
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert log.add(entries(3, 100)) == 100
