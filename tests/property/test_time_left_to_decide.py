"""Is the time left what a clock on the wall in England would count, over holidays and when the clocks change?"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.bank_holidays import ENGLAND
from hub.domain.clocks import ONE_WORKING_DAY, Hours, Limit, due, time_left
from hub.domain.moment import LONDON

SLOT = timedelta(minutes=15)
# Each begins before something that bends a clock: both changes of 2026, Easter, Christmas, and an ordinary week.
ABOUT = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 26), (4, 1), (6, 15), (10, 22), (12, 22))]
MOMENTS = st.builds(lambda start, slots: start + slots * SLOT, st.sampled_from(ABOUT), st.integers(0, 4 * 24 * 6))
QUARTERS = st.integers(0, 95).map(lambda one: time(one // 4, one % 4 * 15))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
HOURS = st.builds(
    lambda ends, days, closed: Hours(min(ends), max(ends), days, closed),
    st.tuples(QUARTERS, QUARTERS).filter(lambda ends: ends[0] < ends[1]),
    DAYS,
    st.sampled_from([ENGLAND, frozenset[date](), ENGLAND | {date(2026, 6, 16)}]),
) | st.builds(lambda days: Hours(days=days), DAYS)
LIMITS = st.builds(Limit, st.integers(1, 30), st.just("hours"), st.booleans()) | st.builds(
    Limit, st.integers(1, 5), st.just("working_days")
)


def works(hours: Hours, moment: datetime) -> bool:
    """Whether somebody works in the quarter of an hour from then on, as the clock on the wall says."""
    wall = moment.astimezone(LONDON)
    open_day = wall.weekday() in hours.days and wall.date() not in hours.closed
    return open_day and hours.opens <= wall.time() and (hours.closes is None or wall.time() < hours.closes)


def counted(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """How long somebody works between the two, a quarter of an hour at a time."""
    slots = max(0, (until - since) // SLOT)
    return SLOT * sum(works(hours, since + slot * SLOT) for slot in range(slots))


@given(HOURS, MOMENTS, st.integers(0, 4 * 24 * 8))
def test_hours_worked_are_those_on_the_wall(hours: Hours, since: datetime, slots: int) -> None:
    until = since + slots * SLOT
    assert hours.between(since, until) == counted(hours, since, until)


@given(HOURS, MOMENTS, st.integers(1, 12))
def test_hours_stand_still_while_nobody_works(hours: Hours, since: datetime, number: int) -> None:
    by = due(hours, Limit(number, "hours"), since)
    assert hours.between(since, by) == timedelta(hours=number)
    assert hours.between(since, by - SLOT) < timedelta(hours=number)


@given(HOURS, MOMENTS, st.integers(1, 72))
def test_what_runs_past_closing_runs_by_the_hour_though_the_clocks_change(
    hours: Hours, since: datetime, number: int
) -> None:
    assert due(hours, Limit(number, "hours", runs_on=True), since) - since == timedelta(hours=number)


@given(HOURS, MOMENTS, st.integers(1, 5))
def test_a_working_day_later_is_the_same_time_on_the_wall(hours: Hours, since: datetime, number: int) -> None:
    by, start = due(hours, Limit(number, "working_days"), since), since.astimezone(LONDON)
    if not works(hours, since) or (hours.on(start.date()) or (None,))[0] == since:
        opened = hours.next_open(since).astimezone(LONDON).date()
        sessions = (hours.on(opened + timedelta(days=one)) for one in range(70))
        assert by == [one[1] for one in sessions if one is not None][number - 1]  # out of hours: whole days
        return
    days = (start.date() + timedelta(days=one) for one in range(1, (by.astimezone(LONDON).date() - start.date()).days))
    assert sum(hours.on(day) is not None for day in days) == number - 1
    assert hours.on(by.astimezone(LONDON).date()) is not None
    # At night the clocks may jump over that very time.
    assert by.astimezone(LONDON).time() == start.time() or start.time() < time(2, 0)


@given(HOURS, LIMITS, MOMENTS, st.integers(0, 4 * 24 * 10))
def test_time_left_only_runs_down_and_what_is_late_stays_late(
    hours: Hours, limit: Limit, since: datetime, slots: int
) -> None:
    now = since + slots * SLOT
    then, later = time_left(hours, limit, since, now), time_left(hours, limit, since, now + SLOT)
    assert then.due == later.due >= since
    assert later.left <= then.left <= then.of
    assert then.is_late == (now > then.due)
    assert then.late == max(timedelta(0), now - then.due)
    assert not (then.left and then.is_late)
    assert (then.left == timedelta(0)) == (now >= then.due)


@given(HOURS, LIMITS, MOMENTS, st.integers(0, 4 * 24 * 10))
def test_a_clock_that_stands_still_says_when_it_goes_on(
    hours: Hours, limit: Limit, since: datetime, slots: int
) -> None:
    now = since + slots * SLOT
    found = time_left(hours, limit, since, now)
    if found.goes_on is None:
        assert limit.runs_on or works(hours, now) or now >= found.due
    else:
        assert not limit.runs_on
        assert counted(hours, now, found.goes_on) == timedelta(0)
        assert works(hours, found.goes_on)


@pytest.mark.parametrize(
    ("hours", "since", "by"),
    [
        (Hours(), "2026-11-20 15:00", "2026-11-23 15:00"),  # Friday to Monday
        (Hours(), "2026-11-21 10:00", "2026-11-24 00:00"),  # what came on Saturday has the whole of Monday
        (Hours(), "2026-12-24 15:00", "2026-12-29 15:00"),  # Christmas, a weekend, and the substitute day
        (Hours(time(8, 30), time(17)), "2026-11-20 18:00", "2026-11-23 17:00"),  # after hours: all of Monday
        (Hours(time(8, 30), time(17)), "2026-11-23 08:30", "2026-11-23 17:00"),
        (Hours(time(8, 30), time(17)), "2026-10-23 16:00", "2026-10-26 16:00"),  # the clocks go back on the 25th
        (Hours(time(8, 30), time(17)), "2026-03-27 16:00", "2026-03-30 16:00"),  # and forward on 29 March
    ],
)
def test_one_working_day_is_what_people_at_a_mash_mean(hours: Hours, since: str, by: str) -> None:
    began = datetime.fromisoformat(since).replace(tzinfo=LONDON).astimezone(UTC)
    assert f"{due(hours, ONE_WORKING_DAY, began).astimezone(LONDON):%Y-%m-%d %H:%M}" == by
