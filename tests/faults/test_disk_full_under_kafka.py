"""The broker's disk is full: is what it took still there, and what it did not take sent again once there is room?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from tests.faults.test_broker_lost import PATIENCE_SECONDS, publish, published, take_until
from tests.support.beset import soon
from tests.support.buses import KafkaRoad
from tests.support.kafka_broker import Cluster, can_run
from tests.support.kafka_setup import apply
from tests.support.required import missing
from tests.support.small_disk import SmallDisk, small_disk

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

SIZE_BYTES = 256 * 1024 * 1024
_PADDED = 20_000  # bytes, more than what is left of any page that a file has begun


@dataclass(frozen=True)
class Cramped:
    """One broker on a small disk, and a road on it."""

    brokers: Cluster
    disk: SmallDisk
    road: KafkaRoad


@pytest.fixture
def cramped(tmp_path: Path) -> Iterator[Cramped]:
    """A broker that nobody else uses, on a disk that can be filled."""
    can_run()
    with small_disk(tmp_path / "disk", SIZE_BYTES) as disk:
        if disk.way != "tmpfs":
            missing("tmpfs", "no file system may be mounted here, and another process's disk is not filled otherwise")
        brokers = Cluster(1, under=disk.folder)
        try:
            road = KafkaRoad(brokers.start(tmp_path))
            apply(road.reached, road.plan())
            yield Cramped(brokers, disk, road)
            for bus in road.opened:
                bus.close()
        finally:
            brokers.stop()


def padded(road: KafkaRoad, number: int) -> Outgoing:
    """A message that needs room of its own."""
    key = f"0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d{number % 8:04x}"
    return Outgoing(road.inbound_topic, key, Sealed((("ce_specversion", "1.0"),), str(number).encode().ljust(_PADDED)))


def test_what_was_taken_is_there_and_what_was_not_is_sent_again(cramped: Cramped) -> None:
    road, (broker,) = cramped.road, cramped.brokers.nodes
    edge, hub = road.agency(), road.hub()
    found: set[int] = set()
    publish(road, edge, *range(20))
    take_until(road, hub, found, set(range(10)))
    with cramped.disk.full():
        assert not published(edge, padded(road, 20))
        process = broker.process
        assert process is not None
        soon(lambda: process.poll() is not None, "a broker that ends, its only disk being full", PATIENCE_SECONDS)
    broker.start()
    for number in range(20, 30):
        soon(partial(published, edge, padded(road, number)), f"message {number} on the bus", PATIENCE_SECONDS)
    take_until(road, hub, found, set(range(30)))
