"""`aics-tlog` and `aics-witness`, which somebody else wrote: they need Python 3.12 or newer, so they live elsewhere.

`HUB_TEST_AICS` names the folder with the two commands, such as the `bin` of an environment of their own.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.required import missing

SETTING = "HUB_TEST_AICS"


def command(name: str) -> str:
    """The path of one of the commands; the test ends when it is not on this machine."""
    found = shutil.which(name, path=os.environ.get(SETTING) or os.environ.get("PATH"))
    if found is None:
        missing("aics", f"{SETTING} names no folder with {name} (pip install aics-tlog aics-witness, Python 3.12)")
    return found


@contextmanager
def witness(folder: Path, *vkeys: str) -> Iterator[tuple[str, str]]:
    """Their witness of the logs with these keys; its submission prefix and its vkey."""
    program, port = command("aics-witness"), free_port()
    config = ("-c", str(folder / "witness.json"))
    listen = ("--name", "aics.example/witness", "--listen", f"127.0.0.1:{port}")
    made = subprocess.run([program, "init", *config, *listen], capture_output=True, text=True, check=True)
    for vkey in vkeys:
        origin = vkey.rsplit("+", 2)[0]
        subprocess.run(
            [program, "add-log", *config, "--origin", origin, "--vkey", vkey], capture_output=True, check=True
        )
    with subprocess.Popen([program, "serve", *config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}", made.stdout.strip()
        finally:
            running.terminate()
            running.wait(10)


def free_port() -> int:
    """A port on which nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
