"""A command of the hub as somebody runs it at a terminal: a process of its own, and what is typed at its questions."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from hub.commands import staff
from hub.wiring import Hub
from tests.support.places import REPO

COMMAND = (sys.executable, "-c", "import sys; from hub.cli import main; sys.exit(main())")
Said = Callable[..., tuple[int, str, str]]
"""What a command came to: its exit code, what it printed, and what it said besides."""


def hub_says(home: Path, *words: str, typed: str = "", cwd: Path = REPO) -> subprocess.CompletedProcess[str]:
    """What the command says at the hub in the folder, when this is typed."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPO), "HUB_HOME": str(home)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def by_own_proof(hub: Hub, command: str, who: str, more: dict[str, str] | None = None, cwd: Path = REPO) -> Said:
    """Run that command with more words, each time as somebody (`who`, where none is named) who gives their pass phrase.

    `more`: the phrases of those who are not of the demo's staff. The folder is where a file that it writes would go.
    """
    phrases = {one.subject: staff.phrase(hub, one) for one in staff.MEMBERS} | (more or {})
    first = who

    def run(*words: str, who: str = first, phrase: str = "") -> tuple[int, str, str]:
        typed = f"{phrase or phrases[who]}\n"
        done = hub_says(hub.settings.home, command, *words, "--as", who, typed=typed, cwd=cwd)
        return done.returncode, done.stdout, done.stderr

    return run
