"""A recipient's edge killed at any step of receiving what the hub shared: does it arrive once, and is that said?"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.commands import share
from tests.support.beset import Killer, killing, on_files
from tests.support.recipients import CHILD, HEALTH, recipient

pytestmark = pytest.mark.slow

RECEIVING = ("shares polled", "share kept", "published", "share marked", "shares done", "share written")


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    """What forks the processes that kill themselves."""
    with killing() as found:
        yield found


@pytest.mark.parametrize("step", RECEIVING)
def test_an_edge_killed_while_it_receives_has_each_share_once(killer: Killer, tmp_path: Path, step: str) -> None:
    with recipient(on_files(tmp_path), tmp_path) as there:
        with there.beset.opened() as hub:
            (report,) = there.reports(hub)
            asked = share.Sharing(parse_identifier(f"nhs:{CHILD}"), "priya", (report,), HEALTH.name, Purpose.SECTION_47)
            assert share.send(hub, asked).effect == "permitted"
        assert killer.ended(there.health, kind=HEALTH.name, step=step, times=1) == -signal.SIGKILL
        assert there.broken() == []
        assert there.delivered() == 1
