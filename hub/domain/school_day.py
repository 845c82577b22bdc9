"""When the next school day begins, and when an answer is due in working days; holidays are data, never guessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hub.domain.bank_holidays import ENGLAND
from hub.domain.moment import LONDON, day_in_london, end_of_day

_SATURDAY = 5
_LONGEST = 366


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The clock time in England at which a school day begins, and the days on which there is none besides weekends."""

    starts: time = time(8, 45)
    closed: frozenset[date] = frozenset()

    def is_school_day(self, day: date) -> bool:
        """Whether children are at school on that day."""
        return day.weekday() < _SATURDAY and day not in self.closed

    def next_start(self, moment: datetime) -> datetime:
        """The first start of a school day (UTC) after an instant. Raises ValueError when a year holds none."""
        day = day_in_london(moment)
        for _ in range(_LONGEST):
            start = datetime.combine(day, self.starts, tzinfo=LONDON).astimezone(UTC)
            if self.is_school_day(day) and start > moment:
                return start
            day += timedelta(days=1)
        raise ValueError("the calendar has no school day within a year")


def end_of_working_day(moment: datetime, working_days: int) -> datetime:
    """The end (UTC) of the working day that comes so many working days in England after the day of the instant."""
    day = day_in_london(moment)
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= _is_worked(day)
    return end_of_day(day)


def working_days_over(since: datetime, now: datetime) -> int:
    """How many working days in England have ended since an instant at which one ended; 0 before the next one has."""
    day, over = day_in_london(since), 0
    while end_of_day(day) <= now:
        over += _is_worked(day)
        day += timedelta(days=1)
    return over


def _is_worked(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in ENGLAND
