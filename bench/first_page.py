"""From a fresh clone to the first page of `make demo`, packages already in the installer's cache."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.figures import Figure, show

TREE = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 300


def measure() -> None:
    """Print the figure: one round, since a clone is fresh only once."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "tree"
        subprocess.run(["git", "clone", "--quiet", str(TREE), str(clone)], check=True)
        seconds = _until_first_page(clone, Path(folder) / "home")
    show("fresh_clone_to_first_page", Figure((seconds,)), "under 90 s")


def _until_first_page(clone: Path, home: Path) -> float:
    port = _free_port()
    start = time.perf_counter()
    demo = subprocess.Popen(
        ["make", "--no-print-directory", "demo"],
        cwd=clone,
        env={**os.environ, "HUB_HOME": str(home), "HUB_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if demo.poll() is not None or time.perf_counter() - start > PATIENCE_SECONDS:
                raise RuntimeError("the demo did not come up")
            time.sleep(0.1)
        return time.perf_counter() - start
    finally:
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=1) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
