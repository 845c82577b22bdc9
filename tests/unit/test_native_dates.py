"""Is every written time read to the precision given, or refused, and a zone assumed only in the open?"""

import pytest

from agencies.formats.dates import read_time, read_uk_time, to_the_day
from agencies.formats.unsound import Unsound
from contracts.vocabulary import Precision


@pytest.mark.parametrize(
    ("text", "value", "precision", "assumed"),
    [
        ("2026", "2026", Precision.YEAR, False),
        ("2026-02", "2026-02", Precision.MONTH, False),
        ("2026-02-03", "2026-02-03", Precision.DAY, False),
        ("2026-02-03T00:00:00", "2026-02-03", Precision.DAY, False),
        ("2026-02-03T09:15", "2026-02-03T09:15+00:00", Precision.MINUTE, True),
        ("2026-07-03 09:15:30", "2026-07-03T09:15:30+01:00", Precision.SECOND, True),
        ("2026-07-03T09:15:30.1234567Z", "2026-07-03T09:15:30.123456Z", Precision.SECOND, False),
        ("2026-07-03T09:15:30+0100", "2026-07-03T09:15:30+01:00", Precision.SECOND, False),
        ("1990-07-03T09:15:30", "1990-07-03", Precision.DAY, True),
    ],
)
def test_a_time_is_read_as_precisely_as_it_is_written(
    text: str, value: str, precision: Precision, assumed: bool
) -> None:
    when = read_time(text)
    assert (when.value, when.precision, when.zone_assumed) == (value, precision, assumed)


@pytest.mark.parametrize(
    ("text", "offset", "ambiguous"),
    [
        ("2026-03-29T00:59", "+00:00", False),
        ("2026-03-29T02:00", "+01:00", False),
        ("2026-10-25T00:59", "+01:00", False),
        ("2026-10-25T01:00", "+01:00", True),
        ("2026-10-25T01:59", "+01:00", True),
        ("2026-10-25T02:00", "+00:00", False),
    ],
)
def test_summer_time_turns_on_the_last_sundays(text: str, offset: str, ambiguous: bool) -> None:
    when = read_time(text)
    assert when.value is not None
    assert (when.value[-6:], when.ambiguous) == (offset, ambiguous)


@pytest.mark.parametrize(
    "text",
    [
        "", "None", "2026-13-01", "2026-02-30", "01/02/2026", "20260203", "2026-03-29T01:30", "1700-01-01",
        "9999-01-01", "2026-02-03T25:00Z", "2026-02-03T10:00:00+99:00", "２０２６-01-01", "2026-02-03T10:00:00Z\n",
        "20266",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(Unsound, match=r"^bad_date$"):
        read_time(text)


def test_a_british_date_is_day_first() -> None:
    assert read_uk_time("03/04/2026").value == "2026-04-03"


def test_a_date_at_its_own_midnight_is_that_day_and_another_time_is_kept() -> None:
    assert to_the_day(read_time("2026-07-03T00:00:00+01:00")).value == "2026-07-03"
    assert to_the_day(read_time("2026-07-03T00:00:01+01:00")).precision is Precision.SECOND
