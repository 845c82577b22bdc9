"""Does a loop wait for what is away, longer each time, and end at once for a fault of programming?"""

import logging
import threading
from collections.abc import Iterator, Sequence

import pytest

from hub.commands.stopping import again_and_again
from hub.domain.errors import HubError, StoreUnavailable, TopicRefuses, Unreadable


class Waits(threading.Event):
    """An event that is never waited for in earnest: how long it was to wait is noted, and after some it is set."""

    def __init__(self, at_most: int) -> None:
        """Set itself after that many waits."""
        super().__init__()
        self.asked: list[float] = []
        self._at_most = at_most

    def wait(self, timeout: float | None = None) -> bool:
        """Note it, and return at once."""
        self.asked.append(timeout or 0.0)
        if len(self.asked) >= self._at_most:
            self.set()
        return self.is_set()


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.getMessage(), str(record.__dict__.get("code", ""))) for record in caplog.records]


def test_the_waits_grow_to_a_bound_and_one_line_says_so(caplog: pytest.LogCaptureFixture) -> None:
    waits = Waits(8)

    def away() -> bool:
        raise StoreUnavailable("OperationalError")

    with caplog.at_level(logging.WARNING):
        again_and_again(away, waits, 0.5)
    assert waits.asked == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert lines(caplog) == [("waiting", "StoreUnavailable OperationalError")]


def test_once_back_the_next_wait_is_short_again(caplog: pytest.LogCaptureFixture) -> None:
    waits = Waits(4)
    rounds: Iterator[HubError | bool] = iter(
        [StoreUnavailable("x"), StoreUnavailable("x"), True, Unreadable(3, "y"), False]
    )

    def one_round() -> bool:
        found = next(rounds)
        if isinstance(found, HubError):
            raise found
        return found

    with caplog.at_level(logging.WARNING):
        again_and_again(one_round, waits, 0.25)
    assert waits.asked == [0.5, 1.0, 0.5, 0.25]
    told = ["waiting", "back", "waiting", "back"]
    assert [line for line, _ in lines(caplog)] == told


def told_of(rounds: Sequence[tuple[float, HubError | None]], caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """What is said of rounds, each begun at so many seconds and gone well (None) or not."""
    waits, left = Waits(len(rounds) + 1), list(rounds)

    def one_round() -> bool:
        _, failed = left.pop(0)
        if not left:
            waits.set()
        if failed is not None:
            raise failed
        return True

    with caplog.at_level(logging.WARNING):
        again_and_again(one_round, waits, 0.5, lambda: left[0][0] if left else rounds[-1][0])
    return lines(caplog)


def test_an_agency_that_is_refused_again_and_again_is_back_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refuses = TopicRefuses("police", 15)
    rounds = [(0.0, refuses), (1.0, None), (14.0, None), (15.5, refuses), (16.0, None), (31.0, None), (32.0, None)]
    assert told_of(rounds, caplog) == [
        ("waiting", "TopicRefuses police"),
        ("back", "TopicRefuses police"),
    ]


def test_each_agency_that_is_refused_is_told_of_by_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    both, one = TopicRefuses("health police", 15), TopicRefuses("police", 15)
    rounds = [(0.0, both), (1.0, None), (16.0, one), (17.0, None), (32.0, None)]
    assert told_of(rounds, caplog) == [
        ("waiting", "TopicRefuses health"),
        ("waiting", "TopicRefuses police"),
        ("back", "TopicRefuses health"),
        ("back", "TopicRefuses police"),
    ]


def test_a_store_that_is_back_is_said_to_be_while_an_agency_is_refused(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds = [(0.0, TopicRefuses("police", 15)), (1.0, StoreUnavailable("OperationalError")), (2.0, None), (3.0, None)]
    assert told_of(rounds, caplog) == [
        ("waiting", "TopicRefuses police"),
        ("waiting", "StoreUnavailable OperationalError"),
        ("back", ""),
    ]


def test_a_busy_loop_does_not_pause() -> None:
    waits, left = Waits(1), [True, True, False]
    again_and_again(lambda: left.pop(0), waits, 0.5)
    assert waits.asked == [0.5]
    assert left == []


def test_a_fault_of_programming_ends_it() -> None:
    def broken() -> bool:
        raise TypeError("not of its shape")

    with pytest.raises(TypeError):
        again_and_again(broken, Waits(3), 0.5)


def test_told_to_stop_it_begins_no_round() -> None:
    stopping = threading.Event()
    stopping.set()
    again_and_again(lambda: pytest.fail("a round was begun"), stopping, 0.5)
