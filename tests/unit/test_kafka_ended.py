"""Is a producer that does not end when it is told to rid of its connections all the same?"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field

import pytest
from aiokafka.errors import KafkaConnectionError

from hub.adapters.bus_kafka import ended
from hub.adapters.kafka_client import Cluster


@dataclass
class Connections:
    """Those of a producer."""

    closed: int = 0

    @property
    def cluster(self) -> Cluster:
        """See Client."""
        raise KafkaConnectionError

    async def fetch_all_metadata(self) -> Cluster:
        """See Client."""
        raise KafkaConnectionError

    async def force_metadata_update(self) -> bool:
        """See Client."""
        return True

    async def close(self) -> None:
        """See Client."""
        self.closed += 1


@dataclass
class Stuck:
    """A producer that waits for a broker for ever, or is refused, when it is told to stop."""

    refused: bool
    client: Connections = field(default_factory=Connections)

    async def start(self) -> None:
        """See Part."""

    async def stop(self) -> None:
        """See Part."""
        if self.refused:
            raise KafkaConnectionError
        await asyncio.Event().wait()

    async def partitions_for(self, topic: str) -> frozenset[int]:
        """See Producer."""
        return frozenset()

    async def send(
        self, topic: str, value: bytes, key: bytes, *, headers: list[tuple[str, bytes]]
    ) -> Awaitable[object]:
        """See Producer."""
        raise KafkaConnectionError


@pytest.mark.parametrize("refused", [True, False])
def test_a_producer_that_does_not_end_has_its_connections_closed(*, refused: bool) -> None:
    stuck = Stuck(refused)
    asyncio.run(ended(stuck, 0.01))
    assert stuck.client.closed == 1
