"""Do several workers of the hub share the road, and is a worker that dies replaced without loss?"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.application.bus_port import Arrived
from tests.support.buses import KafkaRoad, OpenBus
from tests.support.kafka_broker import pass_phrase
from tests.support.kafka_setup import administrator
from tests.support.processes import until
from tests.support.source_tree import ROOT

pytestmark = pytest.mark.kafka

_CHILDREN = 40
_WORKER = """
import sys, time
from hub.adapters.bus_kafka import KafkaBus
from hub.adapters.kafka_client import KafkaAccess
brokers, user, word, group, topic = sys.argv[1:]
bus = KafkaBus(KafkaAccess(brokers, user, word, wait_seconds=20))
arrived = bus.poll(group, (topic,), 100)
bus.done(group, arrived[0])
print(len(arrived), flush=True)
time.sleep(600)
"""


def a_key(child: int) -> str:
    return f"0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d{child:04x}"


def publish(road: KafkaRoad) -> None:
    bus = road.agency()
    for child in range(_CHILDREN):
        message = Sealed((("ce_specversion", "1.0"),), str(child).encode())
        bus.publish(Outgoing(road.inbound_topic, a_key(child), message))


def group(road: KafkaRoad) -> str:
    return f"hub-receive-{road.name}"


def take(road: KafkaRoad, bus: OpenBus) -> tuple[Arrived, ...]:
    return bus.poll(group(road), (road.inbound_topic,), 100)


def places(arrived: tuple[Arrived, ...]) -> set[int]:
    return {one.position for one in arrived}


def test_each_message_is_in_the_hands_of_one_worker_at_a_time(kafka_road: KafkaRoad) -> None:
    publish(kafka_road)
    one, other = kafka_road.hub(), kafka_road.hub()
    mine = take_everything(kafka_road, one)
    taken = places(take(kafka_road, other))
    assert len(mine) == _CHILDREN
    assert taken
    left = places(take(kafka_road, one))
    assert left == mine - taken


def test_a_worker_that_was_replaced_can_do_no_harm_when_it_wakes(kafka_road: KafkaRoad) -> None:
    publish(kafka_road)
    asleep, other = kafka_road.hub(), kafka_road.hub()
    take_everything(kafka_road, asleep)
    held = take(kafka_road, asleep)
    shared = places(take(kafka_road, other))
    for arrived in held:
        asleep.done(group(kafka_road), arrived)
    other.close()
    asleep.close()
    assert places(take(kafka_road, kafka_road.hub())) == shared


def test_a_worker_whose_store_was_away_for_long_is_let_back_into_its_group(kafka_road: KafkaRoad) -> None:
    publish(kafka_road)
    bus = kafka_road.opening(kafka_road.hub_user, quiet_seconds=2)
    held = bus.poll(group(kafka_road), (kafka_road.inbound_topic,), 5)
    assert len(held) == 5
    until(lambda: members(kafka_road) == 0 or None, "the worker is put out of its group")
    again = bus.poll(group(kafka_road), (kafka_road.inbound_topic,), 5)
    assert places(again) == places(held)
    bus.done_all(group(kafka_road), again)
    assert take_everything(kafka_road, bus, _CHILDREN - 5).isdisjoint(places(held))


def members(road: KafkaRoad) -> int:
    """How many workers the broker counts in the group."""
    admin = administrator(road.reached)
    return len(admin.describe_consumer_groups([group(road)])[group(road)].result(60).members)


def take_everything(road: KafkaRoad, bus: OpenBus, count: int = _CHILDREN) -> set[int]:
    """The places of that many messages, none of them done with."""
    ends = time.monotonic() + 60
    while len(found := places(take(road, bus))) < count:
        assert time.monotonic() < ends, f"{len(found)} came"
    return found


def test_what_a_killed_worker_had_not_done_is_given_to_another(kafka_road: KafkaRoad, tmp_path: Path) -> None:
    publish(kafka_road)
    user, reached = kafka_road.hub_user, kafka_road.reached
    word = pass_phrase(reached["secret"], user)
    said = tmp_path / "said.txt"
    with said.open("wb") as output:
        worker = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _WORKER,
                reached["brokers"],
                user,
                word,
                group(kafka_road),
                kafka_road.inbound_topic,
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=output,
        )
    try:
        ends = time.monotonic() + 60
        while not said.read_bytes():
            assert time.monotonic() < ends, "the worker took nothing"
            assert worker.poll() is None, "the worker ended by itself"
            time.sleep(0.05)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(30)
    given = take_everything(kafka_road, kafka_road.hub())
    assert len(given) == _CHILDREN
