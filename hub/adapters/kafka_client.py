"""What the Kafka client library is asked for here, stated as types, since it states none; and where the brokers are."""

import ssl
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from hub.application.bus_port import Unread


@dataclass(frozen=True, slots=True)
class KafkaAccess:
    """Where the brokers are (host:port, comma-separated), and as whom; `tls` None only on one machine.

    `wait_seconds` is how long `poll` waits for a message before it says that there is none. `quiet_seconds`: who
    asks for no message for so long is put out of its group, and another worker reads in its place.
    """

    brokers: str
    user: str
    pass_phrase: str = field(repr=False)
    tls: ssl.SSLContext | None = None
    wait_seconds: float = 1.0
    quiet_seconds: float = 300.0


class Partition(Protocol):
    """One partition of one topic, as the client library names it."""

    topic: str
    partition: int


class Record(Protocol):
    """A message as the client library gives it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


class TopicNotSeen(Exception):
    """Brokers answer, and tell of no such topic: there is none, or this principal may not see it, they say not which.

    To the client library that looks as if they were away.
    """


class Part(Protocol):
    """What the client library starts and stops."""

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Disconnect."""


_Started = TypeVar("_Started", bound=Part)


class Consumer(Part, Protocol):
    """As much of a consumer as is used here."""

    def subscribe(self, topics: Sequence[str], *, listener: object) -> None:
        """Read these with the rest of its group; `listener` is told how the group deals them out."""

    async def getmany(self, *, timeout_ms: int, max_records: int) -> Mapping[Partition, Sequence[Record]]:
        """The next messages of each partition, in order."""

    async def topics(self) -> frozenset[str]:
        """Every topic that it may see, asked anew."""

    def assignment(self) -> frozenset[Partition]:
        """The partitions that are this consumer's to read."""

    def pause(self, *partitions: Partition) -> None:
        """Fetch nothing of these."""

    def resume(self, *partitions: Partition) -> None:
        """Go on fetching of these."""

    def paused(self) -> set[Partition]:
        """Those of which nothing is fetched."""

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Say from where the group goes on."""

    async def committed(self, partition: Partition) -> int | None:
        """From where the group goes on; None when it has never said."""

    async def beginning_offsets(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """The offset of the oldest message of each."""

    async def end_offsets(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """The offset that the next message of each will have."""


class Watcher(Consumer, Protocol):
    """A consumer that reads nothing, and asks how far its group has come."""

    def assign(self, partitions: Sequence[Partition]) -> None:
        """Look at these, as no member of the group."""


class Cluster(Protocol):
    """As much of what brokers say of their topics as is used here."""

    def topics(self) -> set[str]:
        """Every topic of which brokers told, and that they have."""

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        """The numbers of its partitions; None where nothing is known of such a topic."""


class Client(Protocol):
    """As much of a producer's connections as is used here."""

    @property
    def cluster(self) -> Cluster:
        """What was heard last."""

    async def fetch_all_metadata(self) -> Cluster:
        """Every topic that there is and that it may see, asked anew; raises KafkaError where no broker answers."""

    async def force_metadata_update(self) -> bool:
        """Whether a broker answered what topics there are."""

    async def close(self) -> None:
        """Close them all."""


class Producer(Part, Protocol):
    """As much of a producer as is used here."""

    @property
    def client(self) -> Client:
        """Its connections."""

    async def partitions_for(self, topic: str) -> frozenset[int]:
        """The numbers of the partitions of a topic that there is."""

    async def send(
        self, topic: str, value: bytes, key: bytes, *, headers: list[tuple[str, bytes]]
    ) -> Awaitable[object]:
        """Hand a message over, after those before it; every copy in step has it when what this returns is done."""


async def started(part: _Started) -> _Started:
    """The same, connected; let go again where it could not connect."""
    try:
        await part.start()
    except BaseException:
        await part.stop()
        raise
    return part


async def lag_of(consumer: Consumer) -> tuple[Unread, ...]:
    """What is not done with of each topic, in the partitions that are this consumer's."""
    ours = tuple(consumer.assignment())
    ends, begun = await consumer.end_offsets(ours), await consumer.beginning_offsets(ours)
    found: dict[str, tuple[int, int]] = {}
    for where in ours:
        done, end = found.get(where.topic, (0, 0))
        reached = max(await consumer.committed(where) or 0, begun[where])
        found[where.topic] = (done + reached, end + ends[where])
    return tuple(Unread(topic, end - done, done, end) for topic, (done, end) in sorted(found.items()))
