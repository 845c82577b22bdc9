"""A hub's folder as an older release left it, in one file each under tests/golden, and put back on disk for a test.

`python -m tests.support.golden HOME RELEASE` writes one from the folder of a hub that is not running; none is edited.
"""

import base64
import gzip
import json
import sqlite3
import sys
import tarfile
from collections.abc import Callable
from compileall import compile_dir
from contextlib import closing
from pathlib import Path

from contracts.strict_json import Json
from tests.support.kept_server import alone_with
from tests.support.places import REPO

GOLDEN = REPO / "tests" / "golden"
_LEFT_OUT = (".opening", ".lock", "-wal", "-shm")
_TABLES = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
    "ORDER BY type DESC, rowid"
)


def releases() -> tuple[str, ...]:
    """Every release of which there is one."""
    return tuple(sorted(path.parent.name for path in GOLDEN.glob("*/home.json.gz")))


def unpack(release: str, folder: Path) -> Path:
    """The release itself, as its sources stood, in a folder of that one: its own commands run there."""
    made = folder / f"release-{release}"
    with alone_with(folder / f"{made.name}.lock"):
        if not made.exists():
            with tarfile.open(GOLDEN / release / "release.tar.gz") as kept:
                kept.extractall(folder / f"{made.name}.new", filter="data")
            compile_dir(folder / f"{made.name}.new", quiet=1)  # once, and not in each of its processes
            (folder / f"{made.name}.new").rename(made)
    return made


def put_back(release: str, home: Path, wanted: Callable[[str], bool] = lambda _name: True) -> None:
    """The files and tables of that release under `home`; `wanted` is asked for `file` and `database/table`."""
    found = json.loads(gzip.decompress((GOLDEN / release / "home.json.gz").read_bytes()))
    for name, content in found["files"].items():
        if wanted(name):
            _made(home / name).write_bytes(base64.b64decode(content))
            (home / name).chmod(0o600)
    for name, tables in found["databases"].items():
        asked = [table for table in tables if wanted(f"{name}/{table['table']}")]
        if asked:
            _fill(_made(home / name), asked)


def write(home: Path, release: str) -> None:
    """Keep what lies under `home` as the golden file of that release."""
    files: dict[str, Json] = {}
    databases: dict[str, Json] = {}
    for path in sorted(home.rglob("*")):
        name = str(path.relative_to(home))
        if path.suffix == ".db":
            databases[name] = _tables(path)
        elif path.is_file() and not name.endswith(_LEFT_OUT):
            files[name] = base64.b64encode(path.read_bytes()).decode()
    said = json.dumps({"files": files, "databases": databases}, separators=(",", ":"))
    _made(GOLDEN / release / "home.json.gz").write_bytes(gzip.compress(said.encode(), mtime=0))


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _fill(path: Path, tables: list[dict[str, Json]]) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for table in tables:
            db.execute(str(table["sql"]))
            rows = table["rows"]
            for row in rows if isinstance(rows, list) else ():
                values = [_value(value) for value in row] if isinstance(row, list) else []
                marks = ",".join("?" * len(values))
                db.execute(" ".join(("INSERT INTO", str(table["table"]), "VALUES (", marks, ")")), values)
    path.chmod(0o600)


def _tables(path: Path) -> list[Json]:
    found: list[Json] = []
    with closing(sqlite3.connect(path)) as db:
        for kind, name, sql in db.execute(_TABLES).fetchall():
            rows = db.execute(" ".join(("SELECT * FROM", str(name)))).fetchall() if kind == "table" else []
            told: list[Json] = [[_said(value) for value in row] for row in rows]
            found.append({"sql": " ".join(str(sql).split()), "table": name if kind == "table" else "", "rows": told})
    return found


def _said(value: object) -> Json:
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode()}
    return value if isinstance(value, str | int) else None


def _value(value: Json) -> object:
    return base64.b64decode(str(value["b"])) if isinstance(value, dict) else value


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
