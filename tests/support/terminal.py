"""A command of the hub as somebody runs it at a terminal: a process of its own, and what is typed at its questions."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from hub.commands import staff
from hub.wiring import Hub
from tests.support import preloaded
from tests.support.places import REPO
from tests.support.preloaded import all_of

Said = Callable[..., tuple[int, str, str]]
"""What a command came to: its exit code, what it printed, and what it said besides."""


def hub_says(
    home: Path, *words: str, typed: str = "", cwd: Path = REPO, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What the command says at the hub in the folder, when this is typed; `more` are its other settings."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment = {**plain, "PYTHONPATH": str(REPO), "HUB_HOME": str(home), **(more or {})}
    with TemporaryFile() as stdin, TemporaryFile() as output, TemporaryFile() as errors:
        stdin.write(typed.encode())
        stdin.seek(0)
        code = preloaded.start(("hub", *words), environment, cwd, output, errors, stdin).wait(300)
        return subprocess.CompletedProcess(words, code, all_of(output), all_of(errors))


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
