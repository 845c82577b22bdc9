"""Does a process of ours that dies leave what it held where somebody else finds it?"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.canaries import STEM, files, leaks
from tests.support.source_tree import ROOT

# What a process says of itself before and after it ran a command: how much it may dump, and whether it may be dumped.
_SAYS = """
import ctypes, os, resource, sys
from hub.cli import main

def dumps():
    return resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)

most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
before = dumps()
held = sys.argv[1] * 3
main(["agreements", "show", "police"])
print(*before, *dumps(), file=sys.stderr)
sys.stderr.flush()
os.abort()
"""


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which a process that had run a command died with a mark in its memory, and what it said."""
    folder = tmp_path_factory.mktemp("died")
    asked = [sys.executable, "-c", _SAYS, STEM]
    env = {"HUB_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(asked, cwd=folder, capture_output=True, check=False, env=env)
    assert done.returncode < 0, done.stderr
    return folder, done.stderr.decode()


def test_a_command_may_be_dumped_before_it_runs_and_not_after(died: tuple[Path, str]) -> None:
    _, before, limit, after = died[1].split()[:4]
    assert (before, limit, after) == ("1", "0", "0")


def test_a_process_that_dies_leaves_no_file_with_what_it_held(died: tuple[Path, str]) -> None:
    assert leaks({"files": [held for _, held in files(died[0])]}) == []
