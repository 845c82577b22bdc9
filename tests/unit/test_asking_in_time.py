"""Does a test that asks something which hangs fail at once, and hold up neither the next test nor the run's end?"""

import subprocess
import sys
from multiprocessing import TimeoutError as NotInTime
from threading import Event

import pytest

from tests.support.in_time import in_time

_HANGS = """
from threading import Event
from tests.support.in_time import in_time
in_time(0.01, Event().wait)
"""


def test_an_answer_is_given_and_an_error_raised() -> None:
    assert in_time(60, lambda: 7) == 7
    with pytest.raises(KeyError):
        in_time(60, lambda: {"yes": 7}["no"])


def test_what_hangs_is_given_up_and_left_behind() -> None:
    ends = Event()
    with pytest.raises(NotInTime):
        in_time(0.01, ends.wait)
    ends.set()


def test_a_process_ends_though_a_thread_of_it_hangs() -> None:
    ended = subprocess.run([sys.executable, "-c", _HANGS], check=False, capture_output=True, text=True, timeout=300)
    assert (ended.returncode, "TimeoutError" in ended.stderr) == (1, True)
