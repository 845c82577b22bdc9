"""How far a consumer group has come, asked from beside it by a process that reads nothing for the group itself."""

from aiokafka import AIOKafkaConsumer, TopicPartition

from hub.adapters.kafka_client import Producer, Watcher, lag_of, started
from hub.application.bus_port import Unread


class KafkaWatch:
    """One look at each group, kept open; it joins none, so nobody's partitions are dealt out again for it."""

    def __init__(self, connection: dict[str, object]) -> None:
        """Connect at the first look."""
        self._connection = connection
        self._watchers: dict[str, Watcher] = {}

    async def lag(self, group: str, topics: tuple[str, ...], producer: Producer) -> tuple[Unread, ...]:
        """What the group has not done with of each topic there is; `producer` knows of how many partitions it is."""
        watcher = await self._open(group)
        there = await watcher.topics()
        wanted = [
            TopicPartition(topic, number)
            for topic in topics
            if topic in there
            for number in sorted(await producer.partitions_for(topic))
        ]
        if frozenset(wanted) != watcher.assignment():
            watcher.assign(wanted)
            watcher.pause(*wanted)
        return await lag_of(watcher)

    async def stop(self) -> None:
        """Disconnect."""
        for watcher in self._watchers.values():
            await watcher.stop()

    async def _open(self, group: str) -> Watcher:
        if group not in self._watchers:
            watcher: Watcher = AIOKafkaConsumer(**self._connection, group_id=group, enable_auto_commit=False)
            self._watchers[group] = await started(watcher)
        return self._watchers[group]
