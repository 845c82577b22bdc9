"""Turns what is to be kept into a stored row and back, encrypted under its owner's key and bound to its place.

The library's own cipher has no associated data, so whoever administers the database could swap two children's rows
unseen. Here algorithm, key id, stream, version, event id, type code, compartment and field are bound to every
ciphertext, and the row's compartments to its open part, so that none is taken off unseen.

How a stored row is laid out is in row_layout.
"""

import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from hub.adapters import row_layout
from hub.adapters.fact_codes import REPORT
from hub.adapters.keys import HELD_SECONDS, MOST_KEYS, STANDARD, DataKey, Keyring
from hub.adapters.openings import Opening, Openings
from hub.adapters.recent import Recent
from hub.adapters.xaes import NONCE_BYTES, Xaes256Gcm
from hub.domain.errors import Erased, NotPermitted, Unreadable

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
        """The row as it is stored. Raises StoreUnavailable, Erased."""
        return self.seal_all((row,))[0]

    def seal_all(self, rows: Sequence[Row]) -> tuple[StoredEvent, ...]:
        """The rows as they are stored. Which keys were destroyed is asked before the first is sealed, and once all are.

        So that nothing is kept under a key that was destroyed by the time the last one was. Raises StoreUnavailable,
        Erased.
        """
        keys = self._keys.keys_of(dict.fromkeys(each for row in rows for each in _under(row)))
        ciphers = {key.kid: self._cipher(key) for key in keys.values()}
        stored = tuple(_sealed(row, keys, ciphers) for row in rows)
        if not self._keys.destroyed().isdisjoint(ciphers):
            raise Erased("keys")
        return stored

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
        form = row_layout.form_of(row.state, row.position)
        kid, event_id, rest = row.state[1:17], row.state[17:33], row.state[row_layout.HEADER_BYTES :]
        if form == row_layout.AES_256_GCM:
            return self._open_form_1(row, kid, event_id, rest)
        names: tuple[str, ...] = ()
        if form == row_layout.IN_PARTS:
            names = tuple(name for name, _, _ in row_layout.parts_in(row.state, row.position))
            rest = row_layout.take_sized(row.state, row_layout.HEADER_BYTES, row.position)[0]
        bound = _Bound(form, row.place, event_id).to(kid, STANDARD, _field(names))
        cipher = ciphers.get(kid)
        if cipher is None:
            cipher = ciphers[kid] = self._cipher_of(kid, row.position)
        return _decrypted(cipher, rest, bound, row.position)

    def _open_parts(self, row: Stored) -> Iterator[Part]:
        if row_layout.form_of(row.state, row.position) == row_layout.IN_PARTS:
            bound, at = _Bound(row_layout.IN_PARTS, row.place, row.state[17:33]), row.position
            for name, kid, sealed in row_layout.parts_in(row.state, row.position):
                self._forget_destroyed()
                opened = _decrypted(self._cipher_of(kid, at), sealed, bound.to(kid, name, _PART), at)
                self._refuse_destroyed(((kid, at),))
                yield Part(name, opened)

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


_Keys = Mapping[tuple[str, str], DataKey]
_Ciphers = Mapping[bytes, Xaes256Gcm]


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


def _under(row: Row) -> Iterator[tuple[str, str]]:
    """Under whose keys, and in which compartments, the row and its parts are to lie."""
    yield row.owner, STANDARD
    yield from ((row.owner, part.compartment) for part in row.parts)


def _sealed(row: Row, keys: _Keys, ciphers: _Ciphers) -> StoredEvent:
    key, names = keys[row.owner, STANDARD], tuple(part.compartment for part in row.parts)
    form = row_layout.IN_PARTS if row.parts else row_layout.XAES_256_GCM
    bound = _Bound(form, row.place, row.event_id.bytes)
    whole = _encrypted(ciphers[key.kid], row.packed, bound.to(key.kid, STANDARD, _field(names)))
    state = bytes((form,)) + key.kid + row.event_id.bytes
    if names:
        parts = (_part(part, keys[row.owner, part.compartment], bound, ciphers) for part in row.parts)
        state += row_layout.sized(whole) + b"".join(parts)
    else:
        state += whole
    return StoredEvent(row.place.stream_id, row.place.version, row.place.code, state)


def _part(part: Part, key: DataKey, bound: _Bound, ciphers: _Ciphers) -> bytes:
    name = part.compartment.encode()
    sealed = _encrypted(ciphers[key.kid], part.content, bound.to(key.kid, part.compartment, _PART))
    return bytes((len(name),)) + name + key.kid + row_layout.sized(sealed)


def _encrypted(cipher: Xaes256Gcm, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, bound)


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
