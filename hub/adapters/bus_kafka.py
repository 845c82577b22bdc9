"""The road between agencies and hub on Apache Kafka: durable, in order for each routing token, at least once.

Async behind plain calls: a thread with a loop of its own behind those of bus_port.Bus. A message is
committed after its consumer is done with it, so a crash at any moment gives it again; Kafka's transactions are not
relied on.
"""

import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import TypeVar

from aiokafka import AIOKafkaProducer
from aiokafka.errors import InvalidTopicError, KafkaError, MessageSizeTooLargeError, TopicAuthorizationFailedError

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.adapters.kafka_client import Client, KafkaAccess, Producer, TopicNotSeen, started
from hub.adapters.kafka_messages import safe_headers, safe_key
from hub.adapters.kafka_plan import MAX_MESSAGE_BYTES
from hub.adapters.kafka_reader import KafkaReader
from hub.adapters.kafka_watch import KafkaWatch
from hub.application.bus_port import Arrived, Unread
from hub.domain.errors import StoreUnavailable, TopicRefuses

_CALL_SECONDS = 60
_SEND_SECONDS = 20
_SLOW_SECONDS = 3
_REACH_SECONDS = 4
_T = TypeVar("_T")
_Ready = tuple[str, bytes, list[tuple[str, bytes]], bytes]


_OF_A_TOPIC = (TopicAuthorizationFailedError, InvalidTopicError, MessageSizeTooLargeError, TopicNotSeen)


class KafkaBus:
    """Topics on a Kafka cluster. One object for each process; calls may come from any thread."""

    def __init__(self, access: KafkaAccess) -> None:
        """Connect at the first call."""
        self._access = access
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="bus-kafka", daemon=True)
        self._thread.start()
        self._starting = asyncio.Lock()
        self._watching = asyncio.Lock()
        self._producer: Producer | None = None
        self._ending: set[asyncio.Future[None]] = set()
        self._readers: dict[tuple[str, tuple[str, ...]], KafkaReader] = {}
        self._watch = KafkaWatch(_connection(access))

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """See bus_port.Bus. Raises NotForUs (pii_in_context) before anything leaves, TopicRefuses, StoreUnavailable."""
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

    def rest(self, consumer: str, topics: frozenset[str], seconds: float) -> None:
        """See bus_port.Bus. Raises StoreUnavailable."""
        self._run(self._rest(consumer, topics, seconds))

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
        except (KafkaError, TimeoutError, TopicNotSeen) as refused:
            future.cancel()
            kind = TopicRefuses if isinstance(refused, _OF_A_TOPIC) else StoreUnavailable
            raise kind(type(refused).__name__) from None

    async def _send(self, ready: tuple[_Ready, ...]) -> None:
        async with self._starting:
            producer = await self._to_send()
        topics = frozenset(topic for topic, *_ in ready)
        try:
            await _there(producer.client, frozenset(one for one in topics if _is_unknown(producer.client, one)))
            # Handed over in order: the client library keeps each partition's order, and sends many in one request.
            sent = [await producer.send(topic, value, key, headers=headers) for topic, key, headers, value in ready]
            await self._taken(producer.client, topics, asyncio.gather(*sent))
        except (KafkaError, TopicNotSeen):
            await self._put_away(producer)
            raise

    async def _taken(self, client: Client, topics: frozenset[str], sending: "asyncio.Future[list[object]]") -> None:
        """All of it was sent. A topic of which brokers were heard may have been deleted since: they are asked anew."""
        _, slow = await asyncio.wait((sending,), timeout=_SLOW_SECONDS)
        try:
            if slow:
                await _there(client, topics)
            await sending
        finally:
            sending.cancel()

    async def _put_away(self, producer: Producer) -> None:
        """Whoever sends next begins anew. What failed has left a gap in this one's sequence, which no broker forgives.

        Nothing is lost by it: what was not sent is sent again by whoever keeps it, and what was sent twice is told.
        """
        async with self._starting:
            if self._producer is producer:
                self._producer = None
                ending = asyncio.ensure_future(ended(producer, _SEND_SECONDS))
                self._ending.add(ending)
                ending.add_done_callback(self._ending.discard)

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
        async with self._starting:
            producer = await self._to_send()
        async with self._watching:  # asked from beside the group: a member knows of its own partitions alone
            return await self._watch.lag(consumer, topics, producer)

    async def _poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        async with self._starting:
            reader = self._readers.get((consumer, topics))
            if reader is None:
                reader = KafkaReader(self._access, _connection(self._access), consumer, topics)
                await reader.start()
                self._readers[consumer, topics] = reader
        return await reader.next(limit)

    async def _rest(self, consumer: str, topics: frozenset[str], seconds: float) -> None:
        for (group, _), reader in self._readers.items():
            if group == consumer:
                reader.rest(topics, seconds)

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
                await reader.stop()
            await self._watch.stop()
            if self._producer is not None:
                await self._producer.stop()
            if self._ending:
                await asyncio.wait(self._ending, timeout=_REACH_SECONDS)


def _is_unknown(client: Client, topic: str) -> bool:
    """Whether the client library has not heard of that topic yet, or not any more."""
    return client.cluster.partitions_for_topic(topic) is None


async def _there(client: Client, topics: frozenset[str]) -> None:
    """Nothing, where brokers have all of these. Raises TopicNotSeen where they answer and lack one, else KafkaError."""
    if topics and not topics <= (await client.fetch_all_metadata()).topics():
        raise TopicNotSeen


async def ended(producer: Producer, seconds: float) -> None:
    """It is stopped, whatever it could still send; one that does not stop in time has its connections closed."""
    try:
        await asyncio.wait_for(producer.stop(), seconds)
    except (KafkaError, TimeoutError):
        await producer.client.close()


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
