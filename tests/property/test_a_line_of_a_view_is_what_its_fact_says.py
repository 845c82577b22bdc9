"""Is a line that a view gives back the very line that its fact makes? Else a sound entry would be said to fail."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.event import Fact
from hub.adapters.fact_codes import CODES
from hub.domain.access_line import line_of
from hub.views.accesses import gather, line_from
from tests.support.facts import example, facts


def of_people(fact: Fact) -> bool:
    """Whether the fact makes a line of something that people did."""
    line = line_of(fact, 1)
    return line is not None and line.of_people


KINDS = tuple(kind for kind in CODES if of_people(example(kind)))


def test_there_are_such_facts() -> None:
    assert len(KINDS) > 6


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.TYPE)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_it_comes_back_as_it_went(kind: type[Fact], data: st.DataObject) -> None:
    fact = data.draw(facts(kind))
    line = line_of(fact, 7)
    if line is not None and line.of_people:
        row = next(row for row in gather(fact, 7, lambda key: None) if row.key == "at 7")
        assert line_from(json.loads(json.dumps(row.values))) == line
