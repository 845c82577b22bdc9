"""What a producer asks of a Kafka broker, read from its bytes (Kafka protocol: Produce v3 to v8, batch v2)."""

import struct

EVERY_COPY_IN_STEP = -1  # acks=all
_PRODUCE = 0
_BATCH_VERSION = 2


def produced(said: bytes) -> tuple[int, int, int, int]:
    """What the one request to produce among these bytes asks: acks; and its batch's producer, epoch and sequence."""
    (request,) = (body for api, body in _requests(said) if api == _PRODUCE)
    place = _after_text(request, _after_text(request, 0))
    (acks,) = struct.unpack_from(">h", request, place)
    topics = place + 2 + 4 + 4  # acks, how long to wait, how many topics
    batch = _after_text(request, topics) + 4 + 4 + 4  # how many partitions, which, how long
    (version,) = struct.unpack_from(">b", request, batch + 16)
    assert version == _BATCH_VERSION
    producer, epoch, sequence = struct.unpack_from(">qhi", request, batch + 43)
    return int(acks), int(producer), int(epoch), int(sequence)


def _requests(said: bytes) -> list[tuple[int, bytes]]:
    """Which call each request is of, and what follows its version and number: client, then the call's own."""
    found, place = [], 0
    while place < len(said):
        size, api = struct.unpack_from(">ih", said, place)
        found.append((int(api), said[place + 12 : place + 4 + size]))
        place += 4 + size
    return found


def _after_text(request: bytes, place: int) -> int:
    (length,) = struct.unpack_from(">h", request, place)
    return place + 2 + max(0, int(length))
