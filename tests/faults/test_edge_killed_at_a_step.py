"""An agency's edge killed at any step, from a file to the answer: is nothing lost, doubled or left unsaid?"""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.beset import Beset, Killer, killing, on_files

pytestmark = pytest.mark.slow

TAKING_IN = ("file read", "outbox next", "in outbox", "account written", "file moved")
SENDING = ("published", "marked")
HEARING = ("receipts polled", "receipts kept", "receipts done")


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    """What forks the processes that kill themselves."""
    with killing() as found:
        yield found


@pytest.mark.parametrize("step", [*TAKING_IN, *SENDING, *HEARING])
def test_an_edge_killed_at_a_step_loses_and_doubles_nothing(killer: Killer, tmp_path: Path, step: str) -> None:
    beset = on_files(tmp_path)
    beset.drop(2)
    beset.publish()
    with beset.opened() as hub:
        hub.work()
    beset.drop(2)
    assert beset.killed(killer, "police", step) == -signal.SIGKILL
    assert beset.broken() == []
    assert accounts(beset) <= {"accepted", "duplicate"}


def accounts(beset: Beset) -> set[str]:
    """What the accounts say of each notice and of each of its facts, one account for each notice."""
    drop = beset.police.settings.drop
    assert drop is not None
    told = [json.loads(path.read_bytes()) for path in (drop / "accounts").glob("*.json")]
    assert len(told) == len(beset.numbers)
    items = [item for one in told for item in one["items"]]
    return {word for item in items for word in (item["outcome"], *item["receipts"])}
