"""What lies on the topics, as whoever runs the brokers can read it: keys, headers and values."""

from collections.abc import Mapping

from confluent_kafka import Consumer, KafkaError, Message, TopicPartition

from hub.adapters.kafka_plan import PARTITIONS, Plan
from tests.support.kafka_broker import ADMIN, client_settings


def everything_in(reached: Mapping[str, str], topic: str, partitions: int = PARTITIONS) -> list[Message]:
    """Every message of a topic."""
    settings = {**client_settings(reached, ADMIN), "group.id": "unused", "enable.partition.eof": True}
    consumer = Consumer(settings)
    found: list[Message] = []
    ended = 0
    try:
        consumer.assign([TopicPartition(topic, partition, 0) for partition in range(partitions)])
        while ended < partitions:
            message = consumer.poll(30)
            assert message is not None, "the broker said nothing"
            error = message.error()
            if error is None:
                found.append(message)
            else:
                assert error.code() == KafkaError._PARTITION_EOF, error.name()
                ended += 1
    finally:
        consumer.close()
    return found


def bytes_of(message: Message) -> bytes:
    """All of a message that its broker holds."""
    return b"\n".join((message.key() or b"", repr(message.headers() or ()).encode(), message.value() or b""))


def all_topics(reached: Mapping[str, str], of: Plan) -> Mapping[str, bytes]:
    """All that each topic of the plan holds; empty where nothing was ever sent."""
    return {
        topic.name: b"\n".join(map(bytes_of, everything_in(reached, topic.name, topic.partitions)))
        for topic in of.topics
    }
