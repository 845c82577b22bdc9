"""Linear time: which days the picture spans, where each falls, and where the grid lines are."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

PLOT = 1108
AFTER_TODAY = 30
_DAYS_OF_YEAR = 365.25


class Window(Enum):
    """How far back the picture looks: the code on the form, in words, months (0: thirty days)."""

    THREE_YEARS = ("36", "3 years", 36)
    TWELVE_MONTHS = ("12", "12 months", 12)
    SIX_MONTHS = ("6", "6 months", 6)
    THIRTY_DAYS = ("1", "30 days", 0)

    @property
    def code(self) -> str:
        """What the form sends."""
        return self.value[0]

    @property
    def words(self) -> str:
        """What the button says."""
        return self.value[1]


def window_of(code: str) -> Window:
    """The window that a form asks for; three years where it asks for none."""
    return next((one for one in Window if one.code == code), Window.THREE_YEARS)


@dataclass(frozen=True, slots=True)
class Tick:
    """A grid line, with the words above it; `strong` where a year begins."""

    x: float
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The first and last day drawn; the last stands AFTER_TODAY before the right edge."""

    start: date
    end: date

    def x(self, day: date) -> float:
        """Where a day falls, within the picture."""
        whole = max((self.end - self.start).days, 1)
        at = (day - self.start).days / whole * (PLOT - AFTER_TODAY)
        return round(min(max(at, 0), PLOT - 4), 1)

    def holds(self, day: date) -> bool:
        """Whether the day is not before the picture begins; what is dated after its end is drawn at its end."""
        return day >= self.start

    @property
    def month(self) -> float:
        """The width of a month."""
        return (PLOT - AFTER_TODAY) / max((self.end - self.start).days, 1) * _DAYS_OF_YEAR / 12


def scale(window: Window, end: date) -> Scale:
    """The days that a window spans, up to and with `end`."""
    months = window.value[2]
    if not months:
        return Scale(end - timedelta(days=30), end)
    return Scale(_months_before(end, months), end)


def ticks(of: Scale) -> tuple[Tick, ...]:
    """A line at each quarter over years, at each month over months, at each week over thirty days."""
    days = (of.end - of.start).days
    if days <= 31:
        mondays = (of.start + timedelta(days=one) for one in range(days + 1))
        return tuple(
            Tick(of.x(day), f"{day.day} {_SHORT[day.month - 1]}", False) for day in mondays if day.weekday() == 0
        )
    step = 3 if days > 800 else 1
    firsts = (date(year, month, 1) for year in range(of.start.year, of.end.year + 1) for month in range(1, 13, step))
    return tuple(
        Tick(of.x(day), str(day.year) if day.month == 1 else _SHORT[day.month - 1], day.month == 1)
        for day in firsts
        if of.start <= day <= of.end
    )


_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _months_before(day: date, months: int) -> date:
    """The same day that many months earlier; the 28th where the month has no such day."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, min(day.day, 28))
