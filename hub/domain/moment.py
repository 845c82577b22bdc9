"""Days and times as people in England mean them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_in_london(moment: datetime) -> date:
    """The calendar day in England at an instant (aware)."""
    return moment.astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The first instant (UTC) after that day in England."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON).astimezone(UTC)


def is_by(at: datetime, day: date | None) -> bool:
    """Whether the instant is not after the end of a day in England; of no day, always."""
    return day is None or day_in_london(at) <= day
