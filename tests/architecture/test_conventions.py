"""Is nothing swallowed, silenced, patched, skipped or put off (conventions.md 19, 22, 31, 33)?"""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator

import pytest

from tests.support.source_tree import Finding, Source, all_sources, listing, planted

# The two process loops may catch whatever stops them: they log its type and end (conventions.md 19).
LOOPS: tuple[str, ...] = ("hub/adapters/bus_kafka.py", "hub/adapters/bus_embedded.py")
SKIPPING = "tests/support/required.py"

SILENCERS = re.compile(
    r"type:\s*ignore|\bnoqa\b|pragma:\s*no\s?cover|pyright:\s*ignore|ruff:\s*noqa|\b(?:TODO|FIXME|XXX)\b"
)
PATCHING = frozenset({"monkeypatch", "unittest.mock", "mock", "pytest_mock", "mocker"})
SKIPS = frozenset({"pytest.skip", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"})
BROAD = frozenset({"Exception", "BaseException"})


Checker = Callable[[Source], Iterator[Finding]]


def broad_handlers(source: Source) -> Iterator[Finding]:
    """Handlers that catch everything and keep it, and handlers of anything that do nothing.

    Undoing a transaction and raising the same error again keeps nothing.
    """
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)} if node.type else BROAD
        if caught & BROAD and source.path not in LOOPS and not _goes_on(node):
            yield source.finding(node, "catches everything")
        if all(isinstance(step, ast.Pass) or _is_bare_constant(step) for step in node.body):
            yield source.finding(node, "swallows an error")


def _goes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _is_bare_constant(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)


def suppressions(source: Source) -> Iterator[Finding]:
    """Uses of contextlib.suppress over everything."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=called, args=caught) if ast.unparse(called).rpartition(".")[2] == "suppress":
                if {ast.unparse(argument) for argument in caught} & BROAD:
                    yield source.finding(node, "suppresses everything")
            case _:
                pass


def silenced(source: Source) -> Iterator[Finding]:
    """Comments that silence a checker or put work off."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and (said := SILENCERS.search(token.string)):
            yield Finding(source.path, token.start[0], f"a comment says {said[0]!r}")


def patches(source: Source) -> Iterator[Finding]:
    """Tests that take a part out of the product from behind: fakes belong at the ports."""
    for node in ast.walk(source.tree):
        match node:
            case ast.arg(arg=name) | ast.ImportFrom(module=str(name)) | ast.alias(name=name) if name in PATCHING:
                yield source.finding(node, f"{name}: fakes stand at ports, nothing is patched")
            case _:
                pass


def skips(source: Source) -> Iterator[Finding]:
    """Tests left out anywhere but through tests/support/required.py, which names the missing server."""
    if source.path == SKIPPING:
        return
    nodes = tuple(ast.walk(source.tree))
    outcomes = {id(node.value) for node in nodes if isinstance(node, ast.Attribute) and node.attr == "Exception"}
    for node in nodes:
        if isinstance(node, ast.Attribute) and id(node) not in outcomes and ast.unparse(node) in SKIPS:
            yield source.finding(node, f"{ast.unparse(node)}: say what is missing with tests.support.required.missing")


CHECKERS: tuple[Checker, ...] = (broad_handlers, suppressions, silenced, patches, skips)


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_tree_keeps_the_conventions(checker: Checker) -> None:
    findings = [finding for source in all_sources() for finding in checker(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    f()\nexcept Exception as error:\n    log(error)",
        "try:\n    f()\nexcept (ValueError, BaseException):\n    g()",
        "try:\n    f()\nexcept BaseException as error:\n    raise Broken from error",
        "try:\n    f()\nexcept:\n    g()",
        "try:\n    f()\nexcept ValueError:\n    pass",
        "try:\n    f()\nexcept ValueError:\n    ...",
        "from contextlib import suppress\nwith suppress(Exception):\n    f()",
        "x = 1  # type" + ": ignore[arg-type]",
        "x = 1  # no" + "qa: S101",
        "x = 1  # pragma" + ": no cover",
        "# TO" + "DO later",
        "def test_x(monkeypatch): ...",
        "from unittest.mock import patch",
        "import unittest.mock",
        "import pytest\n@pytest.mark.skip\ndef test_x(): ...",
        "import pytest\n@pytest.mark.xfail(reason='x')\ndef test_x(): ...",
        "import pytest\npytest.skip('later')",
        "import pytest\npytest.importorskip('x')",
    ],
)
def test_each_lapse_is_caught(text: str) -> None:
    source = planted(text, "tests/unit/test_planted.py")
    assert [finding for checker in CHECKERS for finding in checker(source)]


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    f()\nexcept ValueError as error:\n    raise NotGenuine from error",
        "try:\n    f()\nexcept BaseException:\n    undo()\n    raise",
        "# why: a checker would say otherwise",
        "x = 'a comment in a string: # TO" + "DO'",
        "import pytest\nwith pytest.raises(ValueError):\n    f()",
    ],
)
def test_what_keeps_them_is_left_alone(text: str) -> None:
    source = planted(text, "tests/unit/test_planted.py")
    assert not [finding for checker in CHECKERS for finding in checker(source)]


@pytest.mark.parametrize("text", ["try:\n    f()\nexcept Exception as error:\n    log(type(error))"])
def test_a_process_loop_may_catch_what_ends_it(text: str) -> None:
    assert not list(broad_handlers(planted(text, LOOPS[0])))
