"""A worker killed at any step of receiving and following: is every fact kept once, answered, sealed and counted?"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.beset import Killer, killing, on_files

pytestmark = pytest.mark.slow

RECEIVING = ("polled", "proved", "keeping", "kept", "answered", "done")
FOLLOWING = (("rows read", 1), ("rows read", 3), ("view written", 1), ("view written", 3), ("bodies kept", 1))


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    """What forks the processes that kill themselves."""
    with killing() as found:
        yield found


@pytest.mark.parametrize(("step", "times"), [*((step, 1) for step in RECEIVING), *FOLLOWING])
def test_a_worker_killed_at_a_step_loses_and_doubles_nothing(
    killer: Killer, tmp_path: Path, step: str, times: int
) -> None:
    beset = on_files(tmp_path)
    beset.drop(3)
    beset.publish()
    assert beset.killed(killer, "work", step, times) == -signal.SIGKILL
    assert beset.broken() == []
