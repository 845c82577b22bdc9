"""Is every file under 300 lines and every function under 40 (conventions.md 10)?"""

import ast
from collections.abc import Iterator

from tests.support.source_tree import Finding, Source, all_sources, listing, planted

FILE_LINES = 300
FUNCTION_LINES = 40


def oversized(source: Source) -> Iterator[Finding]:
    """The file, if it is too long, and each function that is; a function counts from `def` to its last line."""
    length = len(source.text.splitlines())
    if length >= FILE_LINES:
        yield Finding(source.path, length, f"{length} lines: split by idea")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines >= FUNCTION_LINES:
                yield source.finding(node, f"{node.name} has {lines} lines")


def test_files_and_functions_stay_small() -> None:
    findings = [finding for source in all_sources() for finding in oversized(source)]
    assert not findings, listing(findings)


def test_a_file_one_line_too_long_is_caught() -> None:
    assert list(oversized(planted("x = 1\n" * FILE_LINES)))
    assert not list(oversized(planted("x = 1\n" * (FILE_LINES - 1))))


def test_a_function_one_line_too_long_is_caught() -> None:
    def function_of(lines: int) -> str:
        return "def f():\n" + "    x = 1\n" * (lines - 1)

    assert list(oversized(planted(function_of(FUNCTION_LINES))))
    assert not list(oversized(planted(function_of(FUNCTION_LINES - 1))))
    assert list(oversized(planted("async " + function_of(FUNCTION_LINES))))
