"""Turns what is to be kept into a stored row and back, encrypted under its owner's key and bound to its place.

The library's own cipher has no associated data, so whoever administers the database could swap two children's rows
unseen. Here algorithm, key id, stream, version, event id, type code, compartment and field are bound to every
ciphertext, and the row's compartments to its open part, so that none is taken off unseen.

State: 1 byte form, 16 bytes key id, 16 bytes event id, then
form 1 (earlier releases): 12 bytes nonce, AES-256-GCM ciphertext and tag;
form 2: 24 bytes nonce, XAES-256-GCM ciphertext and tag;
form 3: 4 bytes length of what form 2 has there, that, and for each part held apart 1 byte length and name of its
compartment, 16 bytes key id, 4 bytes length, nonce and ciphertext.
"""

import secrets
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from hub.adapters.fact_codes import REPORT
from hub.adapters.keys import HELD_SECONDS, MOST_KEYS, STANDARD, DataKey, Keyring
from hub.adapters.openings import Opening, Openings
from hub.adapters.recent import Recent
from hub.adapters.xaes import NONCE_BYTES, Xaes256Gcm
from hub.domain.errors import NotPermitted, Unreadable

AES_256_GCM, XAES_256_GCM, IN_PARTS = 1, 2, 3
_HEADER_BYTES = 1 + 16 + 16
_ROW, _PART = b"row", b"part"
_PLACED = struct.Struct(">H18sHBH16sH16sHQH16s")  # label, form, key id, stream, version, event id


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the keyed id of its stream, its version there, its opaque type code."""

    stream_id: UUID
    version: int
    code: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a row that is held apart: its compartment, and what is kept there, sealed to that or not."""

    compartment: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row in the clear: its place, the event it is, whose key it is under, the signed bytes, and parts held apart."""

    place: Place
    event_id: UUID
    owner: str
    packed: bytes = field(repr=False)
    parts: tuple[Part, ...] = ()

    @property
    def originator_id(self) -> UUID:
        """The stream's id, under the name the library knows it by."""
        return self.place.stream_id

    @property
    def originator_version(self) -> int:
        """The version in the stream, under the name the library knows it by."""
        return self.place.version


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored row to be opened: where it stands, its bytes, its position in the store's one order."""

    place: Place
    state: bytes = field(repr=False)
    position: int


class SealingMapper(Mapper[UUID]):
    """The library's mapper, with our encryption in place of its own."""

    def __init__(self, keys: Keyring, most_ciphers: int = MOST_KEYS, ledger: Openings | None = None) -> None:
        """Use these keys; `most_ciphers` are held; openings go on the ledger beside the keys, or on this one."""
        super().__init__(transcoder=JSONTranscoder())
        self._keys = keys
        self._ledger = ledger or keys.openings
        self._ciphers: Recent[bytes, Xaes256Gcm] = Recent(most_ciphers, HELD_SECONDS)
        self._destroyed = keys.destroyed()

    def prepare(self, owners: frozenset[str], compartment: str = STANDARD) -> None:
        """Have the keys of all these owners ready, made together where they are new. Raises StoreUnavailable."""
        self._keys.make_all(owners, compartment)

    def seal(self, row: Row) -> StoredEvent:
        """The row as it is stored."""
        key, names = self._keys.key_of(row.owner), tuple(part.compartment for part in row.parts)
        form = IN_PARTS if row.parts else XAES_256_GCM
        bound = _Bound(form, row.place, row.event_id.bytes)
        whole = self._encrypt(key, row.packed, bound.to(key.kid, STANDARD, _field(names)))
        state = bytes((form,)) + key.kid + row.event_id.bytes
        state += _sized(whole) + b"".join(self._part(row, part, bound) for part in row.parts) if names else whole
        return StoredEvent(row.place.stream_id, row.place.version, row.place.code, state)

    def open(self, place: Place, state: bytes, position: int) -> bytes:
        """The signed bytes of a row of the hub's own. Raises NotPermitted for a report's, Unreadable."""
        return self.open_all((Stored(place, state, position),))[0]

    def open_all(self, rows: tuple[Stored, ...]) -> tuple[bytes, ...]:
        """The same of several rows, each in its place. Raises NotPermitted where one is a report's, Unreadable."""
        if any(row.place.code == REPORT for row in rows):
            raise NotPermitted("a report opens under a kept decision")
        return self._open_all(rows)

    def open_content(self, opening: Opening, rows: tuple[Stored, ...]) -> tuple[bytes, ...]:
        """The bytes of reports of one stream, after the ledger has it. Raises Unreadable, StoreUnavailable."""
        for stream_id in {row.place.stream_id for row in rows}:
            versions = tuple(row.place.version for row in rows if row.place.stream_id == stream_id)
            self._ledger.record(opening, stream_id, versions, STANDARD)
        return self._open_all(rows)

    def open_part(self, opening: Opening, row: Stored, compartment: str) -> bytes:
        """What a row holds apart in a compartment, after the ledger has it. Raises Unreadable, StoreUnavailable."""
        self._ledger.record(opening, row.place.stream_id, (row.place.version,), compartment)
        for part in self._open_parts(row):
            if part.compartment == compartment:
                return part.content
        raise Unreadable(row.position, "not_held_apart")

    def held_apart(self, opening: Opening, row: Stored) -> tuple[Part, ...]:
        """All that a row holds apart, to be kept elsewhere with it. Raises Unreadable, StoreUnavailable."""
        self._ledger.record(opening, row.place.stream_id, (row.place.version,), "moved")
        return tuple(self._open_parts(row))

    def check(self, place: Place, state: bytes, position: int) -> None:
        """Nothing, where the row and its parts open as they stand; what they hold goes nowhere. Raises Unreadable."""
        self._open_all((row := Stored(place, state, position),))
        for _ in self._open_parts(row):
            pass

    def is_erased(self, state: bytes) -> bool:
        """Whether the key under which a stored row lies was destroyed. Raises StoreUnavailable."""
        return state[1:17] in self._keys.destroyed()

    def held(self) -> int:
        """How many ciphers are held in memory."""
        return len(self._ciphers)

    def _open_all(self, rows: tuple[Stored, ...]) -> tuple[bytes, ...]:
        """The open part of each. Which keys were destroyed is asked before the first opens, and once all have.

        So that nothing opened goes anywhere whose key was destroyed by the time the last one was. Raises Unreadable.
        """
        self._forget_destroyed()
        ciphers: dict[bytes, Xaes256Gcm] = {}
        opened = tuple(self._open(row, ciphers) for row in rows)
        self._refuse_destroyed((row.state[1:17], row.position) for row in rows)
        return opened

    def _refuse_destroyed(self, keys: Iterable[tuple[bytes, int]]) -> None:
        """Nothing, while none of these keys is destroyed; each with whose position it is. Raises Unreadable."""
        destroyed = self._keys.destroyed()
        for _, position in (one for one in keys if one[0] in destroyed):
            raise Unreadable(position, "erased")

    def _open(self, row: Stored, ciphers: dict[bytes, Xaes256Gcm]) -> bytes:
        form = _form_of(row)
        kid, event_id, rest = row.state[1:17], row.state[17:33], row.state[_HEADER_BYTES:]
        if form == AES_256_GCM:
            return self._open_form_1(row, kid, event_id, rest)
        names: tuple[str, ...] = ()
        if form == IN_PARTS:
            names = tuple(name for name, _, _ in _parts_in(row))
            rest = _take_sized(row, _HEADER_BYTES)[0]
        bound = _Bound(form, row.place, event_id).to(kid, STANDARD, _field(names))
        cipher = ciphers.get(kid)
        if cipher is None:
            cipher = ciphers[kid] = self._cipher_of(kid, row.position)
        return _decrypted(cipher, rest, bound, row.position)

    def _open_parts(self, row: Stored) -> Iterator[Part]:
        if _form_of(row) == IN_PARTS:
            bound, at = _Bound(IN_PARTS, row.place, row.state[17:33]), row.position
            for name, kid, sealed in _parts_in(row):
                self._forget_destroyed()
                opened = _decrypted(self._cipher_of(kid, at), sealed, bound.to(kid, name, _PART), at)
                self._refuse_destroyed(((kid, at),))
                yield Part(name, opened)

    def _part(self, row: Row, part: Part, bound: "_Bound") -> bytes:
        key, name = self._keys.key_of(row.owner, part.compartment), part.compartment.encode()
        sealed = self._encrypt(key, part.content, bound.to(key.kid, part.compartment, _PART))
        return bytes((len(name),)) + name + key.kid + _sized(sealed)

    def _encrypt(self, key: DataKey, plain: bytes, bound: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher(key).encrypt(nonce, plain, bound)

    def _cipher_of(self, kid: bytes, position: int) -> Xaes256Gcm:
        return self._ciphers.get(kid) or self._cipher(self._keys.key_by_id(kid, position))

    def _open_form_1(self, row: Stored, kid: bytes, event_id: bytes, rest: bytes) -> bytes:
        key = self._keys.key_by_id(kid, row.position)
        try:
            return AESGCM(key.secret).decrypt(rest[:12], rest[12:], _bound_1(row.place, kid, event_id))
        except (InvalidTag, ValueError):
            raise Unreadable(row.position, "record_altered_or_moved") from None

    def _forget_destroyed(self) -> None:
        destroyed = self._keys.destroyed()
        if destroyed != self._destroyed:
            self._ciphers.clear()
            self._destroyed = destroyed

    def _cipher(self, key: DataKey) -> Xaes256Gcm:
        cipher = self._ciphers.get(key.kid)
        if cipher is None:
            cipher = Xaes256Gcm(key.secret)
            self._ciphers.put(key.kid, cipher)
        return cipher


def event_id_of(state: bytes) -> UUID:
    """The event id that a stored row carries in clear (it is bound to the ciphertext). Raises Unreadable."""
    if len(state) < _HEADER_BYTES:
        raise Unreadable(0, "record_form")
    return UUID(bytes=state[17:33])


@dataclass(frozen=True, slots=True)
class _Bound:
    """What is bound to every ciphertext of a row: each member with its length before it."""

    form: int
    place: Place
    event_id: bytes

    def to(self, kid: bytes, compartment: str, what: bytes) -> bytes:
        """The bytes bound to one of them."""
        place = self.place
        placed = (16, kid, 16, place.stream_id.bytes, 8, place.version, 16, self.event_id)
        return _PLACED.pack(18, b"childhub/record/v2", 1, self.form, *placed) + _named(place.code, compartment, what)


@lru_cache(maxsize=1024)
def _named(code: str, compartment: str, what: bytes) -> bytes:
    """The members that are the same in many rows."""
    return b"".join(len(one).to_bytes(2) + one for one in (code.encode(), compartment.encode(), what))


def _decrypted(cipher: Xaes256Gcm, sealed: bytes, bound: bytes, position: int) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise Unreadable(position, "record_altered_or_moved") from None


def _bound_1(place: Place, kid: bytes, event_id: bytes) -> bytes:
    version = struct.pack(">Q", place.version)
    standing = (place.stream_id.bytes, version, event_id, place.code.encode())
    return b"\x1f".join((b"childhub/record/v1", *standing, STANDARD.encode(), kid))


def _field(names: tuple[str, ...]) -> bytes:
    return b" ".join((_ROW, *(name.encode() for name in names)))


def _form_of(row: Stored) -> int:
    if len(row.state) < _HEADER_BYTES or row.state[0] not in (AES_256_GCM, XAES_256_GCM, IN_PARTS):
        raise Unreadable(row.position, "record_form")
    return row.state[0]


def _sized(sealed: bytes) -> bytes:
    return struct.pack(">I", len(sealed)) + sealed


def _take_sized(row: Stored, at: int) -> tuple[bytes, int]:
    if len(row.state) < at + 4:
        raise Unreadable(row.position, "record_form")
    end = at + 4 + int.from_bytes(row.state[at : at + 4])
    if end > len(row.state):
        raise Unreadable(row.position, "record_form")
    return row.state[at + 4 : end], end


def _parts_in(row: Stored) -> Iterator[tuple[str, bytes, bytes]]:
    """Compartment, key id and sealed bytes of each part. Raises Unreadable."""
    _, at = _take_sized(row, _HEADER_BYTES)
    while at < len(row.state):
        named = at + 1 + row.state[at]
        name, kid = row.state[at + 1 : named], row.state[named : named + 16]
        sealed, at = _take_sized(row, named + 16)
        yield name.decode("ascii", errors="replace"), kid, sealed
