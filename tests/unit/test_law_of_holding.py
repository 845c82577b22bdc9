"""What is wrong with a basis hangs neither on which report it is nor on when the matter happened."""

import ast
from pathlib import Path

import pytest

from tests.support.places import REPO

RULES = sorted((REPO / "consent" / "rules").glob("*.py"))


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.stem))
def test_no_rule_asks_which_item_it_is_or_when_it_happened(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not asked & {"item_id", "happened"}
