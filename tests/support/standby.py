"""A second PostgreSQL that follows a first one, byte for byte, and can take its place."""

import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from tests.support.postgres_server import WheelServer


class Standby(WheelServer):
    """Beside a server that runs: what the first has committed, this one has on its disk before it is said."""

    def __init__(self, first: WheelServer) -> None:
        """Not started yet."""
        super().__init__()
        self._first = first

    def follow(self, folder: Path) -> None:
        """Copy the first, follow it, and let nothing be committed there that is not here; in step on return."""
        state = self.ready_to_run()
        asked = [str(self.program("pg_basebackup")), "-D", str(state), "-d", self._first.reached, "-R", "-X", "stream"]
        subprocess.run([*asked, "--checkpoint=fast", "--no-sync"], cwd=state.parent, check=True, capture_output=True,
                       **self.who)  # fmt: skip
        self.again(folder)
        with psycopg.connect(self._first.reached, autocommit=True) as db:
            db.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            db.execute("SELECT pg_reload_conf()")

    def in_step(self) -> bool:
        """Whether the first waits for this one at every commit."""
        with psycopg.connect(self._first.reached) as db:
            row = db.execute("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone()
        return row is not None and row[0] == 1

    def take_over(self) -> None:
        """From now on this is the first; it takes writes when this returns."""
        with psycopg.connect(self.reached, autocommit=True) as db:
            assert db.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)

    def either(self, conninfo: str) -> str:
        """How an application reaches whichever of the two takes writes."""
        hosts = ",".join(str(psycopg.conninfo.conninfo_to_dict(one.reached)["host"]) for one in (self._first, self))
        return make_conninfo(conninfo, host=hosts, target_session_attrs="read-write")
