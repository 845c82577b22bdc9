"""Does a command leave every server that it opened, and nobody else's?"""

import stat
from pathlib import Path
from threading import Thread
from threading import enumerate as living

import pytest

from hub.engines import leave, leaving, open_bus
from hub.settings import Settings, read_settings


class Stopped(Exception):
    """What ends a command before its time."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    secret = tmp_path / "secret"
    secret.write_text("a made-up phrase")
    secret.chmod(stat.S_IRUSR)
    named = {"HUB_KAFKA": "127.0.0.1:1", "HUB_KAFKA_USER": "nobody", "HUB_KAFKA_PASSWORD_FILE": str(secret)}
    return read_settings({"HUB_HOME": str(tmp_path), **named})


def opened(settings: Settings) -> Thread:
    """The thread of a road to a broker that is opened here: it lives as long as the road is held."""
    before = set(living())
    open_bus(settings)
    (road,) = {thread for thread in living() if thread.name == "bus-kafka"} - before
    return road


def is_left(road: Thread) -> bool:
    road.join(30.0)
    return not road.is_alive()


def fail_with_a_road_open(settings: Settings, found: list[Thread]) -> None:
    with leaving():
        found.append(opened(settings))
        raise Stopped


def test_what_a_command_opens_is_left_at_its_end(settings: Settings) -> None:
    with leaving():
        roads = (opened(settings), opened(settings))
        assert all(road.is_alive() for road in roads)
    assert all(is_left(road) for road in roads)


def test_what_a_command_opens_is_left_when_it_fails(settings: Settings) -> None:
    found: list[Thread] = []
    with pytest.raises(Stopped):
        fail_with_a_road_open(settings, found)
    assert is_left(found[0])


def test_a_command_within_another_leaves_its_own_alone(settings: Settings) -> None:
    with leaving():
        outer = opened(settings)
        with leaving():
            inner = opened(settings)
        assert is_left(inner)
        assert outer.is_alive()
    assert is_left(outer)


def test_a_road_opened_outside_of_a_command_is_its_opener_s_to_leave(settings: Settings) -> None:
    before = set(living())
    bus = open_bus(settings)
    (road,) = {thread for thread in living() if thread.name == "bus-kafka"} - before
    with leaving():
        opened(settings)
    assert road.is_alive()
    leave(bus)
    assert is_left(road)
