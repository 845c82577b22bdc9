"""A broker that dies and comes back, and a bad road to it: is nothing lost, and does all come once it is good again?

And by the same road: what does a client really say to the broker, and how much does it take from it unread?
"""

import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest

from agencies.edge import Outgoing
from hub.adapters.kafka_plan import MAX_MESSAGE_BYTES, PARTITIONS
from tests.behaviour.test_bus import a_key, a_message, consumer_of, take, take_all
from tests.support.beset import Beset, on_kafka, soon
from tests.support.buses import KafkaRoad
from tests.support.crowding import alone
from tests.support.fault_proxy import CUT, FINE, HALF_OPEN, ONE_WAY, FaultProxy, Weather
from tests.support.kafka_broker import Broker, Cluster, can_run
from tests.support.kafka_setup import apply
from tests.support.kafka_wire import EVERY_COPY_IN_STEP, produced

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

OUTAGE_SECONDS = 2.0
LONG_OUTAGE_SECONDS = 8.0
SEND_SECONDS = 60


@dataclass(frozen=True)
class Road:
    """A broker, the road that everybody comes to it by, and a partnership on it."""

    broker: Broker
    proxy: FaultProxy
    beset: Beset

    def under(self, weather: Weather, seconds: float = OUTAGE_SECONDS) -> None:
        """A bad road for a while, and notices that come meanwhile."""
        with self.proxy.under(weather):
            self.beset.drop(3)
            sleep(seconds)

    def flapping(self) -> None:
        """There and gone again."""
        for _ in range(6):
            self.proxy.set(CUT)
            self.beset.drop()
            sleep(0.2)
            self.proxy.set(FINE)
            sleep(0.6)

    def broker_killed(self) -> None:
        """The broker dies at once, and another takes over what it kept."""
        self.broker.stop(signal.SIGKILL)
        self.beset.drop(3)
        sleep(1)
        self.broker.start()


@dataclass(frozen=True)
class Reached:
    """A broker that nobody else uses, and the road that everybody comes to it by."""

    broker: Broker
    proxy: FaultProxy
    by: Mapping[str, str]


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """A broker behind a road."""
    can_run()
    cluster = Cluster(1, by_road=True)
    with ExitStack() as stack:
        stack.callback(cluster.stop)
        proxy = FaultProxy(("127.0.0.1", cluster.client_port), cluster.road_port)
        stack.callback(proxy.close)
        yield Reached(cluster.nodes[0], proxy, cluster.start(tmp_path_factory.mktemp("broker")))


@pytest.fixture
def road(reached: Reached, tmp_path: Path) -> Iterator[Road]:
    """A partnership on that broker."""
    beset = on_kafka(tmp_path, reached.by)
    yield Road(reached.broker, reached.proxy, beset)
    beset.end()


@pytest.fixture
def one_agency(reached: Reached) -> Iterator[KafkaRoad]:
    """The topics of one agency on that broker."""
    road = KafkaRoad(reached.by)
    apply(reached.by, road.plan())
    yield road
    for bus in road.opened:
        bus.close()


def test_on_a_bad_road_nothing_is_lost_and_all_comes_when_it_is_good_again(road: Road) -> None:
    beset = road.beset
    working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
    bad: dict[str, Callable[[], None]] = {
        "fine": lambda: road.under(FINE, 0),
        "cut": lambda: road.under(CUT, LONG_OUTAGE_SECONDS),
        "flapping": road.flapping,
        "half open": lambda: road.under(HALF_OPEN),
        "one way": lambda: road.under(ONE_WAY),
        "slow": lambda: road.under(Weather(delay=0.3)),
        "reset in the midst of a message": lambda: road.under(Weather(cut_after=3000)),
        "broker killed": road.broker_killed,
    }
    took: dict[str, float] = {}
    for name, suffer in bad.items():
        suffer()
        took[name] = beset.soon_answered(f"answers, after a road that was: {name} {took}")
    assert alone(took["cut"]) <= 2 * LONG_OUTAGE_SECONDS, took
    for one in (working, sending):
        code, seconds = one.stop()
        assert (code, seconds < 10) == (0, True), one.words()
        assert "Traceback" not in one.words()
    found = beset.broken()
    assert found == []


def test_what_is_said_again_is_kept_once_and_every_copy_in_step_is_waited_for(
    reached: Reached, one_agency: KafkaRoad
) -> None:
    proxy, marked = reached.proxy, b"the answer to this is lost"
    bus = one_agency.agency()
    bus.publish(Outgoing(one_agency.inbound_topic, a_key(1), a_message(1)))
    proxy.listening_for = marked
    with ThreadPoolExecutor(1) as pool:
        with proxy.under(Weather(lost_after=(marked,))):
            sending = pool.submit(bus.publish, Outgoing(one_agency.inbound_topic, a_key(1), a_message(2, value=marked)))
            soon(lambda: proxy.lost >= 2, "answers that are lost")
        sending.result(SEND_SECONDS)
    bus.publish(Outgoing(one_agency.inbound_topic, a_key(1), a_message(3)))
    said = {produced(chunk) for chunk in proxy.heard}
    assert len(proxy.heard) > 1
    ((acks, producer, _epoch, sequence),) = said
    assert (acks, producer >= 0, sequence) == (EVERY_COPY_IN_STEP, True, 1)
    assert [one.message.value for one in take_all(one_agency, one_agency.hub())] == [b"0 1", marked, b"0 3"]


def test_a_worker_that_is_slow_takes_no_more_than_a_fetch_of_each_partition(
    reached: Reached, one_agency: KafkaRoad
) -> None:
    count, size = 96, 512 * 1024
    big = (Outgoing(one_agency.inbound_topic, a_key(one), a_message(one, value=bytes(size))) for one in range(count))
    one_agency.agency().send_all(tuple(big))
    began, hub = reached.proxy.brought_bytes, one_agency.hub()
    held, before = take(one_agency, hub, limit=5), -1
    while reached.proxy.brought_bytes > before + size:
        before = reached.proxy.brought_bytes
        for _ in range(5):  # its store is away: it asks again, and is done with nothing
            assert take(one_agency, hub, limit=5) == held
            sleep(0.1)
    assert len(held) == 5
    assert reached.proxy.brought_bytes - began < PARTITIONS * MAX_MESSAGE_BYTES + 16 * size < count * size / 2
    hub.done_all(consumer_of(one_agency), held)
    assert len(held) + len(take_all(one_agency, hub, limit=50)) == count
