"""Is every rule file whole: in the rulebook, named for its id, cited, dated, one function, examples both ways?"""

import ast
import inspect
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from consent import rules
from consent.decide import RULEBOOK, decide
from consent.finding import Effect, Question
from consent.packs import LawSettings, boundaries
from consent.request import Act
from consent.rule import Example, OfItem, OfRequest, Rule

FOLDER = Path(inspect.getfile(rules)).parent
FILES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
EXAMPLES = [(rule, example) for rule in RULEBOOK for example in rule.file.EXAMPLES]


def _id(rule: Rule) -> str:
    return rule.law.id


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.law.id}: {example.name}" for rule, example in EXAMPLES]
)
def test_an_example_comes_out_as_it_says(rule: Rule, example: Example) -> None:
    outcome = decide(example.request, example.facts, settings=example.settings)
    assert (rule.law.id in {each.rule for each in outcome.findings}) is example.applies


def test_every_rule_file_is_in_the_rulebook_once() -> None:
    assert sorted(rule.law.id.replace("-", "_") for rule in RULEBOOK) == FILES


@pytest.mark.parametrize("rule", RULEBOOK, ids=_id)
def test_a_rule_is_named_for_its_file_and_fully_cited(rule: Rule) -> None:
    assert isinstance(rule.file, ModuleType)
    assert rule.file.__name__ == f"consent.rules.{rule.law.id.replace('-', '_')}"
    assert rule.law.title
    assert rule.law.citation
    assert rule.law.verified_by
    assert rule.law.acts


@pytest.mark.parametrize("rule", RULEBOOK, ids=_id)
def test_a_rule_has_an_example_that_applies_and_one_that_does_not(rule: Rule) -> None:
    assert {example.applies for example in rule.file.EXAMPLES} == {True, False}


@pytest.mark.parametrize("name", FILES)
def test_a_rule_file_has_one_function(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef)] == ["judge"]


@pytest.mark.parametrize("rule", RULEBOOK, ids=_id)
def test_a_rule_begins_and_ends_only_where_a_pack_changes(rule: Rule) -> None:
    changes = boundaries(LawSettings())
    assert rule.law.valid_from in changes
    if rule.law.valid_to is not None:
        assert date.fromordinal(rule.law.valid_to.toordinal() + 1) in changes


@pytest.mark.parametrize("rule", [rule for rule in RULEBOOK if Act.HOLD in rule.law.acts], ids=_id)
def test_no_rule_can_refuse_to_hold(rule: Rule) -> None:
    assert rule.law.effect is not Effect.BAR
    assert not isinstance(rule, OfRequest)


@pytest.mark.parametrize("rule", [rule for rule in RULEBOOK if Act.READ in rule.law.acts], ids=_id)
def test_a_rule_of_reading_is_about_the_reader_or_about_restricted_content(rule: Rule) -> None:
    """`decide` relies on it: in reading, items that are not restricted are not asked about one by one."""
    if isinstance(rule, OfItem):
        assert rule.law.question is Question.CONTENT
    else:
        assert isinstance(rule, OfRequest)
        assert rule.law.question is Question.ACCESS


@pytest.mark.parametrize("rule", RULEBOOK, ids=_id)
def test_only_a_warning_can_hold_by_default(rule: Rule) -> None:
    assert not rule.law.holds or rule.law.effect is Effect.WARNING


@pytest.mark.parametrize("rule", [rule for rule in RULEBOOK if rule.law.effect is Effect.BAR], ids=_id)
def test_only_restricted_kinds_hold_back_an_item_that_is_to_be_shared(rule: Rule) -> None:
    if isinstance(rule, OfItem) and Act.SHARE in rule.law.acts:
        assert set(rule.law.rows) & {"D42", "D43", "D44", "D45", "D46"}
