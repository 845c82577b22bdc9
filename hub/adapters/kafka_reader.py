"""One consumer group's reading of some topics on Kafka: given, done with, and committed in that order.

What is held unread is bounded: no more than was asked for is given, and the client library reads ahead no further than
one fetch of each partition.
"""

import asyncio
import heapq
from contextlib import suppress

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from hub.adapters.kafka_client import Consumer, KafkaAccess, Partition, TopicNotSeen, started
from hub.adapters.kafka_messages import PARTITIONS_AT_MOST, arrived_of
from hub.adapters.kafka_plan import MAX_MESSAGE_BYTES
from hub.application.bus_port import Arrived

_JOIN_SECONDS = 30
_ASKING_MS = 100
_AT_ONCE_BYTES = 16 * 1024 * 1024
_FETCHED_TOGETHER = 32
_TOPICS_ASKED_MS = 30_000  # a topic made while it reads is read within that time


class KafkaReader:
    """One consumer group's reading of some topics: what was given and is not done with, and from where to go on."""

    def __init__(self, access: KafkaAccess, connection: dict[str, object], group: str, topics: tuple[str, ...]) -> None:
        """Connect with `start`."""
        self.consumer: Consumer = AIOKafkaConsumer(
            **connection,
            group_id=group,
            enable_auto_commit=False,
            heartbeat_interval_ms=1_000,
            max_poll_interval_ms=int(access.quiet_seconds * 1000),
            auto_offset_reset="earliest",
            metadata_max_age_ms=_TOPICS_ASKED_MS,
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
            fetch_max_bytes=_AT_ONCE_BYTES,
        )
        self._topics = topics
        self._wait_seconds = access.wait_seconds
        self._fetching = asyncio.Lock()
        self._joined = asyncio.Event()
        self._asking: asyncio.Future[bool] | None = None
        self._given: dict[tuple[str, int], Arrived] = {}
        self._read_to: dict[Partition, int] = {}
        self._done_to: dict[Partition, int] = {}
        self._committed: dict[Partition, int] = {}
        self._resting: dict[str, float] = {}

    async def start(self) -> None:
        """Connect, and then ask for the topics: were any missing, the client library would not connect for its sake."""
        await started(self.consumer)
        self.consumer.subscribe(self._topics, listener=self)

    async def next(self, limit: int) -> tuple[Arrived, ...]:
        """What was given and is not done with, oldest first, then what comes next. Raises TopicNotSeen."""
        async with self._fetching:
            await self._join()
            await self.commit()
            self._rest_and_go_on()
            if len(self._ready()) < limit:
                await self._fetch(limit)
            await self._see()
            return self._ready()[:limit]

    async def _see(self) -> None:
        """Nothing, where it has a partition, or brokers tell of some topic of its own. Raises TopicNotSeen."""
        if not self.consumer.assignment() and not frozenset(self._topics) & await self.consumer.topics():
            raise TopicNotSeen

    def rest(self, topics: frozenset[str], seconds: float) -> None:
        """Give nothing of these for so long; what was given of them and is not done with waits here in its order."""
        ends = asyncio.get_running_loop().time() + seconds
        self._resting |= dict.fromkeys(topics, ends)

    def _ready(self) -> tuple[Arrived, ...]:
        """What may be given now, oldest first."""
        if not self._resting:
            return tuple(self._given.values())
        return tuple(one for one in self._given.values() if one.topic not in self._resting)

    def _rest_and_go_on(self) -> None:
        """Fetch nothing of what rests, whoever read it before the partitions were last dealt out, and again after."""
        now = asyncio.get_running_loop().time()
        self._resting = {topic: ends for topic, ends in self._resting.items() if ends > now}
        ours, paused = self.consumer.assignment(), self.consumer.paused()
        self.consumer.pause(*(one for one in ours if one.topic in self._resting and one not in paused))
        self.consumer.resume(*(one for one in paused if one.topic not in self._resting))

    async def _join(self) -> None:
        """Wait until the group has dealt out its partitions.

        Whoever was put out of the group, having asked for nothing for too long, is let back in only while it asks for a
        message.
        """
        ends = asyncio.get_running_loop().time() + _JOIN_SECONDS
        while self._asking is not None or not self._joined.is_set():
            await self._take(_ASKING_MS, 1, max(0, ends - asyncio.get_running_loop().time()))

    async def _fetch(self, limit: int) -> None:
        """Take what has come, a few at a time, so that big messages do not fill the memory."""
        ready = self._ready()
        wait_ms = 0 if ready else int(self._wait_seconds * 1000)
        while len(ready) < limit and sum(len(one.message.value) for one in ready) < _AT_ONCE_BYTES:
            if not await self._take(wait_ms, min(_FETCHED_TOGETHER, limit - len(ready))):
                break
            wait_ms, ready = 0, self._ready()

    async def _take(self, wait_ms: int, at_once: int, patience: float | None = None) -> bool:
        """Whether messages came; they are given from now on. Raises TimeoutError after `patience` seconds.

        What was begun goes on, whoever no longer waits for it, and the next to ask waits for that: called off, the
        client library would think for ever that somebody asks, and what it had taken would be given to nobody.
        """
        self._asking = self._asking or asyncio.ensure_future(self._ask(wait_ms, at_once))
        await asyncio.wait((self._asking,), timeout=patience)
        if not self._asking.done():
            raise TimeoutError
        asked, self._asking = self._asking, None
        return asked.result()

    async def _ask(self, wait_ms: int, at_once: int) -> bool:
        found = await self.consumer.getmany(timeout_ms=wait_ms, max_records=at_once)
        for record in heapq.merge(*found.values(), key=lambda record: record.timestamp):
            self._give(arrived_of(record))
        return bool(found)

    async def done(self, arrived: tuple[Arrived, ...]) -> None:
        """Note them; what another worker has been given meanwhile is its own to do."""
        for one in arrived:
            held = self._given.get((one.topic, one.position))
            if held is not None and held.message.value == one.message.value:  # a place comes again on a topic made anew
                where, offset = _where(self._given.pop((one.topic, one.position)))
                self._done_to[where] = max(offset + 1, self._done_to.get(where, 0))
        if not self._ready():
            await self.commit()

    async def commit(self) -> None:
        """Tell the broker from where the group goes on: never past a message that is not done with."""
        ours = self.consumer.assignment()
        offsets = {where: self._safe_offset(where) for where in self._done_to if where in ours}
        moved = {where: offset for where, offset in offsets.items() if self._committed.get(where) != offset}
        if not moved:
            return
        # Put out while it worked: nothing is let go of before the partitions are dealt out anew. Were it sooner, what
        # is read past it meanwhile would be committed, and nobody would be given again what was let go of.
        with suppress(CommitFailedError, IllegalStateError):
            await self.consumer.commit(moved)
            self._committed.update(moved)

    async def stop(self) -> None:
        """Leave the group."""
        if self._asking is not None:
            self._asking.cancel()
        await self.consumer.stop()

    async def on_partitions_revoked(self, revoked: object) -> None:
        """Commit what is done before the partitions are dealt out again."""
        self._joined.clear()
        await self.commit()

    async def on_partitions_assigned(self, assigned: frozenset[Partition]) -> None:
        """Let go of what is another worker's now; what is given again here is known by its place."""
        self._given = {place: arrived for place, arrived in self._given.items() if _where(arrived)[0] in assigned}
        self._done_to = {where: offset for where, offset in self._done_to.items() if where in assigned}
        self._committed = {where: offset for where, offset in self._committed.items() if where in assigned}
        self._read_to = dict(self._committed)  # brokers go on from there, however the partitions were dealt out
        self._joined.set()

    def _give(self, arrived: Arrived) -> None:
        where, offset = _where(arrived)
        if offset < self._read_to.get(where, 0):
            self._forget(where)
            self._done_to[where] = offset  # brokers are told: from where they were, much would be passed over
        self._read_to[where] = offset + 1
        # Asked first: past what is done there is nothing to look for among all that waits.
        if offset >= self._done_to.get(where, 0) or offset >= self._safe_offset(where):
            self._given[arrived.topic, arrived.position] = arrived

    def _forget(self, where: Partition) -> None:
        """Brokers give in order, each once, and nothing before what they took a commit of: its topic was made anew."""
        self._given = {place: one for place, one in self._given.items() if _where(one)[0] != where}
        self._done_to.pop(where, None)
        self._committed.pop(where, None)

    def _safe_offset(self, where: Partition) -> int:
        waiting = (offset for place, offset in map(_where, self._given.values()) if place == where)
        return min((*waiting, self._done_to[where]))


ConsumerRebalanceListener.register(KafkaReader)


def _where(arrived: Arrived) -> tuple[Partition, int]:
    offset, partition = divmod(arrived.position, PARTITIONS_AT_MOST)
    where: Partition = TopicPartition(arrived.topic, partition)
    return where, offset
