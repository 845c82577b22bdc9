"""Does a process say that it is ready when it is, and that it is not as soon as it can't be?"""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.intake import Intake
from hub.adapters.probes import Look, look_at_store
from hub.adapters.readiness import HubReadiness, Lag, is_ready, reached
from hub.adapters.recorder import HubRecorder, datastore
from hub.domain.errors import StoreUnavailable
from tests.support.engines import PostgresEngine
from tests.support.given import POLICE, StoppedClock


class Silent(EmbeddedBus):
    """A bus that does not answer."""

    def reach(self) -> None:
        """Raises StoreUnavailable."""
        raise StoreUnavailable("bus")


def test_a_row_that_waits_a_minute_is_a_follower_behind() -> None:
    clock, newest, followed = StoppedClock(), [0], [0]
    lag = Lag(lambda: followed[0], clock)
    assert lag.code(newest[0]) == "ok"
    newest[0] = 5
    assert lag.code(newest[0]) == "ok"
    clock.forward(timedelta(seconds=60))
    assert lag.code(newest[0]) == "ok"
    clock.forward(timedelta(seconds=1))
    assert lag.code(newest[0]) == "behind"
    followed[0] = 4
    assert lag.code(newest[0]) == "behind"
    followed[0] = 5
    assert lag.code(newest[0]) == "ok"


def test_a_store_that_grows_all_the_time_is_no_follower_behind() -> None:
    clock, newest = StoppedClock(), [0]
    lag = Lag(lambda: newest[0] - 3, clock)
    for _ in range(10):
        newest[0] += 10
        clock.forward(timedelta(seconds=30))
        assert lag.code(newest[0]) == "ok"


def test_asked_seldom_it_does_not_take_a_busy_follower_for_one_that_stands_still() -> None:
    clock, newest, followed = StoppedClock(), [3], [2]
    lag = Lag(lambda: followed[0], clock)
    assert lag.code(newest[0]) == "ok"
    newest[0], followed[0] = 100, 99
    clock.forward(timedelta(hours=1))
    assert lag.code(newest[0]) == "ok"


def test_a_file_that_would_keep_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    recorder = HubRecorder(datastore(tmp_path / "hub.db"))
    assert look_at_store(recorder, tmp_path) == Look("", 0)


def test_a_file_that_another_does_not_let_go_would_not_keep(tmp_path: Path) -> None:
    recorder = HubRecorder(datastore(tmp_path / "hub.db"))
    with closing(sqlite3.connect(tmp_path / "hub.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert look_at_store(recorder, tmp_path) == Look("OperationalError")
    assert look_at_store(recorder, tmp_path).refusal == ""


def test_a_folder_that_is_gone_would_not_keep(tmp_path: Path) -> None:
    recorder = HubRecorder(datastore(tmp_path / "hub.db"))
    assert look_at_store(recorder, tmp_path / "none").refusal == "disk"


@pytest.mark.postgres
def test_a_server_says_whether_the_role_may_still_keep(postgres_engine: PostgresEngine, tmp_path: Path) -> None:
    recorder = postgres_engine.recorder()
    assert look_at_store(recorder, tmp_path) == Look("", 0)
    with psycopg.connect(postgres_engine.owner) as db:
        role = conninfo_to_dict(postgres_engine.application)["user"]
        db.execute(SQL("REVOKE INSERT ON term FROM {}").format(Identifier(str(role))))
    assert look_at_store(recorder, tmp_path).refusal == "role_may_not_keep"


@pytest.mark.postgres
def test_a_server_that_only_lets_read_would_not_keep(postgres_engine: PostgresEngine, tmp_path: Path) -> None:
    with psycopg.connect(postgres_engine.owner, autocommit=True) as db:
        name = conninfo_to_dict(postgres_engine.owner)["dbname"]
        db.execute(SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(Identifier(str(name))))
    assert look_at_store(postgres_engine.recorder(), tmp_path).refusal == "read_only"


def a_readiness(folder: Path, bus: EmbeddedBus) -> HubReadiness:
    intake = Intake(bus, {"in.police.v1": POLICE}, StoppedClock())
    return HubReadiness(folder, HubRecorder(datastore(folder / "hub.db")), lambda: 0, intake, StoppedClock())


def test_a_hub_with_all_it_stands_on_is_ready(tmp_path: Path) -> None:
    codes = a_readiness(tmp_path, EmbeddedBus(tmp_path / "bus.db")).codes()
    assert codes == {"store": "ok", "bus": "ok", "intake": "ok", "followers": "ok"}
    assert is_ready(codes)


def test_one_thing_that_is_away_is_enough(tmp_path: Path) -> None:
    codes = a_readiness(tmp_path, Silent(tmp_path / "bus.db")).codes()
    assert codes == {"store": "ok", "bus": "away", "intake": "away", "followers": "ok"}
    assert not is_ready(codes)
    assert reached(Silent(tmp_path / "bus.db")) == "away"


def test_who_asks_often_is_told_what_was_found_a_moment_ago(tmp_path: Path) -> None:
    ready = a_readiness(tmp_path, EmbeddedBus(tmp_path / "bus.db"))
    assert ready.codes() is ready.codes()
