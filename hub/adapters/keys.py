"""Keys on one machine: a root key in a file, under which a random key for each person and each purpose is kept.

A person's key is random, never derived, so destroying it destroys every record under it (design security 4.1).
Every wrapped key carries a commitment, since AES-GCM alone does not bind a ciphertext to one key.
"""

import hmac
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.adapters.alone import opening
from hub.adapters.private_file import make_private
from hub.adapters.recent import Recent
from hub.domain.errors import StoreUnavailable, Unreadable

_COMMIT = b"childhub/key-commitment/v1"
_TABLE = """
CREATE TABLE IF NOT EXISTS wrapped_key (
    kid BLOB PRIMARY KEY, owner TEXT NOT NULL, compartment TEXT NOT NULL, wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL, UNIQUE (owner, compartment)
) WITHOUT ROWID
"""
_BY_OWNER = "SELECT kid, owner, compartment, wrapped, commitment FROM wrapped_key WHERE owner = ? AND compartment = ?"
_BY_KID = "SELECT kid, owner, compartment, wrapped, commitment FROM wrapped_key WHERE kid = ?"
STANDARD = "standard"
KEY_BYTES = 32
MOST_KEYS = 5_000  # held in memory; the others are read again when they are wanted


@dataclass(frozen=True, slots=True)
class DataKey:
    """An AES-256 key and the 16-byte id by which records name it."""

    kid: bytes
    secret: bytes = field(repr=False)


class Keyring:
    """The keys of one party in one folder: `root.key` (32 bytes, owner only) and `keys.db` (wrapped keys)."""

    def __init__(self, folder: Path, most_keys: int = MOST_KEYS) -> None:
        """Open the folder's keys, making them on first use; `most_keys` are held. Raises StoreUnavailable."""
        self._lock = threading.Lock()
        self._by_kid: Recent[bytes, DataKey] = Recent(most_keys)
        self._by_owner: Recent[tuple[str, str], DataKey] = Recent(most_keys)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._root = AESGCM(_root_key(folder / "root.key"))
            make_private(path := folder / "keys.db")
            with opening(path):
                self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
                pragmas = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON")
                for statement in (*pragmas, _TABLE):
                    self._db.execute(statement)
        except (OSError, sqlite3.Error) as refused:
            raise StoreUnavailable(f"keys {type(refused).__name__}") from refused

    def key_of(self, owner: str, compartment: str = STANDARD) -> DataKey:
        """The key of an owner in a compartment, made at random on first use. Raises StoreUnavailable."""
        known = self._by_owner.get((owner, compartment))
        if known is not None:
            return known
        with self._reading():
            row = self._row(_BY_OWNER, (owner, compartment))
            if row is None:
                self._make(owner, compartment)
                row = self._row(_BY_OWNER, (owner, compartment))
            return self._unwrap(row)

    def make_all(self, owners: frozenset[str], compartment: str = STANDARD) -> None:
        """Make the keys of these owners that are not there yet, durable together. Raises StoreUnavailable."""
        with self._reading():
            asked = [owner for owner in owners if self._by_owner.get((owner, compartment)) is None]
            new = [owner for owner in asked if self._row(_BY_OWNER, (owner, compartment)) is None]
            if not new:
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for owner in new:
                    self._make(owner, compartment)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def key_by_id(self, kid: bytes, position: int) -> DataKey:
        """The key with that id. Raises Unreadable (key_gone) for the record at `position`."""
        known = self._by_kid.get(kid)
        if known is not None:
            return known
        with self._reading():
            row = self._row(_BY_KID, (kid,))
            if row is None:
                raise Unreadable(position, "key_gone")
            return self._unwrap(row)

    def secret(self, name: str) -> bytes:
        """A 32-byte secret of the party's own, the same each time, such as the seed of a signing key."""
        return self.key_of(f"secret/{name}").secret

    def held(self) -> int:
        """How many keys are held in memory, the larger of the two ways to find one."""
        return max(len(self._by_kid), len(self._by_owner))

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.Error, InvalidTag) as refused:
                raise StoreUnavailable("keys") from refused

    def _row(self, select: str, values: tuple[object, ...]) -> tuple[bytes, str, str, bytes, bytes] | None:
        found: tuple[bytes, str, str, bytes, bytes] | None = self._db.execute(select, values).fetchone()
        return found

    def _make(self, owner: str, compartment: str) -> None:
        kid, secret, nonce = secrets.token_bytes(16), secrets.token_bytes(KEY_BYTES), secrets.token_bytes(12)
        wrapped = nonce + self._root.encrypt(nonce, secret, _bound(kid, owner, compartment))
        self._db.execute(
            "INSERT OR IGNORE INTO wrapped_key VALUES (?,?,?,?,?)", (kid, owner, compartment, wrapped, _commit(secret))
        )

    def _unwrap(self, row: tuple[bytes, str, str, bytes, bytes] | None) -> DataKey:
        if row is None:
            raise StoreUnavailable("keys")
        kid, owner, compartment, wrapped, commitment = row
        secret = self._root.decrypt(wrapped[:12], wrapped[12:], _bound(kid, owner, compartment))
        if not hmac.compare_digest(_commit(secret), commitment):
            raise StoreUnavailable("key_commitment")
        key = DataKey(kid, secret)
        self._by_kid.put(kid, key)
        self._by_owner.put((owner, compartment), key)
        return key


def derived(secret: bytes, label: str) -> bytes:
    """A 32-byte secret for one use, from a party's own secret."""
    return hmac.digest(secret, b"childhub/derived/v1\x00" + label.encode(), sha256)


def keyed_id(secret: bytes, *parts: str) -> UUID:
    """A random-looking id (version 8 form of RFC 9562) that only the holder of the secret can make from the parts."""
    raw = bytearray(hmac.digest(secret, "\x1f".join(parts).encode(), sha256)[:16])
    raw[6] = (raw[6] & 0x0F) | 0x80
    raw[8] = (raw[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(raw))


def _commit(secret: bytes) -> bytes:
    return hmac.digest(secret, _COMMIT, sha256)


def _bound(kid: bytes, owner: str, compartment: str) -> bytes:
    return b"\x1f".join((b"childhub/wrap/v1", kid, owner.encode(), compartment.encode()))


def _root_key(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _existing_root(path)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def _existing_root(path: Path) -> bytes:
    root = path.read_bytes()
    if len(root) != KEY_BYTES or path.stat().st_mode & 0o077:
        raise StoreUnavailable("root_key_not_private")
    return root
