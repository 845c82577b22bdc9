"""A road between one agency and the hub on each bus, as the tests use it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest

from agencies.edge import Publisher
from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.bus_kafka import KafkaBus
from hub.adapters.kafka_client import KafkaAccess
from hub.adapters.kafka_plan import Plan, plan, principal_of
from hub.application.bus_port import Bus, Unread
from tests.support import kafka_broker
from tests.support.kafka_broker import pass_phrase
from tests.support.kafka_setup import apply


class OpenBus(Bus, Publisher, Protocol):
    """A bus, as a process holds it."""

    def lag(self, consumer: str, topics: tuple[str, ...]) -> tuple[Unread, ...]:
        """See edge_side.Road."""

    def reach(self) -> None:
        """See edge_side.Road."""

    def close(self) -> None:
        """Let it go."""


class Road(Protocol):
    """One agency's topics on one bus."""

    @property
    def inbound_topic(self) -> str:
        """Where the agency publishes."""

    def agency(self) -> OpenBus:
        """The bus as the agency's edge opens it."""

    def hub(self) -> OpenBus:
        """The bus as one more worker of the hub opens it."""


@dataclass
class EmbeddedRoad:
    """Topics in a file."""

    path: Path
    inbound_topic: str = "in.police.v1"
    opened: list[EmbeddedBus] = field(default_factory=list)

    def agency(self) -> OpenBus:
        """See Road."""
        return self.hub()

    def hub(self) -> OpenBus:
        """See Road."""
        self.opened.append(EmbeddedBus(self.path))
        return self.opened[-1]


@dataclass
class KafkaRoad:
    """Topics, rights and users of its own on a real broker."""

    reached: Mapping[str, str]
    name: str = field(default_factory=lambda: f"a{uuid4().hex}")
    opened: list[KafkaBus] = field(default_factory=list)

    @property
    def inbound_topic(self) -> str:
        """See Road."""
        return f"in.{self.name}.v1"

    @property
    def receipts_topic(self) -> str:
        """Where the hub answers."""
        return f"receipts.{self.name}.v1"

    @property
    def outbound_topic(self) -> str:
        """Where the hub shares."""
        return f"out.{self.name}.v1"

    @property
    def hub_user(self) -> str:
        """The hub, as this road knows it."""
        return f"hub-ingest-{self.name}"

    def plan(self) -> Plan:
        """Its topics and rights: those of a partnership of one."""
        copies = min(3, len(self.reached["brokers"].split(",")))
        return plan((self,), hub=self.hub_user, group="hub-receive-" + self.name, copies=copies)

    def agency(self) -> OpenBus:
        """See Road."""
        return self.opening(principal_of(self))

    def hub(self) -> OpenBus:
        """See Road."""
        return self.opening(self.hub_user)

    def opening(self, user: str, quiet_seconds: float = 300.0) -> KafkaBus:
        """The bus as that user opens it; `quiet_seconds` as in KafkaAccess."""
        word = pass_phrase(self.reached["secret"], user)
        access = KafkaAccess(self.reached["brokers"], user, word, quiet_seconds=quiet_seconds)
        self.opened.append(KafkaBus(access))
        return self.opened[-1]


@pytest.fixture(scope="session")
def kafka(run_folder: Path) -> Mapping[str, str]:
    """A single broker, shared by the whole run."""
    return kafka_broker.reach(run_folder)


@pytest.fixture
def embedded_road(tmp_path: Path) -> Iterator[EmbeddedRoad]:
    """A road in a file."""
    road = EmbeddedRoad(tmp_path / "bus.db")
    yield road
    for bus in road.opened:
        bus.close()


@pytest.fixture
def kafka_road(kafka: Mapping[str, str]) -> Iterator[KafkaRoad]:
    """A road on the broker."""
    road = KafkaRoad(kafka)
    apply(kafka, road.plan())
    yield road
    for bus in road.opened:
        bus.close()


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def road(request: pytest.FixtureRequest) -> Road:
    """A road, on each bus in turn."""
    found: Road = request.getfixturevalue(f"{request.param}_road")
    return found
