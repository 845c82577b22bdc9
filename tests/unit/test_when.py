"""Is a time kept to the precision that its sender knew, and is nothing guessed?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from contracts.vocabulary import Precision
from contracts.when import When, at_moment, on_day, unknown_time

GOOD = (
    ("2025", Precision.YEAR, datetime(2025, 1, 1, tzinfo=UTC)),
    ("2025-10", Precision.MONTH, datetime(2025, 10, 1, tzinfo=UTC)),
    ("2025-10-14", Precision.DAY, datetime(2025, 10, 14, tzinfo=UTC)),
    ("2025-10-14T09:40+01:00", Precision.MINUTE, datetime(2025, 10, 14, 8, 40, tzinfo=UTC)),
    ("2025-10-14T09:40:31Z", Precision.SECOND, datetime(2025, 10, 14, 9, 40, 31, tzinfo=UTC)),
    ("2025-10-14T09:40:31.5-05:00", Precision.SECOND, datetime(2025, 10, 14, 14, 40, 31, 500_000, tzinfo=UTC)),
    ("2024-02-29", Precision.DAY, datetime(2024, 2, 29, tzinfo=UTC)),
)
BAD = (
    ("2025-10-14T09:40", Precision.MINUTE),  # no zone: never guessed
    ("2025-10-14T25:61:00Z", Precision.SECOND),
    ("2025-02-29", Precision.DAY),
    ("2025-13", Precision.MONTH),
    ("2025-10-14", Precision.MONTH),
    ("2025-10", Precision.DAY),
    ("2025-10-14", Precision.SECOND),
    ("0001-01-01", Precision.DAY),
    ("0001-01-01T00:00:00+14:00", Precision.SECOND),  # a minute earlier than the calendar begins
    ("9999-12-31T23:59:59-12:00", Precision.SECOND),
    ("1879-12-31", Precision.DAY),
    ("2101-01-01", Precision.DAY),
    ("2025-10-14T09:40:31+24:00", Precision.SECOND),
    ("２０２５-10-14", Precision.DAY),
    ("2025-10-14\n", Precision.DAY),
    ("14/10/2025", Precision.DAY),
    ("yesterday", Precision.DAY),
    ("", Precision.DAY),
    ("2025", Precision.UNKNOWN),
    (None, Precision.DAY),
)


@pytest.mark.parametrize(("value", "precision", "earliest"), GOOD)
def test_a_time_is_kept_as_its_sender_wrote_it(value: str, precision: Precision, earliest: datetime) -> None:
    when = When(value=value, precision=precision)
    assert when.value == value
    assert when.earliest() == earliest


@pytest.mark.parametrize(("value", "precision"), BAD)
def test_a_time_that_does_not_fit_its_precision_is_refused(value: str | None, precision: Precision) -> None:
    with pytest.raises(ValidationError) as refused:
        When(value=value, precision=precision)
    if value is not None and len(value) > 4:
        assert value not in str(refused.value)


def test_the_day_is_the_senders_own() -> None:
    assert When(value="2025-10-14T00:20:00+01:00", precision=Precision.MINUTE).day() == date(2025, 10, 14)
    assert When(value="2025-10", precision=Precision.MONTH).day() == date(2025, 10, 1)
    assert When(value="2025", precision=Precision.YEAR).day() == date(2025, 1, 1)


def test_not_known_is_said_and_is_never_after_anything() -> None:
    when = unknown_time()
    assert (when.earliest(), when.day()) == (None, None)
    assert not when.is_after(datetime(1990, 1, 1, tzinfo=UTC), timedelta(0))


def test_five_minutes_ahead_are_allowed_and_six_are_not() -> None:
    now = datetime(2025, 10, 14, 9, 0, tzinfo=UTC)
    assert not at_moment(now + timedelta(minutes=5)).is_after(now, timedelta(minutes=5))
    assert at_moment(now + timedelta(minutes=6)).is_after(now, timedelta(minutes=5))


def test_a_moment_is_written_in_utc() -> None:
    local = datetime.fromisoformat("2025-10-26T01:30:00+01:00")
    assert at_moment(local).value == "2025-10-26T00:30:00Z"
    assert on_day(date(2025, 10, 26)) == When(value="2025-10-26", precision=Precision.DAY)
