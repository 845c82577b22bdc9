"""Workers and edges killed at a step on PostgreSQL and Kafka, several at once: is every fact kept once and answered?"""

import signal
from pathlib import Path
from time import sleep

import pytest

from tests.support.beset import on_servers, soon
from tests.support.engines import PostgresEngine

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.kafka]

WORKING = ("polled", "proved", "keeping", "kept", "answered", "done", "rows read", "view written", "bodies kept")
SENDING = ("published", "receipts polled")


def test_each_killed_at_a_step_on_servers(tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine) -> None:
    """Each worker has some of the partitions, and dies with the first message there, or where it first follows."""
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        workers = {step: beset.dying("work", step) for step in WORKING}
        for step in SENDING:
            beset.drop(8)
            assert beset.dying("police", step).process.wait(90) == -signal.SIGKILL
        sending = beset.police.start("edge", "police")

        def all_dead() -> bool:
            beset.drop(2)
            sleep(1)
            return all(one.process.poll() is not None for one in workers.values())

        soon(all_dead, "workers that came to their steps")
        ends = {step: one.process.returncode for step, one in workers.items()}
        assert ends == dict.fromkeys(WORKING, -signal.SIGKILL)
        soon(lambda: not beset.untaken(), "an edge that takes in what lies in its folder")
        code, seconds = sending.stop()
        assert (code, seconds < 10) == (0, True), sending.words()
        found = beset.broken()
        assert found == []
