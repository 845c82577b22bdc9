"""The road between agencies and hub on Apache Kafka: durable, in order for each routing token, at least once.

The one module that is async: a thread with a loop of its own behind the plain calls of bus_port.Bus. A message is
committed after its consumer is done with it, so a crash at any moment gives it again; Kafka's transactions are not
relied on.
"""

import asyncio
import heapq
from collections.abc import Coroutine
from threading import Thread
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.adapters.kafka_client import Consumer, KafkaAccess, Partition, Producer, lag_of, started
from hub.adapters.kafka_messages import PARTITIONS_AT_MOST, arrived_of, safe_headers, safe_key
from hub.adapters.kafka_plan import MAX_MESSAGE_BYTES
from hub.adapters.kafka_watch import KafkaWatch
from hub.application.bus_port import Arrived, Unread
from hub.domain.errors import StoreUnavailable

_CALL_SECONDS = 60
_JOIN_SECONDS = 30
_SEND_SECONDS = 20
_AT_ONCE_BYTES = 16 * 1024 * 1024
_FETCHED_TOGETHER = 32
_REACH_SECONDS = 4
_T = TypeVar("_T")
_Ready = tuple[str, bytes, list[tuple[str, bytes]], bytes]


class KafkaBus:
    """Topics on a Kafka cluster. One object for each process; calls may come from any thread."""

    def __init__(self, access: KafkaAccess) -> None:
        """Connect at the first call."""
        self._access = access
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="bus-kafka", daemon=True)
        self._thread.start()
        self._starting = asyncio.Lock()
        self._producer: Producer | None = None
        self._readers: dict[tuple[str, tuple[str, ...]], _Reader] = {}
        self._watch = KafkaWatch(_connection(access))

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """See bus_port.Bus. Raises NotForUs (pii_in_context) before anything leaves, StoreUnavailable."""
        self.send_all((Outgoing(topic, key, message),))

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See bus_port.Bus. Raises as `send` does."""
        ready = tuple((one.topic, safe_key(one.key), safe_headers(one.message), one.message.value) for one in outgoing)
        self._run(self._send(ready), _SEND_SECONDS)

    def publish(self, outgoing: Outgoing) -> None:
        """See agencies.edge.Publisher. Raises as `send` does."""
        self.send(outgoing.topic, outgoing.key, outgoing.message)

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """See bus_port.Bus. Raises StoreUnavailable."""
        return self._run(self._poll(consumer, topics, limit))

    def done(self, consumer: str, arrived: Arrived) -> None:
        """See bus_port.Bus. Committed with the last message of what `poll` gave, and when the bus is closed.

        Raises StoreUnavailable.
        """
        self._run(self._done(consumer, (arrived,)))

    def done_all(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        """See bus_port.Bus. Committed as `done` says. Raises StoreUnavailable."""
        if arrived:
            self._run(self._done(consumer, arrived))

    def lag(self, consumer: str, topics: tuple[str, ...]) -> tuple[Unread, ...]:
        """See edge_side.Road."""
        return self._run(self._lag(consumer, topics), _REACH_SECONDS)

    def reach(self) -> None:
        """Ask a broker something and hear its answer. Raises StoreUnavailable."""
        self._run(self._reach(), _REACH_SECONDS)

    def close(self) -> None:
        """Commit what is done, leave the groups, and end the thread; again, nothing. Raises StoreUnavailable."""
        if self._loop.is_closed():
            return
        try:
            self._run(self._stop())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_CALL_SECONDS)
            self._loop.close()

    def _run(self, asked: Coroutine[object, object, _T], seconds: float = _CALL_SECONDS) -> _T:
        future = asyncio.run_coroutine_threadsafe(asked, self._loop)
        try:
            return future.result(seconds)
        except (KafkaError, TimeoutError) as refused:
            future.cancel()
            raise StoreUnavailable(type(refused).__name__) from None

    async def _send(self, ready: tuple[_Ready, ...]) -> None:
        async with self._starting:
            producer = await self._to_send()
        # Handed over in order: the client library keeps each partition's order, and sends many in one request.
        sent = [await producer.send(topic, value, key, headers=headers) for topic, key, headers, value in ready]
        await asyncio.gather(*sent)

    async def _reach(self) -> None:
        async with self._starting:
            producer = await self._to_send()
        if not await producer.client.force_metadata_update():
            raise StoreUnavailable("no_broker")

    async def _to_send(self) -> Producer:
        if self._producer is None:
            self._producer = await started(_producer(self._access))
        return self._producer

    async def _lag(self, consumer: str, topics: tuple[str, ...]) -> tuple[Unread, ...]:
        reader = self._readers.get((consumer, topics))
        if reader is not None:
            return await lag_of(reader.consumer)
        async with self._starting:
            return await self._watch.lag(consumer, topics, await self._to_send())

    async def _poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        async with self._starting:
            reader = self._readers.get((consumer, topics))
            if reader is None:
                reader = _Reader(self._access, consumer, topics)
                await started(reader.consumer)
                self._readers[consumer, topics] = reader
        return await reader.next(limit)

    async def _done(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        for (group, topics), reader in self._readers.items():
            if group == consumer:
                await reader.done(tuple(one for one in arrived if one.topic in topics))

    async def _stop(self) -> None:
        try:
            for reader in self._readers.values():
                await reader.commit()
        finally:
            for reader in self._readers.values():
                await reader.consumer.stop()
            await self._watch.stop()
            if self._producer is not None:
                await self._producer.stop()


class _Reader:
    """One consumer group's reading of some topics: what was given and is not done with, and from where to go on."""

    def __init__(self, access: KafkaAccess, group: str, topics: tuple[str, ...]) -> None:
        subscribed = AIOKafkaConsumer(
            **_connection(access),
            group_id=group,
            enable_auto_commit=False,
            heartbeat_interval_ms=1_000,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
            fetch_max_bytes=_AT_ONCE_BYTES,
        )
        subscribed.subscribe(topics, listener=self)
        self.consumer: Consumer = subscribed
        self._wait_seconds = access.wait_seconds
        self._fetching = asyncio.Lock()
        self._joined = asyncio.Event()
        self._given: dict[tuple[str, int], Arrived] = {}
        self._done_to: dict[Partition, int] = {}
        self._committed: dict[Partition, int] = {}

    async def next(self, limit: int) -> tuple[Arrived, ...]:
        """What was given and is not done with, oldest first, then what comes next."""
        async with self._fetching:
            await asyncio.wait_for(self._joined.wait(), _JOIN_SECONDS)
            await self.commit()
            if len(self._given) < limit:
                await self._fetch(limit)
            return tuple(self._given.values())[:limit]

    async def _fetch(self, limit: int) -> None:
        """Take what has come, a few at a time, so that big messages do not fill the memory."""
        held = sum(len(arrived.message.value) for arrived in self._given.values())
        wait_ms = 0 if self._given else int(self._wait_seconds * 1000)
        while len(self._given) < limit and held < _AT_ONCE_BYTES:
            at_once = min(_FETCHED_TOGETHER, limit - len(self._given))
            found = await self.consumer.getmany(timeout_ms=wait_ms, max_records=at_once)
            for record in heapq.merge(*found.values(), key=lambda record: record.timestamp):
                held += len(record.value or b"")
                self._give(arrived_of(record))
            if not found:
                break
            wait_ms = 0

    async def done(self, arrived: tuple[Arrived, ...]) -> None:
        """Note them; what another worker has been given meanwhile is its own to do."""
        for one in arrived:
            if self._given.pop((one.topic, one.position), None) is not None:
                where, offset = _where(one)
                self._done_to[where] = max(offset + 1, self._done_to.get(where, 0))
        if not self._given:
            await self.commit()

    async def commit(self) -> None:
        """Tell the broker from where the group goes on: never past a message that is not done with."""
        ours = self.consumer.assignment()
        offsets = {where: self._safe_offset(where) for where in self._done_to if where in ours}
        moved = {where: offset for where, offset in offsets.items() if self._committed.get(where) != offset}
        if not moved:
            return
        try:
            await self.consumer.commit(moved)
        except (CommitFailedError, IllegalStateError):
            self._forget()  # replaced while it worked: whoever has the partitions now is given the messages again
        else:
            self._committed.update(moved)

    async def on_partitions_revoked(self, revoked: object) -> None:
        """Commit what is done before the partitions are dealt out again."""
        self._joined.clear()
        await self.commit()

    async def on_partitions_assigned(self, assigned: frozenset[Partition]) -> None:
        """Let go of what is another worker's now; what is given again here is known by its place."""
        self._given = {place: arrived for place, arrived in self._given.items() if _where(arrived)[0] in assigned}
        self._done_to = {where: offset for where, offset in self._done_to.items() if where in assigned}
        self._committed = {where: offset for where, offset in self._committed.items() if where in assigned}
        self._joined.set()

    def _give(self, arrived: Arrived) -> None:
        where, offset = _where(arrived)
        if where not in self._done_to or offset >= self._safe_offset(where):
            self._given[arrived.topic, arrived.position] = arrived

    def _safe_offset(self, where: Partition) -> int:
        waiting = (offset for place, offset in map(_where, self._given.values()) if place == where)
        return min((*waiting, self._done_to[where]))

    def _forget(self) -> None:
        self._given.clear()
        self._done_to.clear()
        self._committed.clear()


ConsumerRebalanceListener.register(_Reader)


def _connection(access: KafkaAccess) -> dict[str, object]:
    """How to connect: by a pass phrase, or by the certificate in `tls` where there is none."""
    proof: dict[str, object] = {"security_protocol": "SSL"}
    if access.pass_phrase:
        proof = {
            "security_protocol": "SASL_PLAINTEXT" if access.tls is None else "SASL_SSL",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": access.user,
            "sasl_plain_password": access.pass_phrase,
        }
    return {
        "bootstrap_servers": access.brokers,
        "client_id": access.user or "safeguarding-hub",
        "ssl_context": access.tls,
        "request_timeout_ms": 20_000,
        **proof,
    }


def _producer(access: KafkaAccess) -> Producer:
    made: Producer = AIOKafkaProducer(
        **_connection(access), enable_idempotence=True, acks="all", max_request_size=MAX_MESSAGE_BYTES
    )
    return made


def _where(arrived: Arrived) -> tuple[Partition, int]:
    offset, partition = divmod(arrived.position, PARTITIONS_AT_MOST)
    where: Partition = TopicPartition(arrived.topic, partition)
    return where, offset
