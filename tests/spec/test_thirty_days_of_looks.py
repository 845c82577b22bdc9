"""Is every planted misuse found among twenty thousand ordinary looks, and is nearly nobody else asked about?"""

import sys

import pytest

from hub.domain.explained import Unexplained, unexplained
from hub.domain.explained_rules import CODES, RULES, rules_but
from tests.support.thirty_days import ORDINARY, Month, a_month

MOST_OTHERS = 20
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def month(request: pytest.FixtureRequest) -> Month:
    return a_month(int(request.param))


@pytest.fixture(scope="module")
def found(month: Month) -> tuple[Unexplained, ...]:
    return unexplained(month.known(), RULES)


@pytest.mark.slow
def test_all_that_was_planted_is_found_for_its_own_reason_and_few_others_are(
    month: Month, found: tuple[Unexplained, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    reasons = {one.look.decision_id: {rule.code for rule in one.reasons} for one in found}
    others = [one for one in found if one.look.decision_id not in month.planted]
    hits = [planted for planted, kind in month.planted.items() if kind in reasons.get(planted, set())]
    of = f"{len(hits)} of {len(month.planted)} planted"
    with capsys.disabled():
        sys.stdout.write(f"\n  thirty days, {len(month.looks)} looks: {of} found; {len(others)} others asked about\n")
    assert len(month.looks) >= ORDINARY
    assert set(month.planted.values()) == CODES
    assert len(hits) == len(month.planted)
    assert len(others) <= MOST_OTHERS


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(CODES))
def test_each_rule_finds_something_that_it_alone_would_give_as_the_reason(month: Month, code: str) -> None:
    without = {
        (one.look.decision_id, rule.code)
        for one in unexplained(month.known(), rules_but(frozenset({code})))
        for rule in one.reasons
    }
    planted = [decision for decision, kind in month.planted.items() if kind == code]
    assert planted
    assert not any((decision, code) in without for decision in planted)
