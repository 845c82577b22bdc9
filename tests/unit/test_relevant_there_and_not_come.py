"""Is an agency that said it knows something relevant named until something of it has come since it was asked?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.events.requests import Answer
from contracts.vocabulary import Purpose
from hub.domain.requests import Request
from hub.domain.snapshot import snapshot
from tests.support.given import an_id
from tests.support.long_life import TODAY, Said
from tests.support.read_life import chronology_of

HOUSING = "urn:childhub:agency:housing"
ASKED = TODAY - timedelta(days=2)
BEFORE, SINCE = date(2026, 1, 5), TODAY.date()


def not_come(answer: Answer, *received: date) -> list[str]:
    """Who is named, where housing was asked two days ago, answered so and was heard on these days."""
    asked = Request(
        an_id("r"), an_id("robin"), HOUSING, "care", Purpose.SECTION_47, ("known",), ASKED, ASKED, answer,
        ASKED + timedelta(hours=1), "other_law", HOUSING,
    )  # fmt: skip
    entries = tuple(Said("housing", day, "Damp.") for day in received)
    shown = replace(chronology_of(entries, ()), requests=(asked,))
    return [one.source for one in snapshot(shown, TODAY.date()).not_come]


@pytest.mark.parametrize("received", [(), (BEFORE,)])
def test_what_is_known_there_is_said_not_to_have_come(received: tuple[date, ...]) -> None:
    assert not_come("known_relevant", *received) == [HOUSING]


@pytest.mark.parametrize(
    ("answer", "received"), [("known_relevant", (BEFORE, SINCE)), ("not_known", ()), ("cannot_share", (BEFORE,))]
)
def test_nobody_is_named_once_something_came_or_where_nothing_was_promised(
    answer: Answer, received: tuple[date, ...]
) -> None:
    assert not_come(answer, *received) == []
