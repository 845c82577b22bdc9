"""Is it told when what agencies sent waits on the road for longer than a minute, and not when the hub is only busy?"""

from datetime import timedelta
from pathlib import Path

import pytest

from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.intake import Intake
from hub.adapters.readiness import HubReadiness
from hub.adapters.recorder import HubRecorder, datastore
from hub.application.take_messages import CONSUMER
from hub.domain.feed import LyingHere
from tests.behaviour.test_bus import a_message
from tests.support.given import NOW, POLICE, StoppedClock

SCHOOL = "urn:childhub:agency:school"
TOPICS = {"in.police.v1": POLICE, "in.school.v1": SCHOOL}
MINUTE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def bus(tmp_path: Path) -> EmbeddedBus:
    return EmbeddedBus(tmp_path / "bus.db")


@pytest.fixture
def intake(bus: EmbeddedBus, clock: StoppedClock) -> Intake:
    return Intake(bus, TOPICS, clock)


def sent(bus: EmbeddedBus, topic: str, *numbers: int) -> None:
    for number in numbers:
        bus.send(topic, "key", a_message(number))


def taken(bus: EmbeddedBus, count: int) -> None:
    bus.done_all(CONSUMER, bus.poll(CONSUMER, tuple(TOPICS), count))


def test_what_waits_a_minute_is_told_of_its_agency_with_its_count(
    bus: EmbeddedBus, intake: Intake, clock: StoppedClock
) -> None:
    sent(bus, "in.police.v1", 1, 2)
    assert intake.look()
    clock.forward(MINUTE)
    assert intake.look()
    assert intake.waiting(clock.now()) == {}
    clock.forward(SECOND)
    assert not intake.look()
    assert intake.waiting(clock.now()) == {POLICE: LyingHere(2, NOW)}


def test_once_all_that_waited_is_taken_in_nothing_is_told(
    bus: EmbeddedBus, intake: Intake, clock: StoppedClock
) -> None:
    sent(bus, "in.police.v1", 1, 2)
    assert intake.look()
    clock.forward(MINUTE + SECOND)
    taken(bus, 1)
    assert not intake.look()
    assert intake.waiting(clock.now()) == {POLICE: LyingHere(1, NOW)}
    sent(bus, "in.police.v1", 3)
    taken(bus, 1)
    assert intake.look()
    assert intake.waiting(clock.now()) == {}


def test_a_hub_that_is_busy_all_the_time_is_not_behind(bus: EmbeddedBus, intake: Intake, clock: StoppedClock) -> None:
    sent(bus, "in.school.v1", 0, 1)
    for number in range(2, 10):
        assert intake.look()
        clock.forward(30 * SECOND)
        sent(bus, "in.school.v1", 2 * number, 2 * number + 1)
        taken(bus, 2)
    assert intake.look()


def test_a_hub_that_takes_in_slower_than_is_sent_is_behind(
    bus: EmbeddedBus, intake: Intake, clock: StoppedClock
) -> None:
    sent(bus, "in.school.v1", *range(20))
    assert intake.look()
    clock.forward(MINUTE + SECOND)
    taken(bus, 5)
    assert not intake.look()


def test_a_process_that_is_behind_is_not_ready(bus: EmbeddedBus, tmp_path: Path, clock: StoppedClock) -> None:
    intake = Intake(bus, TOPICS, clock)
    sent(bus, "in.police.v1", 1)
    intake.look()
    clock.forward(MINUTE + SECOND)
    ready = HubReadiness(tmp_path, HubRecorder(datastore(tmp_path / "hub.db")), lambda: 0, intake, clock)
    assert ready.codes() == {"store": "ok", "bus": "ok", "intake": "behind", "followers": "ok"}
