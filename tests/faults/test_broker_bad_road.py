"""A broker that dies and comes back, and a bad road to it: is nothing lost, and does all come once it is good again?"""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest

from tests.support.beset import Beset, on_kafka
from tests.support.fault_proxy import CUT, FINE, HALF_OPEN, ONE_WAY, FaultProxy, Weather
from tests.support.kafka_broker import Broker, Cluster, can_run

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

OUTAGE_SECONDS = 2.0


@dataclass(frozen=True)
class Road:
    """A broker, the road that everybody comes to it by, and a partnership on it."""

    broker: Broker
    proxy: FaultProxy
    beset: Beset

    def under(self, weather: Weather) -> None:
        """A bad road for a while, and notices that come meanwhile."""
        with self.proxy.under(weather):
            self.beset.drop(3)
            sleep(OUTAGE_SECONDS)

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


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    """A broker that nobody else uses."""
    can_run()
    cluster = Cluster(1, by_road=True)
    with ExitStack() as stack:
        stack.callback(cluster.stop)
        proxy = FaultProxy(("127.0.0.1", cluster.client_port), cluster.road_port)
        stack.callback(proxy.close)
        beset = on_kafka(tmp_path, cluster.start(tmp_path))
        stack.callback(beset.end)
        yield Road(cluster.nodes[0], proxy, beset)


def test_on_a_bad_road_nothing_is_lost_and_all_comes_when_it_is_good_again(road: Road) -> None:
    beset = road.beset
    working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
    bad: dict[str, Callable[[], None]] = {
        "fine": lambda: road.under(FINE),
        "cut": lambda: road.under(CUT),
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
    for one in (working, sending):
        code, seconds = one.stop()
        assert (code, seconds < 10) == (0, True), one.words()
        assert "Traceback" not in one.words()
    found = beset.broken()
    assert found == []
