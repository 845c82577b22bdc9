"""Does each of the 72 rows of the decision table come out as the register of law says? Run with -v to see them all."""

import pytest

from consent.decide import RULEBOOK, decide
from consent.finding import Effect, Finding
from tests.spec.decision_rows_bases import ROWS as FIRST
from tests.spec.decision_rows_people import ROWS as SECOND
from tests.support.decision_row import Expected, Row

ROWS = (*FIRST, *SECOND)
EFFECT = {
    Expected.ALLOW: Effect.GROUND,
    Expected.WARN: Effect.WARNING,
    Expected.FIX: Effect.FIX,
    Expected.STOP: Effect.BAR,
    Expected.TASK: Effect.WARNING,
}
RULES_OF_ROW = {rule.law.id: rule.law.rows for rule in RULEBOOK}


def _title(row: Row) -> str:
    return f"{row.id} {row.expected.value}: {row.when}"


def _as_expected(row: Row, finding: Finding) -> bool:
    return (
        row.id in RULES_OF_ROW[finding.rule]
        and finding.effect is EFFECT[row.expected]
        and row.law in finding.citation
        and (not row.propose or any(row.propose in way for way in finding.propose))
    )


@pytest.mark.parametrize("row", ROWS, ids=_title)
def test_a_row_of_the_decision_table(row: Row) -> None:
    outcome = decide(row.request, row.facts, settings=row.settings)
    said = [(each.rule, each.effect.value) for each in outcome.findings]
    assert any(_as_expected(row, each) for each in outcome.findings), said
    assert outcome.permitted is row.goes, said
    if row.expected in (Expected.ALLOW, Expected.WARN, Expected.TASK):
        assert not outcome.fixes, said
        assert not outcome.bars, said


def test_every_row_is_tried() -> None:
    assert {row.id for row in ROWS} == {f"D{number:02}" for number in range(1, 73)}


def test_every_row_has_a_rule() -> None:
    assert {row for rule in RULEBOOK for row in rule.law.rows} == {f"D{number:02}" for number in range(1, 73)}


def test_a_rule_that_is_taken_out_is_missed() -> None:
    """The table can fail: without the rule for a row, what the row expects is no longer found."""
    row = next(row for row in ROWS if row.id == "D02")
    rest = tuple(rule for rule in RULEBOOK if "D02" not in rule.law.rows)
    outcome = decide(row.request, row.facts, rest, row.settings)
    assert not any(each.rule == "recognised-interest-closed" for each in outcome.findings)
