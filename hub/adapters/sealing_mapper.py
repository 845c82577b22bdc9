"""Turns what is to be kept into a stored row and back, encrypted under its owner's key and bound to its place.

The library's own cipher has no associated data, so whoever administers the database could swap two children's rows
unseen. Here stream, version, event id, type code, compartment and key id are bound to every ciphertext.

State: 1 byte algorithm, 16 bytes key id, 16 bytes event id, 12 bytes nonce, then AES-256-GCM ciphertext and tag.
"""

import secrets
import struct
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from hub.adapters.keys import MOST_KEYS, STANDARD, Keyring
from hub.adapters.recent import Recent
from hub.domain.errors import Unreadable

AES_256_GCM = 1
_HEADER_BYTES = 1 + 16 + 16 + 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the keyed id of its stream, its version there, its opaque type code."""

    stream_id: UUID
    version: int
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row in the clear: its place, the event it is, whose key it is under, and the signed bytes."""

    place: Place
    event_id: UUID
    owner: str
    packed: bytes = field(repr=False)

    @property
    def originator_id(self) -> UUID:
        """The stream's id, under the name the library knows it by."""
        return self.place.stream_id

    @property
    def originator_version(self) -> int:
        """The version in the stream, under the name the library knows it by."""
        return self.place.version


class SealingMapper(Mapper[UUID]):
    """The library's mapper, with our encryption in place of its own."""

    def __init__(self, keys: Keyring, most_ciphers: int = MOST_KEYS) -> None:
        """Use these keys; `most_ciphers` are held."""
        super().__init__(transcoder=JSONTranscoder())
        self._keys = keys
        self._ciphers: Recent[bytes, AESGCM] = Recent(most_ciphers)

    def prepare(self, owners: frozenset[str]) -> None:
        """Have the keys of all these owners ready, made together where they are new. Raises StoreUnavailable."""
        self._keys.make_all(owners)

    def seal(self, row: Row) -> StoredEvent:
        """The row as it is stored."""
        key = self._keys.key_of(row.owner)
        nonce = secrets.token_bytes(12)
        bound = _bound(row.place, key.kid, row.event_id.bytes)
        ciphertext = self._cipher(key.kid, key.secret).encrypt(nonce, row.packed, bound)
        state = bytes((AES_256_GCM,)) + key.kid + row.event_id.bytes + nonce + ciphertext
        return StoredEvent(row.place.stream_id, row.place.version, row.place.code, state)

    def open(self, place: Place, state: bytes, position: int) -> bytes:
        """The signed bytes of a stored row. Raises Unreadable: altered, moved, or its key is gone."""
        if len(state) < _HEADER_BYTES or state[0] != AES_256_GCM:
            raise Unreadable(position, "record_form")
        kid, event_id, nonce = state[1:17], state[17:33], state[33:45]
        cipher = self._ciphers.get(kid)
        if cipher is None:
            cipher = self._cipher(kid, self._keys.key_by_id(kid, position).secret)
        try:
            return cipher.decrypt(nonce, state[_HEADER_BYTES:], _bound(place, kid, event_id))
        except InvalidTag:
            raise Unreadable(position, "record_altered_or_moved") from None

    def held(self) -> int:
        """How many ciphers are held in memory."""
        return len(self._ciphers)

    def _cipher(self, kid: bytes, secret: bytes) -> AESGCM:
        cipher = self._ciphers.get(kid)
        if cipher is None:
            cipher = AESGCM(secret)
            self._ciphers.put(kid, cipher)
        return cipher


def event_id_of(state: bytes) -> UUID:
    """The event id that a stored row carries in clear (it is bound to the ciphertext). Raises Unreadable."""
    if len(state) < _HEADER_BYTES:
        raise Unreadable(0, "record_form")
    return UUID(bytes=state[17:33])


def _bound(place: Place, kid: bytes, event_id: bytes) -> bytes:
    return b"\x1f".join(
        (
            b"childhub/record/v1",
            place.stream_id.bytes,
            struct.pack(">Q", place.version),
            event_id,
            place.code.encode(),
            STANDARD.encode(),
            kid,
        )
    )
