"""Messages as they go on and come off a Kafka topic: no personal data in a key or a header, and each with its place."""

from uuid import UUID

from contracts.envelope import Sealed
from contracts.errors import NotForUs
from hub.adapters.kafka_client import Record
from hub.application.bus_port import Arrived

PARTITIONS_AT_MOST = 4096


def safe_key(key: str) -> bytes:
    """The routing token's bytes. Raises NotForUs (pii_in_context) where it is not a random-looking token."""
    try:
        token = str(UUID(key))
    except ValueError:
        raise NotForUs("pii_in_context") from None
    if token != key:
        raise NotForUs("pii_in_context")
    return token.encode("ascii")


def safe_headers(message: Sealed) -> list[tuple[str, bytes]]:
    """The headers as the client library takes them. Raises NotForUs (pii_in_context) for one that is not allowed."""
    if not message.may_travel():
        raise NotForUs("pii_in_context")
    return [(name, text.encode("utf-8")) for name, text in message.headers]  # the client library takes a list alone


def arrived_of(record: Record) -> Arrived:
    """The message as its sender's bytes have it; what is no text is made text, for the receiver to refuse."""
    headers = tuple((name, (text or b"").decode("utf-8", "backslashreplace")) for name, text in record.headers)
    position = record.offset * PARTITIONS_AT_MOST + record.partition
    return Arrived(record.topic, position, Sealed(headers, record.value or b""))
