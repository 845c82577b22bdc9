"""Times as native forms write them, read to the precision given; one that cannot be read is refused, never guessed.

Clock times without a zone are taken as Europe/London and marked so; the rule is the Summer Time Order 2002: summer
time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
"""

import re
from datetime import date, datetime, timedelta

from pydantic import ValidationError

from agencies.formats.unsound import Unsound
from contracts.vocabulary import Precision
from contracts.when import When, unknown_time

_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_RULE_SINCE = 1996
_CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_JAVA = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) (BST|GMT|UTC) ([0-9]{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JAVA_ZONES = {"BST": "+01:00", "GMT": "+00:00", "UTC": "+00:00"}


def read_time(text: str) -> When:
    """The ISO 8601 year, month, day or clock time that `text` states. Raises Unsound `bad_date`.

    Midnight without a zone is how a plain date is often written out, so it is that day, to the day.
    """
    text = text.strip(" ")
    precision = _BY_LENGTH.get(len(text))
    if precision is not None:
        return _when(text, precision)
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise Unsound("bad_date")
    day, minute, second, fraction, zone = match.groups()
    if zone is None:
        return _without_zone(day, minute, second)
    shown = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    part = f".{fraction[:6]}" if fraction and second else ""
    return _when(f"{day}T{minute}{second or ''}{part}{shown}", Precision.SECOND if second else Precision.MINUTE)


def read_hmpps_time(text: str) -> When:
    """As `read_time`, and also the shapes of HMPPS: a zone name in brackets after the offset, and Java's own form.

    Raises Unsound `bad_date`.
    """
    match = _JAVA.fullmatch(text.strip(" "))
    if match is None:
        return read_time(re.sub(r"\[[A-Za-z_/+-]{1,40}\]$", "", text.strip(" ")))
    month, day, clock, zone, year = match.groups()
    if month not in _MONTHS:
        raise Unsound("bad_date")
    number = _MONTHS.index(month) + 1
    return _when(f"{year}-{number:02}-{day}T{clock}{_JAVA_ZONES[zone]}", Precision.SECOND)


def read_uk_time(text: str) -> When:
    """The day, or day and clock time in London, written DD/MM/YYYY [HH:MM[:SS]]. Raises Unsound `bad_date`."""
    match = re.fullmatch(r"([0-9]{2})/([0-9]{2})/([0-9]{4})(?: ([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?", text.strip(" "))
    if match is None:
        raise Unsound("bad_date")
    day, month, year, clock = match.groups()
    return read_time(f"{year}-{month}-{day}" + (f"T{clock}" if clock else ""))


def to_the_day(when: When) -> When:
    """The day of a clock time that stands at its own midnight, because the field holds a date; else unchanged."""
    if when.value is not None and re.match(r"[0-9-]{10}T00:00(:00(\.0+)?)?(Z|[+-])", when.value):
        return _when(when.value[:10], Precision.DAY)
    return when


def time_or_unknown(when: When | None) -> When:
    """The time, or that nobody stated it."""
    return unknown_time() if when is None else when


def _without_zone(day: str, minute: str, second: str | None) -> When:
    if minute == "00:00" and second in (None, ":00"):
        return _when(day, Precision.DAY)
    year = _when(day, Precision.DAY).earliest()
    if year is None or year.year < _RULE_SINCE:
        return _when(day, Precision.DAY, zone_assumed=True)
    offset, ambiguous = _london_offset(day, minute)
    precision = Precision.SECOND if second else Precision.MINUTE
    return _when(f"{day}T{minute}{second or ''}{offset}", precision, zone_assumed=True, ambiguous=ambiguous)


def _london_offset(day: str, minute: str) -> tuple[str, bool]:
    try:
        local = datetime.fromisoformat(f"{day}T{minute}")
    except ValueError:
        raise Unsound("bad_date") from None
    forward = _last_sunday(local.year, 3)
    back = _last_sunday(local.year, 10)
    if local.date() == forward and local.hour == 1:
        raise Unsound("bad_date")
    if local.date() == back and local.hour == 1:
        return "+01:00", True
    in_summer = (forward, 2) <= (local.date(), local.hour) < (back, 1)
    return ("+01:00" if in_summer else "+00:00"), False


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _when(value: str, precision: Precision, *, zone_assumed: bool = False, ambiguous: bool = False) -> When:
    try:
        return When(value=value, precision=precision, zone_assumed=zone_assumed, ambiguous=ambiguous)
    except (ValidationError, OverflowError):
        raise Unsound("bad_date") from None
