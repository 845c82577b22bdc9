"""The database's machine dies and its standby takes over: is nothing lost that was answered, and does all go on?"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.support.beset import on_files, soon
from tests.support.own_database import own_database
from tests.support.postgres_server import WheelServer
from tests.support.standby import Standby

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@dataclass(frozen=True)
class Pair:
    """A server, the one that follows it in step, and how the hub reaches whichever takes writes."""

    first: WheelServer
    standby: Standby
    application: str


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two servers of the test's own."""
    with own_database(tmp_path) as own:
        standby = Standby(own.server)
        try:
            standby.follow(tmp_path)
            soon(standby.in_step, "a standby in step")
            yield Pair(own.server, standby, standby.either(own.application))
        finally:
            standby.stop()


def test_what_was_answered_is_there_after_the_standby_took_over_and_the_rest_comes(pair: Pair, tmp_path: Path) -> None:
    beset = on_files(tmp_path, {"HUB_DATABASE": pair.application})
    with ExitStack() as stack:
        stack.callback(beset.end)
        working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
        beset.drop(2)
        beset.soon_answered("answers")
        before = kept(pair.first)
        beset.drop(40)
        soon(lambda: kept(pair.first) > before, "the first of many")
        pair.first.end_at_once()
        with beset.edge() as (edge, _):
            answered = {one.event_id for one in beset.answers(edge)}
        pair.standby.take_over()
        assert len(answered) <= kept(pair.standby)
        beset.drop(3)
        beset.soon_answered("answers after the standby took over")
        for one in (working, sending):
            code, seconds = one.stop()
            assert (code, seconds < 10) == (0, True), one.words()
            assert "Traceback" not in one.words()
        found = beset.broken()
        assert found == []


def kept(server: WheelServer) -> int:
    """How many reports the server has."""
    with closing(psycopg.connect(server.reached)) as db:
        row = db.execute("SELECT count(*) FROM event WHERE topic = 'k01'").fetchone()
    return int(row[0]) if row is not None else 0
