"""Do contracts, consent, agencies and hub.domain stay pure: no file, clock, chance, environment or printing?

Imports of whole machines (sqlite3, socket, logging ...) are import-linter's to refuse; this reads what it can't see.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.support.source_tree import (
    PURE,
    Finding,
    Source,
    imported_modules,
    imported_names,
    listing,
    planted,
    sources,
)

BUILT_INS = frozenset({"open", "print", "input", "breakpoint"})
MODULES = frozenset({"random", "time", "secrets", "os", "shutil", "subprocess", "tempfile", "threading"})
CLOCKS = frozenset(
    f"datetime.{kind}.{name}" for kind in ("datetime", "date") for name in ("now", "utcnow", "today")
)  # asked of the class; a parameter called `today` is fine
CHANCE = frozenset({"uuid.uuid1", "uuid.uuid4"})
OPENINGS = frozenset({"io.open", "io.FileIO", "io.open_code", "codecs.open", "builtins.open"})
FILES = frozenset(
    {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "mkdir", "unlink", "touch"}
)
OPENERS = frozenset({"pathlib.Path", "gzip", "bz2", "lzma", "zipfile", "tarfile", "tomllib.open"})


def dotted(node: ast.expr, meanings: dict[str, str]) -> str:
    """The dotted name that an expression stands for, imports resolved; a call stands for what is called."""
    match node:
        case ast.Name(id=name):
            return meanings.get(name, name)
        case ast.Attribute(value=value, attr=attribute):
            return f"{dotted(value, meanings)}.{attribute}"
        case ast.Call(func=function):
            return dotted(function, meanings)
        case _:
            return ""


def _impure_expression(node: ast.AST, meanings: dict[str, str]) -> str | None:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in BUILT_INS and name not in meanings:
            return f"{name}()"
        case ast.Attribute(value=value, attr=attribute):
            whole = dotted(node, meanings)
            if whole in CLOCKS | CHANCE | OPENINGS:
                return whole
            if attribute in FILES or (attribute == "open" and dotted(value, meanings) in OPENERS):
                return f".{attribute} (a file)"
        case ast.Name(id=name) if meanings.get(name) in CHANCE | OPENINGS:
            return meanings[name]
        case _:
            pass
    return None


def impurities(source: Source) -> Iterator[Finding]:
    """Everything in a file that reaches past its parameters."""
    meanings = imported_names(source)
    for statement, module in imported_modules(source):
        if module.split(".", maxsplit=1)[0] in MODULES:
            yield source.finding(statement, f"imports {module}")
    for node in ast.walk(source.tree):
        if what := _impure_expression(node, meanings):
            yield source.finding(node, what)


def test_the_pure_rooms_reach_past_nothing() -> None:
    findings = [finding for source in sources(*PURE) for finding in impurities(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize(
    "text",
    [
        "open('x')",
        "print('x')",
        "input()",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import datetime as d, UTC\nwhen = d.now(UTC)",
        "import datetime\ndatetime.datetime.utcnow()",
        "from datetime import date\ndate.today()",
        "import datetime\ndatetime.date.today()",
        "from datetime import datetime\nclock = datetime.now",
        "from uuid import uuid4\nuuid4()",
        "from uuid import uuid4 as fresh\nfield = fresh",
        "import uuid\nuuid.uuid1()",
        "import random",
        "from random import choice",
        "import time",
        "import secrets",
        "import os\nos.environ['X']",
        "from os import environ",
        "from pathlib import Path\nPath('x').read_text()",
        "from pathlib import Path\nPath('x').write_bytes(b'')",
        "from pathlib import Path\nPath('x').open()",
        "import io\nio.open('x')",
        "from io import open\nopen('x')",
        "from io import FileIO as f\nf('x')",
        "from importlib.resources import files\nfiles('a').joinpath('b').read_bytes()",
    ],
)
def test_each_way_out_is_caught(text: str) -> None:
    assert list(impurities(planted(text)))


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\ndatetime.fromisoformat('2026-01-01T00:00:00+00:00')",
        "def asked(today: object) -> object:\n    return today",
        "from uuid import UUID, uuid5\nuuid5(UUID(int=1), 'x')",
        "import io\nio.StringIO('x')",
        "from contracts import envelope\nenvelope.open(b'')",
        "class Sheet:\n    def now(self) -> None: ...\nSheet().now()",
    ],
)
def test_what_is_pure_is_left_alone(text: str) -> None:
    assert not list(impurities(planted(text)))
