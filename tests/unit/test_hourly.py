"""Is a thing done at once, not again within the hour, and again when it failed?"""

import pytest

from hub.adapters.rested import REST_SECONDS
from hub.commands.hourly import HOUR_SECONDS, Hourly
from hub.commands.keeping_time import every_minute
from hub.domain.errors import StoreUnavailable, TopicRefuses


def test_it_is_done_at_once_and_after_each_hour() -> None:
    seconds, done = [0.0], [0]

    def count() -> None:
        done[0] += 1

    hourly = Hourly(count, lambda: seconds[0])
    for at, expected in ((0.0, 1), (1.0, 1), (HOUR_SECONDS - 1, 1), (HOUR_SECONDS, 2), (HOUR_SECONDS + 1, 2)):
        seconds[0] = at
        hourly.if_due()
        assert done[0] == expected, at


def test_what_failed_is_done_when_next_asked() -> None:
    tries = [0]

    def fails_once() -> None:
        tries[0] += 1
        if tries[0] == 1:
            raise StoreUnavailable("away")

    hourly = Hourly(fails_once, lambda: 0.0)
    with pytest.raises(StoreUnavailable):
        hourly.if_due()
    hourly.if_due()
    hourly.if_due()
    assert tries[0] == 2


def test_what_a_topic_refused_rests_and_is_done_again_long_before_the_hour_is_over() -> None:
    seconds, tries = [0.0], [0]

    def refused() -> None:
        tries[0] += 1
        raise TopicRefuses("police")

    hourly = Hourly(refused, lambda: seconds[0])
    with pytest.raises(TopicRefuses, match=r"^police$") as told:
        hourly.if_due()
    assert told.value.rests == REST_SECONDS
    for at in (0.0, 0.5, REST_SECONDS - 1):
        seconds[0] = at
        hourly.if_due()
    assert tries[0] == 1
    seconds[0] = REST_SECONDS
    with pytest.raises(TopicRefuses):
        hourly.if_due()
    assert tries[0] == 2


def test_emergencies_that_nobody_reviewed_are_raised_once_a_minute() -> None:
    seconds, done = [0.0], [0]

    def count() -> None:
        done[0] += 1

    minutely = every_minute(count, lambda: seconds[0])
    for at, expected in ((0.0, 1), (59.0, 1), (60.0, 2)):
        seconds[0] = at
        minutely.if_due()
        assert done[0] == expected, at
