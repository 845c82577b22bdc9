"""Do working days leave out weekends and the bank holidays of England, and is the table what the Act's rules give?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from hub.domain.bank_holidays import ENGLAND, LAST_YEAR
from hub.domain.school_day import end_of_working_day

MONDAY, SATURDAY = 0, 5


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        (datetime(2026, 12, 24, 15, tzinfo=UTC), 1, datetime(2026, 12, 30, tzinfo=UTC)),  # 29 December, at its end
        (datetime(2026, 12, 23, 15, tzinfo=UTC), 2, datetime(2026, 12, 30, tzinfo=UTC)),
        (datetime(2026, 4, 2, 9, tzinfo=UTC), 1, datetime(2026, 4, 7, 23, tzinfo=UTC)),  # after Easter, in summer time
        (datetime(2026, 11, 20, 9, tzinfo=UTC), 1, datetime(2026, 11, 24, tzinfo=UTC)),
    ],
)
def test_what_is_due_in_working_days_waits_for_no_holiday(asked: datetime, days: int, due: datetime) -> None:
    assert end_of_working_day(asked, days) == due


@pytest.mark.parametrize("year", range(2025, LAST_YEAR + 1))
def test_the_table_is_what_the_rules_give(year: int) -> None:
    assert {day for day in ENGLAND if day.year == year} == set(by_rule(year))


def by_rule(year: int) -> Iterator[date]:
    """New Year, Good Friday, Easter Monday, three Mondays, Christmas, Boxing Day; a weekend moves to the next day."""
    easter = easter_sunday(year)
    yield next_working(date(year, 1, 1), frozenset())
    yield from (easter - timedelta(days=2), easter + timedelta(days=1))
    yield first_monday(date(year, 5, 1))
    yield from (first_monday(date(year, month, 25)) for month in (5, 8))
    christmas = next_working(date(year, 12, 25), frozenset({date(year, 12, 26)}))
    yield christmas
    yield next_working(date(year, 12, 26), frozenset({christmas}))


def next_working(day: date, taken: frozenset[date]) -> date:
    """The day, where it is a weekday; else the next one that is not taken."""
    if day.weekday() < SATURDAY:
        return day
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


def first_monday(day: date) -> date:
    """The first Monday from that day on."""
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def easter_sunday(year: int) -> date:
    """By the Gregorian rule (Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    ll = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * ll) // 451
    month, day = divmod(h + ll - 7 * m + 114, 31)
    return date(year, month, day + 1)
