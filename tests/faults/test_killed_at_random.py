"""Workers killed at moments that nobody chose, while notices stream in: is each fact kept once, answered, sealed?"""

import random
import signal
from contextlib import ExitStack
from pathlib import Path
from time import sleep

import pytest

from tests.support.beset import Beset, on_files, on_servers
from tests.support.engines import PostgresEngine
from tests.support.processes import Running

pytestmark = pytest.mark.slow


def kill_workers(beset: Beset, kills: int, longest_seconds: float) -> None:
    """Two workers and an edge, and one worker after the other is killed and replaced while notices come in."""
    chance = random.Random()
    sending = beset.police.start("edge", "police")
    workers: list[Running] = [beset.hub.start("work") for _ in range(2)]
    beset.drop()
    beset.soon_answered("answers before anything is killed")
    for number in range(kills):
        beset.drop(3)
        sleep(chance.random() * longest_seconds)
        dead = workers.pop(0)
        assert dead.process.poll() is None, dead.words()
        assert dead.stop(signal.SIGKILL)[0] == -signal.SIGKILL
        if number < kills - 2:
            workers.append(beset.hub.start("work"))
    code, seconds = sending.stop()
    assert (code, seconds < 10) == (0, True), sending.words()
    assert "Traceback" not in sending.words()


def test_ten_kills_at_random_on_files(tmp_path: Path) -> None:
    beset = on_files(tmp_path)
    with ExitStack() as stack:
        stack.callback(beset.end)
        kill_workers(beset, kills=10, longest_seconds=2.5)
        assert beset.broken() == []


@pytest.mark.postgres
@pytest.mark.kafka
def test_kills_at_random_on_servers(tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine) -> None:
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        kill_workers(beset, kills=4, longest_seconds=4)
        assert beset.broken() == []
