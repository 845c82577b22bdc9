"""Is the version of a view raised when it makes other rows of the same fact? Rows kept before are not made anew."""

import dataclasses
from collections.abc import Callable

import pytest

from contracts.event import Fact
from hub.domain.access_line import line_of
from hub.views.accesses import ACCESSES, gather
from hub.views.all_views import VIEWS
from hub.views.view import Read, ViewRow
from tests.support.view_shapes import Made, made, recorded

Rows = Callable[[Fact, int, Read], tuple[ViewRow, ...]]
RAISE_IT = (
    "This view makes other rows of a fact than were recorded under its version. The rows that hubs keep stay as they "
    "are until the version is raised, and where they are proved they fail: raise it, and then write it down"
)
WRITE_IT = "Not recorded yet. Write it down: python -m tests.support.view_shapes"
LINE = "access.decided.v1"


def amiss(now: Made, before: Made) -> tuple[tuple[str, str], ...]:
    """What is to be done, and for which view or example."""
    names = {*now.examples, *before.examples}
    told = [(name, WRITE_IT) for name in names if now.examples.get(name) != before.examples.get(name)]
    told += [(view, WRITE_IT) for view, version in now.versions.items() if before.versions.get(view) != version]
    told += [(view, WRITE_IT) for view in before.versions.keys() - now.versions.keys()]
    for view in now.versions.keys() & before.versions.keys():
        new, old = now.rows[view], before.rows[view]
        same = [name for name in names if now.examples.get(name) == before.examples.get(name)]
        if now.versions[view] == before.versions[view] and any(new.get(name) != old.get(name) for name in same):
            told.append((view, RAISE_IT))
    return tuple(sorted(told))


def test_every_view_makes_of_the_examples_what_is_recorded_under_its_version() -> None:
    assert amiss(made(), recorded()) == ()


def otherwise(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """Rows that show one thing more."""
    return tuple(ViewRow(row.key, {**row.values, "more": 1}) for row in gather(fact, position, read))


def fewer(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """Rows of which one kind is missing."""
    line = line_of(fact, position)
    return () if line is not None and line.kind == "sign_in" else gather(fact, position, read)


def with_other(rows: Rows) -> Made:
    """What the views make of the examples where the view of accesses makes these rows."""
    other = dataclasses.replace(ACCESSES, gather=rows)
    return made(tuple(other if one is ACCESSES else one for one in VIEWS))


@pytest.mark.parametrize("rows", [otherwise, fewer], ids=lambda one: one.__name__)
def test_other_lines_under_the_same_version_are_caught(rows: Rows) -> None:
    assert amiss(with_other(rows), recorded()) == ((ACCESSES.name, RAISE_IT),)


def test_under_a_higher_version_they_are_to_be_written_down() -> None:
    raised = dataclasses.replace(ACCESSES, version=ACCESSES.version + 1, gather=otherwise)
    now = made((raised,))
    before = recorded()
    alone = Made(before.examples, {raised.name: ACCESSES.version}, {raised.name: before.rows[raised.name]})
    assert amiss(now, alone) == ((ACCESSES.name, WRITE_IT),)
    assert amiss(now, alone.with_new(now)) == ()


def test_writing_down_changes_nothing_that_is_recorded_under_the_same_version() -> None:
    before = recorded()
    assert before.with_new(with_other(otherwise)) == before


def test_an_example_that_is_new_is_to_be_written_down() -> None:
    before = recorded()
    without = Made(
        {name: digest for name, digest in before.examples.items() if name != LINE},
        before.versions,
        {view: {name: row for name, row in rows.items() if name != LINE} for view, rows in before.rows.items()},
    )
    assert amiss(made(), without) == ((LINE, WRITE_IT),)
    assert amiss(made(), without.with_new(made())) == ()
