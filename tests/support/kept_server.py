"""A server that every test process of one run shares, and that ends by itself when the last of them has ended.

Each user holds a shared lock on a file, which the operating system lets go however the process dies. A keeper process
starts the server, waits until it can have that lock alone, and stops the server.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from tests.support.source_tree import ROOT

_PATIENCE_SECONDS = 420  # the first time, Maven has to fetch a broker
_held: dict[Path, IO[bytes]] = {}  # open for as long as this process lives, and never inherited


class NotStarted(RuntimeError):
    """The server did not start; the message says what it or its parts said."""


class Server(Protocol):
    """What a keeper keeps."""

    def start(self, folder: Path) -> Mapping[str, str]:
        """How to reach the server, which answers when this returns. Raises NotStarted."""

    def stop(self) -> None:
        """End every process of the server, by id."""


def shared(folder: Path, module: str) -> Mapping[str, str]:
    """How to reach the server that `python -m module` keeps in the folder, started on first use. Raises NotStarted."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "starting").open("ab") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if folder not in _held:
            _held[folder] = (folder / "users").open("ab")
            fcntl.flock(_held[folder], fcntl.LOCK_SH)
        ready, failed = folder / "ready.json", folder / "failed.txt"
        if failed.exists():
            raise NotStarted(failed.read_text(encoding="utf-8"))
        if not ready.exists():
            try:
                _start_keeper(folder, module)
            except NotStarted as refused:
                failed.write_text(str(refused), encoding="utf-8")
                raise
        found: dict[str, str] = json.loads(ready.read_text(encoding="utf-8"))
        return found


def _start_keeper(folder: Path, module: str) -> None:
    said = folder / "keeper.txt"
    with said.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", module, str(folder)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    waited_until = time.monotonic() + _PATIENCE_SECONDS
    while not (folder / "ready.json").exists():
        if keeper.poll() is not None or time.monotonic() > waited_until:
            stop(keeper)
            raise NotStarted(said.read_text(encoding="utf-8", errors="replace")[-2000:])
        time.sleep(0.05)
    keeper.returncode = 0  # it outlives this process by design, which is no leak


def keep(server: Server, folder: Path) -> None:
    """Start the server, say how to reach it, and stop it when no process uses it any more."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    ready = folder / "ready.json"
    try:
        reached = server.start(folder)
        new = folder / "ready.new"
        new.write_text(json.dumps(dict(reached)), encoding="utf-8")
        new.rename(ready)
        with alone_with(folder / "users"):
            ready.unlink()
    finally:
        server.stop()


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """The block runs when no other process holds the file."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def stop(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM) -> None:
    """End a process that was started here: asked first, then killed."""
    if process.poll() is None:
        os.kill(process.pid, by)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(30)
