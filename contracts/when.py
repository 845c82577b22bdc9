"""Times as agencies know them: a value to a stated precision, never a guess."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Self

from pydantic import ValidationInfo, model_validator

from contracts.event import Shape, checked_before
from contracts.vocabulary import Precision

_SHAPES = {
    Precision.YEAR: r"[0-9]{4}",
    Precision.MONTH: r"[0-9]{4}-[0-9]{2}",
    Precision.DAY: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_CLOCK = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
_EARLIEST_YEAR, _LATEST_YEAR = 1880, 2100


class When(Shape):
    """A point in time, ISO 8601 to the precision given; `value` is None only when the precision is unknown.

    A clock time always carries its offset. `zone_assumed` says the sender gave none and Europe/London was assumed;
    `ambiguous` says it fell in the hour that happens twice in October.
    """

    value: str | None = None
    precision: Precision
    zone_assumed: bool = False
    ambiguous: bool = False

    @model_validator(mode="after")
    def _value_fits_precision(self, info: ValidationInfo) -> Self:
        if checked_before(info):
            return self
        if (self.value is None) != (self.precision is Precision.UNKNOWN):
            raise ValueError("a value is given exactly when the precision is known")
        if self.value is not None:
            if not re.fullmatch(_SHAPES.get(self.precision, _CLOCK), self.value):
                raise ValueError("the value is not of the shape of its precision")
            # Before the value is made a moment: next to year 1, an offset leads out of the calendar.
            if not _EARLIEST_YEAR <= int(self.value[:4]) <= _LATEST_YEAR:
                raise ValueError("the year is out of range")
            _moment(self.value)
        return self

    def earliest(self) -> datetime | None:
        """The first instant (UTC) that the value covers; None when unknown."""
        return None if self.value is None else _moment(self.value)

    def day(self) -> date | None:
        """The first day that the value covers, as its sender wrote it; None when unknown."""
        if self.value is None:
            return None
        return date.fromisoformat((self.value + "-01-01")[:10] if len(self.value) < 10 else self.value[:10])

    def is_after(self, moment: datetime, allowance: timedelta) -> bool:
        """Whether the value lies more than `allowance` after `moment`."""
        start = self.earliest()
        return start is not None and start > moment + allowance


def _moment(value: str) -> datetime:
    if "T" in value:
        return datetime.fromisoformat(value).astimezone(UTC)
    padded = (value + "-01-01")[:10]
    return datetime.fromisoformat(padded).replace(tzinfo=UTC)


def on_day(day: date) -> When:
    """That day, to the day."""
    return When(value=day.isoformat(), precision=Precision.DAY)


def at_moment(moment: datetime, precision: Precision = Precision.SECOND) -> When:
    """That instant (aware), to the second or minute, written in UTC."""
    return When(value=moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), precision=precision)


def unknown_time() -> When:
    """A time that nobody stated."""
    return When(precision=Precision.UNKNOWN)
