"""Does each look stand at its day and hour in England, and does an odd hour or a review that waits stand out?"""

from datetime import UTC, date, datetime

import pytest

from hub.web.looks_picture import DAYS, HEIGHT, LEFT, TOP, WIDTH, Band, LooksPicture, Seen, Spot, picture_of

TODAY = date(2026, 11, 20)  # a Friday


def picture(*at: datetime, waits: bool = False) -> LooksPicture:
    return picture_of([Seen(one, "somebody", waits) for one in at], TODAY)


def is_shaded(of: LooksPicture, spot: Spot) -> bool:
    return any(_holds(band, spot) for band in of.bands)


def _holds(band: Band, spot: Spot) -> bool:
    return band.x <= spot.x <= band.x + band.width and band.y <= spot.y <= band.y + band.height


@pytest.mark.parametrize(
    ("at", "odd"),
    [
        (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 22, 14, tzinfo=UTC), True),
        (datetime(2026, 11, 14, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 15, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 12, 7, 30, tzinfo=UTC), False),  # half past eight in England: summer time
    ],
)
def test_evenings_nights_and_weekends_are_shaded(at: datetime, odd: bool) -> None:
    found = picture(at)
    (spot,) = found.spots
    assert is_shaded(found, spot) is odd


def test_the_first_day_is_at_the_left_and_today_at_the_right() -> None:
    found = picture(datetime(2026, 8, 23, 11, 0, tzinfo=UTC), datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    first, last = found.spots
    assert LEFT < first.x < LEFT + WIDTH / DAYS
    assert LEFT + WIDTH - WIDTH / DAYS < last.x < LEFT + WIDTH
    assert first.y == last.y == TOP + HEIGHT / 2
    assert [label.text for label in found.labels] == ["08:00", "18:00", "23 Aug", "1 Sep", "1 Oct", "1 Nov", "Today"]


def test_what_was_before_is_counted_and_not_drawn() -> None:
    found = picture(datetime(2026, 8, 22, 11, 0, tzinfo=UTC))
    assert (found.spots, found.earlier) == ((), 1)


def test_what_waits_is_drawn_over_the_others() -> None:
    at = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    found = picture_of([Seen(at, "one", waits=True), Seen(at, "another")], TODAY)
    assert [spot.says for spot in found.spots] == ["another", "one"]
