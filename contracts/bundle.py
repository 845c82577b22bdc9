"""One seal over many signed statements of one source: what an agency sends at once, or what the hub answers at once.

It weakens nothing. Each statement is proved by itself and stored by itself, and one that is bad stops no other. A
bundle goes under a routing key that all its statements have in common, so statements about one person stay in order.
What is altered on the way opens as little as a single message would; a bundle of which nothing opens is answered as
one message, as any other is.
"""

import struct
from collections.abc import Iterator
from uuid import UUID

from contracts import envelope, signature
from contracts.envelope import BUNDLE_TYPE, MAX_VALUE_BYTES, SEALED_TYPE, PrivateKey, PublicKey, Sealed
from contracts.errors import NotForUs
from contracts.signature import Attributes, Signed, SigningKey

MOST_IN_BUNDLE = 1024
BUNDLE_BYTES = 256 * 1024
_ROOM_FOR_SEAL = 2048  # what either suite adds
_ROOM_FOR_SIGNATURE = 1024

Statement = tuple[bytes, Attributes]
"""A body, and the attributes under which it is to be signed."""


def seal_bundle(signed: tuple[Signed, ...], attributes: Attributes, recipient: PublicKey, outside: UUID) -> Sealed:
    """Many signed statements in one seal; all have the source, topic and time of `attributes`, each its own id inside.

    Raises ValueError for none, more than MOST_IN_BUNDLE, or more than MAX_VALUE_BYTES.
    """
    packed = b"".join(_frame(envelope.pack(one)) for one in signed)
    if not 1 <= len(signed) <= MOST_IN_BUNDLE or len(packed) > MAX_VALUE_BYTES - _ROOM_FOR_SEAL:
        raise ValueError("how much one bundle may hold")
    return envelope.locked(BUNDLE_TYPE, packed, attributes, recipient, outside)


def parts(statements: tuple[Statement, ...]) -> Iterator[tuple[Statement, ...]]:
    """The statements in order, cut so that each part fits one bundle of a size that passes easily."""
    part: list[Statement] = []
    size = 0
    for statement in statements:
        more = len(statement[0]) + _ROOM_FOR_SIGNATURE
        if part and (size + more > BUNDLE_BYTES or len(part) == MOST_IN_BUNDLE):
            yield tuple(part)
            part, size = [], 0
        part.append(statement)
        size += more
    if part:
        yield tuple(part)


def seal_together(statements: tuple[Statement, ...], key: SigningKey, recipient: PublicKey, outside: UUID) -> Sealed:
    """One part (see `parts`) signed together and sealed in one bundle; one statement goes as a message of its own.

    All must have one source, topic and time.
    """
    if len(statements) == 1:
        return envelope.seal(*statements[0], key, recipient, outside)
    signed = signature.sign_together(statements, key)
    return seal_bundle(signed, statements[0][1], recipient, outside)


def is_bundle(sealed: Sealed) -> bool:
    """Whether the message says that it holds many statements."""
    return sealed.header("ce_type") == BUNDLE_TYPE


def open_all(sealed: Sealed, topic: str, private: PrivateKey) -> tuple[Signed, ...]:
    """The signed statements inside, whether one or many. Raises NotForUs."""
    return open_bundle(sealed, topic, private) if is_bundle(sealed) else (envelope.open_seal(sealed, topic, private),)


def seal_out_of(bundle: Sealed, topic: str, signed: Signed, recipient: PublicKey) -> Sealed:
    """One statement of a bundle as a message of its own, under the bundle's own attributes. Raises NotForUs."""
    source, event_id = envelope.context_of(bundle, BUNDLE_TYPE)
    headers = tuple((name, SEALED_TYPE if name == "ce_type" else value) for name, value in bundle.headers)
    binding = envelope.binding_of(SEALED_TYPE, event_id, source, topic)
    return Sealed(headers, envelope.suite_of(recipient).encrypt(envelope.pack(signed), recipient, binding))


def open_bundle(sealed: Sealed, topic: str, private: PrivateKey) -> tuple[Signed, ...]:
    """The signed statements inside, not yet proved, in order. Raises NotForUs (seal_form: they can't be told apart).

    One that is not of the form of a signed statement is its bytes under no signature, so that it stops no other.
    """
    packed = envelope.unlocked(sealed, topic, private, BUNDLE_TYPE)
    found: list[Signed] = []
    at = 0
    while at < len(packed) and len(found) < MOST_IN_BUNDLE:
        (length,) = struct.unpack_from(">I", packed, at) if len(packed) - at >= 4 else (len(packed),)
        found.append(_unpacked(packed[at + 4 : at + 4 + length]))
        at += 4 + length
    if at != len(packed) or not found:
        raise NotForUs("seal_form")
    return tuple(found)


def _unpacked(packed: bytes) -> Signed:
    try:
        return envelope.unpack(packed)
    except NotForUs:
        return Signed("", packed)


def _frame(packed: bytes) -> bytes:
    return struct.pack(">I", len(packed)) + packed
