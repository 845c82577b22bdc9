"""Which law and guidance was in force on which day?"""

from datetime import date
from itertools import pairwise

import pytest

from consent.packs import PARTS, LawSettings, boundaries, pack_on
from consent.periods import months_after

NONE_SET = LawSettings()
SET = LawSettings(sixteen_la_from=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2018, 6, 1), "before WT2018"),
        (date(2018, 7, 4), "WT2018"),
        (date(2020, 12, 8), "WT2018"),
        (date(2020, 12, 9), "WT2020"),
        (date(2023, 12, 14), "WT2020"),
        (date(2023, 12, 15), "WT2023"),
        (date(2026, 2, 4), "WT2023"),
        (date(2026, 2, 5), "WT2023+DUAA"),
        (date(2026, 3, 18), "WT2023+DUAA"),
        (date(2026, 3, 19), "WT2026+DUAA"),
    ],
)
def test_the_name_of_the_pack_of_a_day(day: date, name: str) -> None:
    assert pack_on(day, NONE_SET).name == name


def test_the_duty_to_share_is_off_by_default() -> None:
    assert "16LA" not in pack_on(date(2030, 1, 1), NONE_SET).codes


@pytest.mark.parametrize(("day", "on"), [(date(2026, 9, 29), False), (date(2026, 9, 30), True)])
def test_the_duty_to_share_starts_on_the_day_that_is_set(day: date, on: bool) -> None:
    assert ("16LA" in pack_on(day, SET).codes) is on
    assert pack_on(day, SET).name == ("WT2026+DUAA+16LA" if on else "WT2026+DUAA")


def test_one_edition_of_the_guidance_is_in_force_on_each_day() -> None:
    editions = [part for part in PARTS if part.code.startswith("WT")]
    for earlier, later in pairwise(editions):
        assert earlier.valid_to is not None
        assert earlier.valid_to.toordinal() + 1 == later.valid_from.toordinal()
    assert editions[-1].valid_to is None


def test_the_boundaries_are_the_first_days_of_every_part() -> None:
    assert boundaries(SET) == tuple(sorted({part.valid_from for part in PARTS} | {date(2026, 9, 30)}))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 5), 6, date(2026, 9, 5)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
