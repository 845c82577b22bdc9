"""A file opened twice in one process, and by another that ends: is what the first writes then still there?

POSIX takes a process's locks on a file away when any handle on it is closed; SQLite's own stay right, ours must not
come between.
"""

import os
import subprocess
import sys
from pathlib import Path

from hub.adapters.durable_db import DurableDatabase
from tests.support.places import REPO

TABLE = "CREATE TABLE IF NOT EXISTS kept (number INTEGER PRIMARY KEY)"
COUNTING = """
import sys
from pathlib import Path
from hub.adapters.durable_db import DurableDatabase
database = DurableDatabase(Path(sys.argv[1]))
print(len(database.rows("SELECT number FROM kept")))
database.close()
"""


def counted_elsewhere(path: Path) -> int:
    """How many rows another process finds, which opens the file and closes it."""
    words = [sys.executable, "-c", COUNTING, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(words, cwd=REPO, env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_file_opened_twice_here_and_closed_elsewhere_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    first = DurableDatabase(path, TABLE)
    with first.writing() as db:
        db.execute("INSERT INTO kept VALUES (1)")
    second = DurableDatabase(path, TABLE)
    assert counted_elsewhere(path) == 1
    for number, database in ((2, first), (3, second)):
        with database.writing() as db:
            db.execute("INSERT INTO kept VALUES (?)", (number,))
    assert counted_elsewhere(path) == 3
    first.close()
    second.close()
