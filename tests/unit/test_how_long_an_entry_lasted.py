"""Is one day said once, is a day with a time never said twice, and is how a time was read nothing to notice?"""

from dataclasses import replace
from datetime import date

import pytest

from contracts.events.hub import Mark
from contracts.vocabulary import Precision
from contracts.when import When, on_day, unknown_time
from hub.domain import words
from hub.domain.snapshot import snapshot
from hub.web.entry_line import notice
from hub.web.entry_parts import head, tags, versions
from hub.web.paper.rows import when
from tests.support.long_life import TODAY, Said
from tests.support.read_life import chronology_of, entries_of

DAY, NEXT = on_day(date(2025, 7, 12)), on_day(date(2025, 7, 13))
TEN, ELEVEN, LATER = (
    When(value=value, precision=Precision.MINUTE)
    for value in ("2025-07-12T10:20+01:00", "2025-07-12T11:05+01:00", "2025-07-13T00:10+01:00")
)


@pytest.mark.parametrize(("start", "end", "said"), [
    (DAY, None, "12 July 2025"),
    (DAY, DAY, "12 July 2025"),
    (DAY, NEXT, "12 July 2025 to 13 July 2025"),
    (TEN, TEN, "12 July 2025, 10:20"),
    (TEN, ELEVEN, "12 July 2025, 10:20 to 11:05"),
    (TEN, LATER, "12 July 2025, 10:20 to 13 July 2025, 00:10"),
    (DAY, ELEVEN, "12 July 2025, until 11:05"),
    (TEN, unknown_time(), "12 July 2025, 10:20 to Not known when"),
])  # fmt: skip
def test_from_when_to_when(start: When, end: When | None, said: str) -> None:
    assert words.lasted(start, end) == said


def test_page_and_paper_say_one_day_once() -> None:
    shown = chronology_of((Said("housing", date(2025, 7, 12), "Noise."),))
    (entry,) = (replace(one, ended=DAY) for one in shown.entries)
    of = snapshot(replace(shown, entries=(entry,)), TODAY.date())
    assert [head(entry, of).when, versions(entry, of)[0].when, when(entry)] == ["12 July 2025"] * 3


def test_how_a_time_was_read_is_said_and_is_nothing_to_notice() -> None:
    (entry,) = entries_of((Said("housing", date(2025, 7, 12), "Noise."),))
    marked = replace(entry, marks=(Mark(code="zone_assumed"), Mark(code="received_late")))
    assert tags(marked)[:2] == (
        (False, "Its time is taken as time in England: the agency gave no time zone"),
        (True, "Received more than 30 days after it happened"),
    )
    assert notice(marked) == ("Received more than 30 days after it happened",)
