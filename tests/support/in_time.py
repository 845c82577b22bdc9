"""What might hang for ever is asked in a thread that nobody waits for: the test fails, and the run goes on."""

from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from typing import TypeVar

from tests.support.crowding import crowding

_T = TypeVar("_T")


def in_time(seconds: float, asked: Callable[[], _T]) -> _T:
    """What it answers. Raises what it raises, and multiprocessing's TimeoutError when it takes longer (by `crowding`).

    A thread that hangs is left behind: it keeps neither this test nor the end of the process waiting.
    """
    with ThreadPool(1) as pool:
        return pool.apply_async(asked).get(seconds * crowding())
