"""A worker that stalls, is replaced, and wakes: does it do anything twice? Do two that seal keep one log?"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.beset import Beset, on_files, on_servers, soon, stopped
from tests.support.engines import PostgresEngine

pytestmark = pytest.mark.slow


@contextmanager
def files(folder: Path) -> Iterator[Beset]:
    """On files."""
    beset = on_files(folder)
    try:
        yield beset
    finally:
        beset.end()


def stalled_and_replaced(beset: Beset, step: str) -> None:
    """The first worker stalls at the step; a second does its work; the first wakes, and both end when told."""
    stalled = beset.dying("work", step, signal.SIGSTOP)
    sending = beset.police.start("edge", "police")
    beset.drop(12)
    soon(lambda: stopped(stalled), f"a worker stalled at: {step}")
    second = beset.hub.start("work")
    beset.soon_answered(f"answers by the second worker, the first stalled at: {step}")
    stalled.process.send_signal(signal.SIGCONT)
    beset.drop(3)
    beset.soon_answered(f"answers after the first woke at: {step}")
    for one in (stalled, second, sending):
        code, seconds = one.stop()
        assert (code, seconds < 10) == (0, True), one.words()
        assert "Traceback" not in one.words()


@pytest.mark.parametrize("step", ["polled", "keeping", "kept", "answered", "bodies kept"])
def test_a_stalled_worker_that_wakes_does_nothing_twice(tmp_path: Path, step: str) -> None:
    with files(tmp_path) as beset:
        stalled_and_replaced(beset, step)
        found = beset.broken()
        assert found == []


@pytest.mark.postgres
@pytest.mark.kafka
def test_a_worker_whose_partitions_went_to_another_does_nothing_twice(
    tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine
) -> None:
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        stalled_and_replaced(beset, "kept")
        found = beset.broken()
        assert found == []
