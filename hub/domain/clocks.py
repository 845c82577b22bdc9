"""How long is left until the first decision on an enquiry, in the hours in which the MASH works; rules are data.

Source of the limit where an area sets none: Working Together to Safeguard Children (statutory guidance), a decision on
what comes next within one working day of a referral. What one area's clocks are is that area's own choice.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from hub.domain.bank_holidays import ENGLAND
from hub.domain.moment import LONDON, day_in_london, end_of_day

_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Hours:
    """When the MASH works, by the clock in England: from when to when (None: to midnight), and on which days.

    `days` are of the week, Monday is 0; `closed` are days on which nobody works, bank holidays among them.
    """

    opens: time = time(0)
    closes: time | None = None
    days: frozenset[int] = frozenset(range(5))
    closed: frozenset[date] = ENGLAND

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when (UTC) somebody works on that day; None where nobody does."""
        if day.weekday() not in self.days or day in self.closed:
            return None
        ends = end_of_day(day) if self.closes is None else _at(day, self.closes)
        return _at(day, self.opens), ends

    def next_open(self, moment: datetime) -> datetime:
        """The first instant (UTC), from this one on, at which somebody works."""
        begins, _ = self._session(moment)
        return max(begins, moment)

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody works at that instant."""
        return self._session(moment)[0] <= moment

    def after(self, moment: datetime, worked: timedelta) -> datetime:
        """The instant (UTC) by which so much has been worked since another."""
        begins, ends = self._session(moment)
        at = max(begins, moment)
        while worked > ends - at:
            worked -= ends - at
            at, ends = self._session(ends)
        return at + worked

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How long somebody works between two instants; nothing, where the second is not after the first."""
        found, day = _NOTHING, day_in_london(since)
        while day <= day_in_london(until):
            if session := self.on(day):
                found += max(_NOTHING, min(session[1], until) - max(session[0], since))
            day += _DAY
        return found

    def days_on(self, moment: datetime, number: int) -> datetime:
        """The same clock time so many working days later (UTC).

        What comes out of hours has whole days from the next opening on: until the last of them closes.
        """
        begins, ends = self._session(moment)
        day = day_in_london(begins)
        left = number - (moment <= begins)
        while left:
            day += _DAY
            if session := self.on(day):
                left, ends = left - 1, session[1]
        return ends if moment <= begins else _at(day, moment.astimezone(LONDON).time())

    def _session(self, moment: datetime) -> tuple[datetime, datetime]:
        """The first that ends after an instant."""
        day = day_in_london(moment)
        while (session := self.on(day)) is None or session[1] <= moment:
            day += _DAY
        return session


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time there is: hours, or the same time so many working days later.

    `runs_on`: hours count when nobody works too; else they stand still from closing to opening.
    """

    number: int
    unit: Literal["hours", "working_days"]
    runs_on: bool = False


ONE_WORKING_DAY: Final = Limit(1, "working_days")


@dataclass(frozen=True, slots=True)
class Rating:
    """What an area calls an enquiry that is as pressing as this, and how much time there is for the first decision."""

    name: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Clocks:
    """An area's ratings, the most pressing first, and its hours; `unrated` holds for an enquiry that has no rating.

    `is_set`: the area has said so; else it is what the guidance says.
    """

    hours: Hours = field(default_factory=Hours)
    ratings: tuple[Rating, ...] = ()
    unrated: Limit = ONE_WORKING_DAY
    is_set: bool = False

    def limit(self, rating: str) -> Limit:
        """How much time there is with that rating; one that is no rating here any more is none."""
        return next((one.limit for one in self.ratings if one.name == rating), self.unrated)


AS_GUIDED: Final = Clocks()


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """By when (UTC), how long that is from now, and since when it is late; `of` is how much time there was in all.

    `left` is of the time that counts, nothing once it is late; `late` is all the time since, worked or not. Where the
    clock stands still, `goes_on` says until when.
    """

    due: datetime
    of: timedelta
    left: timedelta
    late: timedelta
    goes_on: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Whether the time is over."""
        return self.late > _NOTHING


def due(hours: Hours, limit: Limit, since: datetime) -> datetime:
    """By when (UTC) the first decision on an enquiry that began then has to be made."""
    if limit.unit == "working_days":
        return hours.days_on(since, limit.number)
    time_given = timedelta(hours=limit.number)
    return since + time_given if limit.runs_on else hours.after(since, time_given)


def time_left(hours: Hours, limit: Limit, since: datetime, now: datetime) -> TimeLeft:
    """How it stands now with the first decision on an enquiry that began then."""
    by = due(hours, limit, since)
    if limit.runs_on:
        return TimeLeft(by, by - since, max(_NOTHING, by - now), max(_NOTHING, now - by))
    stands = now < by and not hours.is_open(now)
    goes_on = hours.next_open(now) if stands else None
    return TimeLeft(by, hours.between(since, by), hours.between(now, by), max(_NOTHING, now - by), goes_on)


def _at(day: date, clock: time) -> datetime:
    """That time by the clock in England: the first of two, where the clock goes back over it."""
    return datetime.combine(day, clock, tzinfo=LONDON).astimezone(UTC)
