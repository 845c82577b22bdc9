"""Is a mistake in setting up a partnership refused at once, with what to do, before it does harm?"""

import logging
import socket
import struct
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from hub.cli import commands_parser
from hub.commands import database, demo, send, work
from hub.commands.kafka import what_then
from hub.commands.status_port import told
from hub.engines import open_recorder
from hub.settings import BadSetting, KafkaSettings, Settings
from tests.support.places import REPO
from tests.support.processes import free_port, until

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
BAD = ["canary5f1e", "host=x passwordd=canary5f1e", "postgres://user:canary5f1e@[bad"]


def on_kafka(home: Path) -> Settings:
    return Settings(home=home, kafka=KafkaSettings(brokers="127.0.0.1:9", user="hub-ingest"))


def test_no_invented_staff_and_agencies_are_enrolled_at_a_partnerships_hub(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="HUB_KAFKA"):
        demo.run(on_kafka(tmp_path / "hub"), once=True)
    assert not (tmp_path / "hub").exists()


def test_nothing_is_sent_from_the_hub_in_an_agencys_name(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="hub edge"):
        send.run(on_kafka(tmp_path / "hub"), "police", [NOTICE], as_json=False)
    assert not (tmp_path / "hub").exists()


@pytest.mark.parametrize("conninfo", BAD)
def test_a_database_that_nobody_could_reach_by_those_words_is_not_waited_for(tmp_path: Path, conninfo: str) -> None:
    settings = Settings(home=tmp_path, database=conninfo, database_owner="dbname=hub user=hub_owner")
    words = commands_parser()
    for what in (
        lambda: work.run(settings, words.parse_args(["work"])),
        lambda: database.run(settings, words.parse_args(["database", "make"])),
        lambda: open_recorder(settings),
    ):
        with pytest.raises(BadSetting, match=r"^HUB_DATABASE is ") as refused:
            what()
        assert "canary" not in str(refused.value)


def test_the_owners_words_are_looked_at_too(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database="dbname=hub user=hub_app", database_owner=BAD[0])
    with pytest.raises(BadSetting, match=r"^HUB_DATABASE_OWNER is "):
        database.run(settings, commands_parser().parse_args(["database", "make"]))


def test_what_to_do_about_too_few_brokers_is_said() -> None:
    assert "--copies 1" in what_then("INVALID_REPLICATION_FACTOR")
    assert "administers" in what_then("TOPIC_AUTHORIZATION_FAILED")
    assert "again" in what_then("REQUEST_TIMED_OUT")


def test_whoever_asks_how_it_is_and_goes_away_leaves_one_quiet_line(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    port = free_port()

    def slow() -> Mapping[str, str]:
        time.sleep(0.2)
        return {"store": "ok"}

    with caplog.at_level(logging.WARNING), told("127.0.0.1", port, slow):
        with socket.create_connection(("127.0.0.1", port)) as asking:
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            asking.sendall(b"GET /readyz HTTP/1.1\r\n\r\n")
            time.sleep(0.05)
        until(lambda: caplog.records or None, "a line")
    assert [getattr(one, "code", "") for one in caplog.records] == ["ConnectionResetError"]
    assert "Traceback" not in capfd.readouterr().err
