"""When people looked at a child's record: a picture with days across and hours down, worked out before it is drawn.

Nights, evenings and weekends are shaded, so that a look at an odd hour stands out; so does one that waits for a review,
by its shape as well as its colour. Whatever it shows is in the table too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from hub.domain import words
from hub.domain.moment import LONDON, day_in_london

DAYS: Final = 90
OPENS, CLOSES = time(8), time(18)
LEFT, TOP, WIDTH, HEIGHT = 56, 8, 1000, 168
_BELOW = 26
_SATURDAY = 5
_NARROWEST = 70  # two names of days do not stand closer than this


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: when (UTC), what it says for those who do not see the picture, and whether it waits for a review."""

    at: datetime
    says: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded stretch."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a look stands."""

    x: float
    y: float
    says: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place."""

    x: float
    y: float
    text: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class LooksPicture:
    """The picture. `earlier`: how many looks were before its first day."""

    first: date
    bands: tuple[Band, ...]
    spots: tuple[Spot, ...]
    labels: tuple[Label, ...]
    earlier: int
    width: int = LEFT + WIDTH + 4
    height: int = TOP + HEIGHT + _BELOW


def picture_of(looks: Iterable[Seen], today: date) -> LooksPicture:
    """The looks of the last DAYS days, today included."""
    first = today - timedelta(days=DAYS - 1)
    every = tuple(looks)
    shown = [one for one in every if first <= day_in_london(one.at) <= today]
    ordered = sorted(shown, key=lambda one: one.waits)  # those that wait are drawn last, over the others
    spots = tuple(Spot(_x(one.at, first), _y(_clock(one.at)), one.says, one.waits) for one in ordered)
    earlier = sum(day_in_london(one.at) < first for one in every)
    return LooksPicture(first, _bands(first), spots, (*_hours(), *_days(first)), earlier)


def _bands(first: date) -> tuple[Band, ...]:
    step = WIDTH / DAYS
    free = (first + timedelta(days=number) for number in range(DAYS))
    weekend = [number for number, day in enumerate(free) if day.weekday() >= _SATURDAY]
    open_y, close_y = _y(OPENS), _y(CLOSES)
    tall = round(close_y - open_y, 1)
    return (
        Band(LEFT, TOP, WIDTH, round(open_y - TOP, 1)),
        Band(LEFT, close_y, WIDTH, round(TOP + HEIGHT - close_y, 1)),
        *(Band(round(LEFT + number * step, 1), open_y, round(step, 1), tall) for number in weekend),
    )


def _hours() -> tuple[Label, ...]:
    return tuple(Label(LEFT - 8, _y(hour) + 4, f"{hour.hour:02}:00", end=True) for hour in (OPENS, CLOSES))


def _days(first: date) -> tuple[Label, ...]:
    """The first day, today, and the first day of each month for which there is room between them."""
    base = TOP + HEIGHT + 18
    found = [Label(LEFT, base, _short(first))]
    for number in range(DAYS):
        day = first + timedelta(days=number)
        x = round(LEFT + number * WIDTH / DAYS, 1)
        if day.day == 1 and x - found[-1].x >= _NARROWEST and LEFT + WIDTH - x >= _NARROWEST:
            found.append(Label(x, base, _short(day)))
    return (*found, Label(LEFT + WIDTH, base, "Today", end=True))


def _x(at: datetime, first: date) -> float:
    """The middle of the day on which it was."""
    return round(LEFT + ((day_in_london(at) - first).days + 0.5) * WIDTH / DAYS, 1)


def _y(clock: time) -> float:
    return round(TOP + (clock.hour * 60 + clock.minute) / (24 * 60) * HEIGHT, 1)


def _clock(at: datetime) -> time:
    return at.astimezone(LONDON).time()


def _short(day: date) -> str:
    number, month, _ = words.day(day).split()
    return f"{number} {month[:3]}"
