"""A child's content is opened in named use cases only, each of which keeps its decision first."""

import ast

from tests.support.source_tree import all_sources

OPENERS = {"open_reports", "open_signed", "sealed_part"}
NAMED = {
    "hub/application/open_shielded.py",
    "hub/application/open_apart.py",
    "hub/application/move_report.py",
    "hub/application/print_chronology.py",
}
SHIELDED = {
    "hub/application/open_request.py",
    "hub/application/read_chronology.py",
    "hub/application/share_reports.py",
}
# The port names the calls and the adapter makes them; neither decides to.
DEFINED = {"hub/application/ports.py", "hub/adapters/event_store.py"}


def callers(text: str) -> bool:
    """Whether the text calls an opener, by name or by a string that holds the name."""
    nodes = tuple(ast.walk(ast.parse(text)))
    by_name = any(isinstance(node, ast.Attribute) and node.attr in OPENERS for node in nodes)
    return by_name or any(isinstance(node, ast.Constant) and node.value in OPENERS for node in nodes)


def test_only_the_named_use_cases_open_content() -> None:
    found = {
        source.path
        for source in all_sources()
        if not source.path.startswith(("tests/", "bench/")) and callers(source.text)
    }
    assert found - DEFINED == NAMED


def test_only_the_named_use_cases_open_it_shielded() -> None:
    sources = (one for one in all_sources() if not one.path.startswith(("tests/", "bench/")))
    found = {source.path for source in sources if "open_shielded(" in source.text}
    assert found - {"hub/application/open_shielded.py"} == SHIELDED


def test_a_new_opener_would_be_found() -> None:
    assert callers("store.open_reports(history, permit)")
    assert callers("getattr(store, 'open_signed')")
    assert not callers("store.read_history(person)")
