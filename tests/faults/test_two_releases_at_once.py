"""An older release's own processes beside today's, on one store and bus: is nothing lost, doubled or shown as nothing?

docs/operations.md, "Upgrade without a stop", in its order. The older release is its sources, run by today's libraries.
"""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import releases
from tests.support.beset import Beset, nhs_number, soon
from tests.support.processes import Running
from tests.support.releases import READER, Upgrade

pytestmark = pytest.mark.slow

LOOK = ("chronology", f"nhs:{nhs_number(1)}", "--as", READER, "--purpose", "s47", "--json")


@pytest.fixture
def on_files(tmp_path: Path, run_folder: Path) -> Iterator[Upgrade]:
    """A hub and an edge that the older release made, in files."""
    with releases.on_files(tmp_path, run_folder) as found:
        yield found


@pytest.fixture
def on_servers(tmp_path: Path, run_folder: Path) -> Iterator[Upgrade]:
    """A hub and an edge that the older release made, on PostgreSQL and Kafka."""
    with releases.on_servers(tmp_path, run_folder) as found:
        yield found


@pytest.fixture(params=["on_files", pytest.param("on_servers", marks=[pytest.mark.postgres, pytest.mark.kafka])])
def upgrade(request: pytest.FixtureRequest) -> Upgrade:
    """On each kind of engine in turn."""
    found: Upgrade = request.getfixturevalue(request.param)
    return found


def all_answered(beset: Beset) -> bool:
    """Whether each notice has its account, and in it an answer to each of its facts: it is here, or was already."""
    folder = beset.police.settings.drop
    assert folder is not None
    told = [json.loads(path.read_bytes()) for path in (folder / "accounts").glob("*.json")]
    said = [item["receipts"] for one in told for item in one["items"]]
    return len(told) == len(beset.numbers) and all(one and set(one) <= {"accepted", "duplicate"} for one in said)


def more(beset: Beset, count: int, what: str) -> None:
    """So many notices more are taken in and answered."""
    beset.drop(count)
    soon(lambda: all_answered(beset), f"answers {what}")


def entries(beset: Beset) -> int:
    """How many entries of the child that release shows."""
    return len(json.loads(beset.hub.run(*LOOK))["entries"])


def ends_well(*running: Running) -> None:
    """Each ends when it is told to, in time."""
    for one in running:
        code, seconds = one.stop()
        assert (code, seconds < 10, "Traceback" in one.words()) == (0, True, False), one.words()


def test_worker_and_edge_are_replaced_one_after_the_other_and_nothing_is_lost(upgrade: Upgrade) -> None:
    older, newer = upgrade.older, upgrade.newer
    first, second = older.hub.start("work"), older.hub.start("work")
    sending = older.police.start("edge", "police")
    more(older, 4, "of the older release")
    assert entries(older) == 1

    upgrade.make(newer)
    beside = newer.hub.start("work")
    newer.drop(6)
    first.process.send_signal(signal.SIGKILL)
    assert first.process.wait(60) == -signal.SIGKILL
    ends_well(second)
    soon(lambda: all_answered(newer), "answers to what came while both releases worked")

    ends_well(sending)
    sending = newer.police.start("edge", "police")
    more(newer, 31, "to today's edge")  # the last is about the same child as the first
    assert entries(newer) == 2
    said = older.hub.run(*LOOK, expect=1)
    assert ("does not open" in said, "entries" in said) == (True, False)
    ends_well(sending, beside)
    assert newer.broken() == []


def test_todays_edge_is_taken_in_by_an_older_hub(on_files: Upgrade) -> None:
    working, sending = on_files.older.hub.start("work"), on_files.newer.police.start("edge", "police")
    more(on_files.newer, 3, "of the older release to today's edge")
    assert entries(on_files.older) == 1
    ends_well(sending, working)
    assert on_files.newer.broken() == []
