"""Processes of the hub's own that need not load it anew: each is forked from one in which everything is loaded.

Half of what a short-lived process costs is loading. What is forked is a process like any other: its own number, its own
environment and folder, its own streams, ended by any signal, and a child of whoever asked for it. What runs another
release, or tests the loading itself, is started the ordinary way.
"""

import atexit
import ctypes
import gc
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Final, Protocol

from tests.support.places import REPO

LARGEST: Final = 1 << 20  # bytes of one request
STREAMS: Final = 3
RUNS: Final = {"hub": "hub.cli", "dying": "tests.support.dying"}
_LOADED: Final = ("hub.cli", "hub.commands.serve", "hub.commands.demo", "tests.support.dying")
_PR_SET_CHILD_SUBREAPER: Final = 36  # prctl(2)
_SOON: Final = 0.01


class Process(Protocol):
    """As much of subprocess.Popen as is used here."""

    returncode: int | None

    @property
    def pid(self) -> int:
        """Its number."""

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended. Raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """Send it, where it still runs."""

    def kill(self) -> None:
        """End it by force."""


class Forked:
    """A process forked from the loaded one, and ours to wait for."""

    def __init__(self, pid: int, words: Sequence[str]) -> None:
        """It runs already."""
        self.pid = pid
        self.returncode: int | None = None
        self._words = tuple(words)

    def poll(self) -> int | None:
        """See Process."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """See Process."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(self._words, timeout or 0)
            time.sleep(_SOON)
        return code

    def send_signal(self, sig: int) -> None:
        """See Process."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """See Process."""
        self.send_signal(9)


class Loaded:
    """The process in which everything is loaded; it ends with the one that began it."""

    def __init__(self) -> None:
        """Begin it."""
        if ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
            raise OSError("who is forked by another could not be waited for here")
        self._asking, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        plain = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        with its_end:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.preloaded", str(its_end.fileno())],
                cwd=REPO,
                env={**plain, "PYTHONPATH": str(REPO)},
                pass_fds=[its_end.fileno()],
            )

    def start(
        self, words: Sequence[str], environment: Mapping[str, str], cwd: Path, streams: Sequence[IO[bytes]]
    ) -> Forked:
        """A process that runs these words (the first of RUNS, and its own) with three streams."""
        asked = json.dumps({"words": list(words), "environment": dict(environment), "cwd": str(cwd)})
        socket.send_fds(self._asking, [asked.encode()], [one.fileno() for one in streams])
        said = self._asking.recv(32)
        if not said:
            raise OSError("what processes are forked from is gone")
        return Forked(int(said), words)

    def close(self) -> None:
        """Ask no more, and see it end."""
        self._asking.close()
        self._process.wait(60)


@cache
def loaded() -> Loaded:
    """The one of this process, begun when it is first asked for; it ends with it."""
    found = Loaded()
    atexit.register(found.close)
    return found


def start(
    words: Sequence[str],
    environment: Mapping[str, str],
    cwd: Path,
    output: IO[bytes],
    errors: IO[bytes] | None = None,
    typed: IO[bytes] | None = None,
) -> Process:
    """A process of this release that runs these words; both streams go to `output` where no other is given."""
    with Path(os.devnull).open("rb") as nothing:
        return loaded().start(words, environment, cwd, (typed or nothing, output, errors or output))


def all_of(stream: IO[bytes]) -> str:
    """What a process wrote there."""
    stream.seek(0)
    return stream.read().decode()


def host(asking: socket.socket) -> int:
    """Fork one for each request; here 0 comes back once nobody asks any more, in each of those its exit code."""
    for name in _LOADED:
        import_module(name)
    gc.collect()
    gc.freeze()
    while True:
        request, streams, _, _ = socket.recv_fds(asking, LARGEST, STREAMS)
        if not request:
            return 0
        told, tells = os.pipe()
        between = os.fork()
        if between == 0:
            child = os.fork()
            if child == 0:
                asking.close()
                for end in (told, tells):
                    os.close(end)
                return _become(request, streams)
            os.write(tells, str(child).encode())
            os._exit(0)
        os.waitpid(between, 0)  # once it has gone, its child is the asker's
        asking.send(os.read(told, 32))
        for end in (told, tells, *streams):
            os.close(end)


def _become(request: bytes, streams: Sequence[int]) -> int:
    """In what was forked: its exit code, as the command's own."""
    asked = json.loads(request)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for stream in streams:
        if stream >= STREAMS:
            os.close(stream)
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    os.chdir(asked["cwd"])
    run, *words = asked["words"]
    code: int = import_module(RUNS[run]).main(*((words,) if run == "hub" else words))
    return code


if __name__ == "__main__":
    sys.exit(host(socket.socket(fileno=int(sys.argv[1]))))
