"""Is no message passed over by a reader that was put out of its group or given up on in the midst of it?"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import CommitFailedError

from hub.adapters.kafka_client import KafkaAccess, Partition, Record
from hub.adapters.kafka_messages import PARTITIONS_AT_MOST
from hub.adapters.kafka_reader import KafkaReader

TOPIC = "in.police.v1"
PLACE: Partition = TopicPartition(TOPIC, 0)


@dataclass
class Told:
    """A message of the one partition."""

    offset: int
    value: bytes | None = b"sealed"
    topic: str = TOPIC
    partition: int = 0
    timestamp: int = 0
    headers: Sequence[tuple[str, bytes | None]] = ()


@dataclass
class Client:
    """A client library that reads on from where it is, in a group that it may have been put out of."""

    messages: int
    out: bool = False
    sealed: bytes = b"sealed"
    at: int = 0
    kept: int = 0
    asked: list[int] = field(default_factory=list)

    async def start(self) -> None:
        """See Part."""

    async def stop(self) -> None:
        """See Part."""

    def subscribe(self, topics: Sequence[str], *, listener: object) -> None:
        """See Consumer."""

    async def getmany(self, *, timeout_ms: int, max_records: int) -> Mapping[Partition, Sequence[Record]]:
        """See Consumer."""
        found = tuple(Told(offset, self.sealed) for offset in range(self.at, min(self.at + max_records, self.messages)))
        self.at += len(found)
        return {PLACE: found} if found else {}

    async def topics(self) -> frozenset[str]:
        """See Consumer."""
        return frozenset({TOPIC})

    def assignment(self) -> frozenset[Partition]:
        """See Consumer."""
        return frozenset({PLACE})

    def pause(self, *partitions: Partition) -> None:
        """See Consumer."""

    def resume(self, *partitions: Partition) -> None:
        """See Consumer."""

    def paused(self) -> set[Partition]:
        """See Consumer."""
        return set()

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """See Consumer."""
        if self.out:
            raise CommitFailedError
        self.kept = offsets[PLACE]

    async def committed(self, partition: Partition) -> int | None:
        """See Consumer."""
        return self.kept

    async def beginning_offsets(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """See Consumer."""
        return dict.fromkeys(partitions, 0)

    async def end_offsets(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """See Consumer."""
        return dict.fromkeys(partitions, self.messages)


async def _reader(client: Client) -> KafkaReader:
    access = KafkaAccess("127.0.0.1:9", "", "", wait_seconds=0.01)
    reader = KafkaReader(access, {"bootstrap_servers": access.brokers}, "hub", (TOPIC,))
    await reader.consumer.stop()
    reader.consumer = client
    await reader.on_partitions_assigned(client.assignment())
    return reader


async def _round(reader: KafkaReader, limit: int, done: int) -> tuple[int, ...]:
    """What it gives; it is done with the first of them."""
    given = await reader.next(limit)
    await reader.done(given[:done])
    return tuple(one.position // PARTITIONS_AT_MOST for one in given)


async def _put_out_and_let_in(client: Client) -> list[tuple[int, ...]]:
    """Three are given and one is done with; then it is put out, and let in again with the same partition."""
    reader = await _reader(client)
    rounds = [await _round(reader, 3, 1)]
    client.out = True
    given = await reader.next(3)
    client.out = False
    await reader.on_partitions_revoked(client.assignment())
    client.at = client.kept
    await reader.on_partitions_assigned(client.assignment())
    await reader.done(given)
    rounds.append(tuple(one.position // PARTITIONS_AT_MOST for one in given))
    return [*rounds, await _round(reader, 9, 9)]


def test_what_it_held_is_not_passed_over_by_what_it_read_since() -> None:
    client = Client(messages=6)
    rounds = asyncio.run(_put_out_and_let_in(client))
    assert rounds == [(0, 1, 2), (1, 2, 3), (4, 5)]
    assert client.kept == 6


async def _taken_by_another(client: Client) -> tuple[int, ...]:
    reader = await _reader(client)
    await _round(reader, 3, 1)
    client.out = True
    await reader.next(3)
    await reader.on_partitions_assigned(frozenset())
    client.out, client.at = False, 5
    await reader.on_partitions_assigned(client.assignment())
    return await _round(reader, 9, 9)


def test_what_is_another_workers_now_is_let_go_of() -> None:
    client = Client(messages=6)
    assert asyncio.run(_taken_by_another(client)) == (5,)
    assert client.kept == 6


async def _made_anew(client: Client) -> list[tuple[int, ...]]:
    """Three are done with and three more given; then the topic is deleted, and made anew with two on it."""
    reader = await _reader(client)
    rounds = [await _round(reader, 3, 3)]
    held = await reader.next(3)
    client.at, client.messages, client.sealed = 0, 5, b"anew"
    given = await reader.next(9)
    await reader.done((*given[:1], *held))
    rounds.append(tuple(one.position // PARTITIONS_AT_MOST for one in given))
    return [*rounds, await _round(reader, 9, 9)]


def test_a_topic_made_anew_is_read_from_its_beginning() -> None:
    client = Client(messages=6)
    assert asyncio.run(_made_anew(client)) == [(0, 1, 2), (0, 1, 2, 3, 4), (1, 2, 3, 4)]
    assert client.kept == 5


async def _made_anew_and_dealt_out(client: Client) -> tuple[int, ...]:
    """Three are done with, which brokers heard; the topic is made anew, and then another worker comes or goes."""
    reader = await _reader(client)
    await _round(reader, 3, 3)
    client.at, client.messages, client.sealed = 0, 5, b"anew"
    await reader.on_partitions_revoked(client.assignment())
    await reader.on_partitions_assigned(client.assignment())
    return await _round(reader, 9, 9)


def test_a_topic_made_anew_before_the_partitions_are_dealt_out_is_read_from_its_beginning_too() -> None:
    client = Client(messages=6)
    assert asyncio.run(_made_anew_and_dealt_out(client)) == (0, 1, 2, 3, 4)
    assert client.kept == 5


async def _seen_to_be_anew(client: Client) -> None:
    reader = await _reader(client)
    await _round(reader, 3, 3)
    client.at, client.messages, client.sealed = 0, 5, b"anew"
    await _round(reader, 9, 0)
    await reader.next(9)


def test_brokers_hear_that_nothing_of_a_topic_made_anew_is_done_with() -> None:
    client = Client(messages=6)
    asyncio.run(_seen_to_be_anew(client))
    assert client.kept == 0


@dataclass
class Slow(Client):
    """A client library that takes the messages, and is long about giving them; `called_off`: how often it was."""

    lets: asyncio.Event = field(default_factory=asyncio.Event)
    called_off: int = 0

    async def getmany(self, *, timeout_ms: int, max_records: int) -> Mapping[Partition, Sequence[Record]]:
        """See Consumer."""
        found = await super().getmany(timeout_ms=timeout_ms, max_records=max_records)
        try:
            await self.lets.wait()
        except asyncio.CancelledError:
            self.called_off += 1
            raise
        return found


async def _given_up_on(client: Slow) -> tuple[int, ...]:
    reader = await _reader(client)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.next(3), 0.05)
    client.lets.set()
    return await _round(reader, 6, 6)


def test_what_was_being_asked_for_when_whoever_waited_gave_up_is_given_to_the_next() -> None:
    client = Slow(messages=6)
    assert asyncio.run(_given_up_on(client)) == (0, 1, 2, 3, 4, 5)
    assert (client.called_off, client.kept) == (0, 6)
