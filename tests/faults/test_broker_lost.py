"""Is nothing lost or stuck when a broker dies at once, one of three or the only one, and comes back?"""

import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import monotonic

import pytest

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.domain.errors import StoreUnavailable
from tests.support.beset import soon
from tests.support.buses import KafkaRoad, OpenBus
from tests.support.crowding import crowding
from tests.support.kafka_broker import Cluster, can_run
from tests.support.kafka_setup import apply

pytestmark = [pytest.mark.kafka, pytest.mark.slow]
PATIENCE_SECONDS = 120.0


@pytest.fixture
def cluster(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Cluster, KafkaRoad]]:
    """A cluster that nobody else uses, and a road on it."""
    can_run()
    brokers = Cluster(request.param)
    try:
        road = KafkaRoad(brokers.start(tmp_path))
        apply(road.reached, road.plan())
        yield brokers, road
        for bus in road.opened:
            bus.close()
    finally:
        brokers.stop()


def publish(road: KafkaRoad, bus: OpenBus, *numbers: int) -> None:
    """As an outbox does it: again and again until the bus has it."""
    for number in numbers:
        key = f"0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d{number % 8:04x}"
        outgoing = Outgoing(road.inbound_topic, key, Sealed((("ce_specversion", "1.0"),), str(number).encode()))
        soon(partial(published, bus, outgoing), f"message {number} on the bus", PATIENCE_SECONDS)


def published(bus: OpenBus, outgoing: Outgoing) -> bool:
    try:
        bus.publish(outgoing)
    except StoreUnavailable:
        return False
    return True


def take_until(road: KafkaRoad, bus: OpenBus, found: set[int], wanted: set[int]) -> None:
    """All that comes is found, each done with, until everything wanted was."""
    ends = monotonic() + PATIENCE_SECONDS * crowding()
    while not found >= wanted and monotonic() < ends:
        try:
            batch = bus.poll(f"hub-receive-{road.name}", (road.inbound_topic,), 100)
            found |= {int(arrived.message.value) for arrived in batch}
            for arrived in batch:
                bus.done(f"hub-receive-{road.name}", arrived)
        except StoreUnavailable:
            continue
    assert found >= wanted


@pytest.mark.parametrize("cluster", [3], indirect=True)
def test_one_of_three_is_lost_and_comes_back(cluster: tuple[Cluster, KafkaRoad]) -> None:
    brokers, road = cluster
    edge, hub = road.agency(), road.hub()
    found: set[int] = set()
    publish(road, edge, *range(20))
    take_until(road, hub, found, set(range(10)))
    brokers.nodes[0].stop(signal.SIGKILL)
    publish(road, edge, *range(20, 40))
    take_until(road, hub, found, set(range(20, 40)))
    brokers.nodes[0].start()
    publish(road, edge, *range(40, 60))
    take_until(road, hub, found, set(range(60)))


@pytest.mark.parametrize("cluster", [1], indirect=True)
def test_the_only_one_is_lost_and_comes_back(cluster: tuple[Cluster, KafkaRoad]) -> None:
    brokers, road = cluster
    edge, hub = road.agency(), road.hub()
    publish(road, edge, *range(20))
    brokers.nodes[0].stop(signal.SIGKILL)
    with pytest.raises(StoreUnavailable):
        edge.publish(Outgoing(road.inbound_topic, "0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11", Sealed((), b"60")))
    brokers.nodes[0].start()
    publish(road, edge, *range(20, 40))
    take_until(road, hub, set(), set(range(40)))
