"""Does a loop wait for what is away, longer each time, and end at once for a fault of programming?"""

import logging
import threading
from collections.abc import Iterator

import pytest

from hub.commands.stopping import again_and_again
from hub.domain.errors import HubError, StoreUnavailable, Unreadable


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
