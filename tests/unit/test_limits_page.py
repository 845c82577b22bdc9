"""Does docs/limits.md say the figures that stand in the code, name all that is spoken to, and every file and class?"""

import ast
import dataclasses
import importlib
import re
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.catalogue import REPORTS
from contracts.compartment import Compartment
from hub.domain.retention import CLASSES
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.source_tree import ROOT, sources

PAGE = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
HELD = (
    "For each person, and for all",
    "What comes in: types and sizes",
    "What is costly, and how each is held",
)
UNITS: dict[str, int | timedelta] = {
    "KiB": 1024,
    "MiB": 1024**2,
    "second": timedelta(seconds=1),
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}
SPEAKS = frozenset(
    {"psycopg", "aiokafka", "confluent_kafka", "http.client", "http.server", "socket", "socketserver", "uvicorn", "ssl"}
)
# These make no connection: they say who is asked, hold a certificate, or know an error when they see one.
OPENS_NONE = frozenset(
    {
        "hub/adapters/kafka_client.py",
        "hub/commands/slow_clients.py",
        "hub/engines.py",
    }
)
ROW = re.compile(
    r"^\|.*\| ([0-9.]+)(?: ([A-Za-z]+))? \| `((?:hub|contracts|agencies|audit)\.[\w.]+)` \|$", re.MULTILINE
)


def section(title: str) -> str:
    """What stands under the heading."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def in_code(name: str) -> float:
    """The figure of that name; a time in seconds."""
    parts = name.split(".")
    at = next(cut for cut in range(len(parts) - 1, 0, -1) if (ROOT / Path(*parts[:cut])).with_suffix(".py").is_file())
    found: object = importlib.import_module(".".join(parts[:at]))
    for part in parts[at:]:
        fields = dataclasses.fields(found) if isinstance(found, type) and dataclasses.is_dataclass(found) else ()
        found = next((one.default for one in fields if one.name == part), None) or getattr(found, part)
    if isinstance(found, timedelta):
        return found.total_seconds()
    assert isinstance(found, int | float)
    return found


def said(number: str, unit: str) -> float:
    """The figure on the page; a time in seconds."""
    of_one = UNITS[unit] if unit else 1
    return float(number) * (of_one.total_seconds() if isinstance(of_one, timedelta) else of_one)


@pytest.mark.parametrize(("number", "unit", "name"), ROW.findall(PAGE), ids=str)
def test_each_figure_is_that_of_the_code(number: str, unit: str, name: str) -> None:
    assert said(number, unit) == in_code(name)


def test_each_row_that_has_a_figure_names_where_it_stands() -> None:
    lines = [line for title in HELD for line in section(title).splitlines()]
    rows = [line for line in lines if re.search(r"\| [0-9.,]+( [A-Za-z]+)? \|", line)]
    assert [line for line in rows if not ROW.fullmatch(line)] == []
    assert len(rows) == len(ROW.findall(PAGE)) > 50


def speaking() -> set[str]:
    """The files that import what makes connections, or takes them."""
    found: set[str] = set()
    for source in sources("hub", "audit", "agencies", "contracts", "consent"):
        for node in ast.walk(source.tree):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            if any(name in SPEAKS or name.partition(".")[0] in SPEAKS for name in names):
                found.add(source.path)
    return found


def test_all_that_is_spoken_to_is_named_and_nothing_else() -> None:
    named = set(re.findall(r"`((?:hub|audit)/[\w/]+\.py)`", section("With whom it speaks")))
    assert (speaking() - OPENS_NONE) == named
    assert speaking() >= OPENS_NONE


def test_every_file_that_a_hub_writes_is_named(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", a_concern("C-1"))
    hub.follow()
    table = section("What is written where, and how long it is kept")
    names = [one.rstrip("/") for one in re.findall(r"`([\w./*-]+)`", table)]
    home = hub.settings.home
    written = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    unnamed = {
        path
        for path in written
        if not any(
            path == name or path.startswith(f"{name}/") or (name[0] == "*" and path.endswith(name[1:]))
            for name in names
        )
    }
    assert (unnamed, len(written) > 20) == (set(), True)


def test_every_class_of_data_and_of_record_is_there() -> None:
    classes = section("What each class of data needs")
    named = re.findall(r"^\| `(\w+)` \|", classes, re.MULTILINE)
    assert named == [*(one.value for one in Compartment), *(one.code for one in CLASSES)]
    for one in CLASSES:
        assert f"| `{one.code}` | {one.years} | {one.counts_from.value} |" in classes


def test_what_no_report_holds_is_said_until_one_does() -> None:
    """The page says so as long as no report holds attendance of a day or bail, and nothing makes attendance of any."""
    told = section("What no report holds, so that no page says it")
    fields = {f"{report.TYPE}: {rule.name} {rule.meaning}".lower() for report in REPORTS for rule in report.FIELDS}
    assert [one for one in fields if "attendance_" in one and one.startswith("attendance.")] != []
    assert [one for one in fields if re.search(r"\bbail\b|session mark|attendance code", one)] == []
    made = [one.path for one in sources("hub", "agencies") if re.search(r"(?<!class )\bAttended\(", one.text)]
    assert (made, "attendance.summary" in told, "| bail |" in told) == ([], True, True)
