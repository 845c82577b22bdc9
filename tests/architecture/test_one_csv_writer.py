"""Is there one writer of comma-separated values, so that no cell of any table is ever a formula?"""

import ast

from tests.support.source_tree import all_sources

WRITER = "hub/domain/csv_rows.py"
NAMES = {"writer", "DictWriter"}


def writes_csv(text: str) -> bool:
    """Whether the text writes comma-separated values by the standard library, under whatever name."""
    nodes = tuple(ast.walk(ast.parse(text)))
    whole = any(isinstance(node, ast.Import) and any(one.name == "csv" for one in node.names) for node in nodes)
    parts = {
        one.name for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "csv" for one in node.names
    }
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return bool(parts & (NAMES | {"*"})) or (whole and bool(used & NAMES))


def test_one_file_writes_tables() -> None:
    rooms = tuple(one for one in all_sources() if not one.path.startswith(("tests/", "bench/")))
    assert {one.path for one in rooms if writes_csv(one.text)} == {WRITER}
    assert not [one.path for one in rooms if any(name in one.text for name in ("openpyxl", "xlsxwriter", "pandas"))]


def test_another_writer_would_be_found() -> None:
    assert writes_csv("import csv\nw = csv.writer(f)")
    assert writes_csv("import csv as table\ntable.DictWriter(f, ())")
    assert writes_csv("from csv import writer")
    assert not writes_csv("import csv\nrows = csv.reader(f)")
