"""Does every public module, class, function and method of the five rooms say what it is for (conventions.md 11-13)?"""

import ast
from collections.abc import Iterator

import pytest

from tests.support.source_tree import ROOMS, Finding, Source, listing, planted, sources

Documented = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public_parts(body: list[ast.stmt]) -> Iterator[Documented]:
    """The public classes and functions of a body, and the public methods of those classes."""
    for node in body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_parts(node.body)


def is_override(node: Documented) -> bool:
    """Whether the function is marked as one that another class already documents."""
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return bool(marks & {"override", "overload"})


def silent(source: Source) -> Iterator[Finding]:
    """The public parts of a file that say nothing of themselves."""
    if not ast.get_docstring(source.tree):
        yield Finding(source.path, 1, "the module has no docstring")
    for node in public_parts(source.tree.body):
        if not ast.get_docstring(node) and not is_override(node):
            yield source.finding(node, f"{node.name} has no docstring")


def test_every_public_name_says_what_it_is_for() -> None:
    findings = [finding for source in sources(*ROOMS) for finding in silent(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '"""M."""\nclass A: ...',
        '"""M."""\ndef f(): ...',
        '"""M."""\nasync def f(): ...',
        '"""M."""\nclass A:\n    """A."""\n    def f(self): ...',
    ],
)
def test_each_silence_is_caught(text: str) -> None:
    assert list(silent(planted(text)))


@pytest.mark.parametrize(
    "text",
    [
        '"""M."""\ndef _f(): ...',
        '"""M."""\nclass A:\n    """A."""\n    def __len__(self): ...',
        '"""M."""\nclass A(B):\n    """A."""\n    @override\n    def f(self): ...',
    ],
)
def test_private_and_inherited_parts_may_be_silent(text: str) -> None:
    assert not list(silent(planted(text)))
