"""How the bytes of a stored row lie, so that its seals can be found and told apart.

State: 1 byte form, 16 bytes key id, 16 bytes event id, then
form 1 (earlier releases): 12 bytes nonce, AES-256-GCM ciphertext and tag;
form 2: 24 bytes nonce, XAES-256-GCM ciphertext and tag;
form 3: 4 bytes length of what form 2 has there, that, and for each part held apart 1 byte length and name of its
compartment, 16 bytes key id, 4 bytes length, nonce and ciphertext.
"""

import struct
from collections.abc import Iterator
from uuid import UUID

from hub.domain.errors import Unreadable

AES_256_GCM, XAES_256_GCM, IN_PARTS = 1, 2, 3
HEADER_BYTES = 1 + 16 + 16


def form_of(state: bytes, position: int) -> int:
    """The form of the row at that position. Raises Unreadable (record_form)."""
    if len(state) < HEADER_BYTES or state[0] not in (AES_256_GCM, XAES_256_GCM, IN_PARTS):
        raise Unreadable(position, "record_form")
    return state[0]


def event_id_of(state: bytes) -> UUID:
    """The event id that a stored row carries in clear (it is bound to the ciphertext). Raises Unreadable."""
    if len(state) < HEADER_BYTES:
        raise Unreadable(0, "record_form")
    return UUID(bytes=state[17:33])


def sized(sealed: bytes) -> bytes:
    """The bytes after their length."""
    return struct.pack(">I", len(sealed)) + sealed


def take_sized(state: bytes, at: int, position: int) -> tuple[bytes, int]:
    """The bytes that stand there after their length, and where they end. Raises Unreadable (record_form)."""
    if len(state) < at + 4:
        raise Unreadable(position, "record_form")
    end = at + 4 + int.from_bytes(state[at : at + 4])
    if end > len(state):
        raise Unreadable(position, "record_form")
    return state[at + 4 : end], end


def parts_in(state: bytes, position: int) -> Iterator[tuple[str, bytes, bytes]]:
    """Compartment, key id and sealed bytes of each part of a row in parts. Raises Unreadable (record_form)."""
    _, at = take_sized(state, HEADER_BYTES, position)
    while at < len(state):
        named = at + 1 + state[at]
        name, kid = state[at + 1 : named], state[named : named + 16]
        sealed, at = take_sized(state, named + 16, position)
        yield name.decode("ascii", errors="replace"), kid, sealed
