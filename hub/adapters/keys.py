"""The keys of one party on one machine: few of them held unwrapped, and those for minutes.

Under them all is a root (see roots), under the root a key for each compartment, under that a random key for each
person and each purpose (see key_file). Rotation is in key_rotation.
"""

import hmac
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag

from hub.adapters.alone import alone, opening
from hub.adapters.key_file import BY_KID, BY_OWNER, KeyFile, WrappedKey
from hub.adapters.openings import Openings
from hub.adapters.recent import Recent
from hub.adapters.roots import FileRoot, Root
from hub.domain.errors import StoreUnavailable, Unreadable

STANDARD = "standard"
MOST_KEYS = 1_000  # held in memory; the others are read again when they are wanted
HELD_SECONDS = 300.0
_TRIES = 5  # a root is renewed now and then; nobody renews it five times while one key is read


@dataclass(frozen=True, slots=True)
class DataKey:
    """A 32-byte key and the 16-byte id by which records name it."""

    kid: bytes
    secret: bytes = field(repr=False)


class Keyring:
    """The keys of one party in one folder: `root.key` (32 bytes, owner only) and `keys.db` (wrapped keys)."""

    def __init__(self, folder: Path, most_keys: int = MOST_KEYS, root: Root | None = None) -> None:
        """Open the folder's keys, making them on first use; `most_keys` are held. Raises StoreUnavailable."""
        self._lock = threading.Lock()
        self._by_kid: Recent[bytes, DataKey] = Recent(most_keys, HELD_SECONDS)
        self._by_owner: Recent[tuple[str, str], DataKey] = Recent(most_keys, HELD_SECONDS)
        self.folder = folder
        self._destroyed = frozenset[bytes]()
        self._changes = -1
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with opening(folder / "root.key"):
                self._root = root or FileRoot(folder)
            self._file = KeyFile(folder, self._root)
        except OSError as refused:
            raise StoreUnavailable(f"keys {type(refused).__name__}") from refused
        self.openings = Openings(folder / "openings.db", self.secret("openings"))

    def key_of(self, owner: str, compartment: str = STANDARD) -> DataKey:
        """The key of an owner in a compartment, made at random on first use. Raises StoreUnavailable, Erased."""
        self.destroyed()
        return self._key_of(owner, compartment)

    def keys_of(self, wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], DataKey]:
        """The same of many, each an owner and a compartment; which were destroyed is asked once, before the first."""
        self.destroyed()
        return {one: self._key_of(*one) for one in wanted}

    def _key_of(self, owner: str, compartment: str) -> DataKey:
        known = self._by_owner.get((owner, compartment))
        if known is not None:
            return known
        with self.using() as file:
            if file.find(BY_OWNER, (owner, compartment)) is None:
                with file.transaction():
                    file.make(owner, compartment)
            key = self._read(BY_OWNER, (owner, compartment))
        if key is None:
            raise StoreUnavailable("keys")
        return key

    def make_all(self, owners: frozenset[str], compartment: str = STANDARD) -> None:
        """Make the keys of these owners that are not there yet, durable together. Raises StoreUnavailable, Erased."""
        asked = [owner for owner in owners if self._by_owner.get((owner, compartment)) is None]
        if not asked:
            return  # whether they were destroyed meanwhile is asked as each is used
        with self.using() as file:
            new = [owner for owner in asked if file.find(BY_OWNER, (owner, compartment)) is None]
            if not new:
                return
            with file.transaction():
                for owner in new:
                    file.make(owner, compartment)

    def key_by_id(self, kid: bytes, position: int) -> DataKey:
        """The key with that id. Raises Unreadable (erased, or key_gone: lost) for the record at `position`."""
        destroyed = self.destroyed()
        known = self._by_kid.get(kid)
        if known is not None:
            return known
        with self.using():
            key = self._read(BY_KID, (kid,))
        if key is None:
            raise Unreadable(position, "erased" if kid in destroyed else "key_gone")
        return key

    def destroyed(self) -> frozenset[bytes]:
        """The ids of the keys that were destroyed; from then on no process holds one. Raises StoreUnavailable."""
        with self.using() as file:
            changes = file.changes()
            if changes != self._changes:
                destroyed = file.destroyed()
                if destroyed - self._destroyed:
                    self._by_kid.clear()
                    self._by_owner.clear()
                self._changes, self._destroyed = changes, destroyed
            return self._destroyed

    def ids_of(self, owner: str) -> tuple[bytes, ...]:
        """The ids of the owner's keys, in every compartment. Raises StoreUnavailable."""
        with self.using() as file:
            return file.kids_of(owner)

    def gone(self) -> frozenset[str]:
        """Whose keys were destroyed. Raises StoreUnavailable."""
        with self.using() as file:
            return file.gone()

    def destroy(self, owner: str) -> int:
        """How many keys the owner had, which are gone from every file of the hub's; it never has one again.

        Raises StoreUnavailable: they are gone, or the file that held them is still read by somebody; try again.
        """
        with alone(self.folder / "rotating.lock"), self.using() as file:
            with file.transaction():
                count = len(file.destroy(owner))
            self._changes = -1
            file.forget_what_was()
        self.destroyed()
        return count

    def secret(self, name: str) -> bytes:
        """A 32-byte secret of the party's own, the same each time, such as the seed of a signing key."""
        return self.key_of(f"secret/{name}").secret

    def held(self) -> int:
        """How many keys are held in memory, the larger of the two ways to find one."""
        return max(len(self._by_kid), len(self._by_owner))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextmanager
    def using(self) -> Iterator[KeyFile]:
        """The file of wrapped keys, for one block of one thread. Raises StoreUnavailable."""
        with self._lock:
            try:
                yield self._file
            except (sqlite3.Error, OSError, InvalidTag) as refused:
                raise StoreUnavailable("keys") from refused

    def _read(self, where: str, values: tuple[object, ...]) -> DataKey | None:
        """The key, now held; None when there is none. Read again where another process renewed the root meanwhile."""
        for _ in range(_TRIES):
            row = self._file.find(where, values)
            if row is None:
                return None
            try:
                return self._hold(row, self._file.unwrapped(row))
            except (StoreUnavailable, InvalidTag):
                self._root.refresh()
        row = self._file.find(where, values)
        return self._hold(row, self._file.unwrapped(row)) if row is not None else None

    def _hold(self, row: WrappedKey, secret: bytes) -> DataKey:
        key = DataKey(row.kid, secret)
        self._by_kid.put(row.kid, key)
        self._by_owner.put((row.owner, row.compartment), key)
        return key


def derived(secret: bytes, label: str) -> bytes:
    """A 32-byte secret for one use, from a party's own secret."""
    return hmac.digest(secret, b"childhub/derived/v1\x00" + label.encode(), sha256)


class KeyedHash:
    """HMAC-SHA-256 under one secret, which is set up once and copied: setting it up costs more than hashing with it."""

    __slots__ = ("_begun",)

    def __init__(self, secret: bytes) -> None:
        """Hold the secret."""
        self._begun = hmac.new(secret, digestmod=sha256)

    def digest(self, text: bytes) -> bytes:
        """The 32 bytes that only the holder of the secret can make from the text."""
        begun = self._begun.copy()
        begun.update(text)
        return begun.digest()

    def id_of(self, *parts: str) -> UUID:
        """A random-looking id (version 8 form of RFC 9562) that only the holder can make from the parts."""
        raw = bytearray(self.digest("\x1f".join(parts).encode())[:16])
        raw[6] = (raw[6] & 0x0F) | 0x80
        raw[8] = (raw[8] & 0x3F) | 0x80
        return UUID(bytes=bytes(raw))
