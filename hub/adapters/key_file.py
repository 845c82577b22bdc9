"""Wrapped keys in one file, `keys.db`: a key for each owner and compartment, under a versioned key of the compartment.

A key is random, never derived, so destroying its row destroys every record under it (design security 4.1). The root
wraps the compartments' keys alone. Every wrapped key carries a commitment, since GCM alone does not bind a ciphertext
to one key. A row of an earlier release lies under the root itself (`kek` NULL) until the keys are rotated.
"""

import hmac
import secrets
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from hub.adapters.alone import opening
from hub.adapters.private_file import make_private
from hub.adapters.recent import Recent
from hub.adapters.roots import Root
from hub.adapters.xaes import KEY_BYTES, NONCE_BYTES, Xaes256Gcm
from hub.domain.errors import Erased, StoreUnavailable

_COMMIT = b"childhub/key-commitment/v1"
_TABLES = (
    """
CREATE TABLE IF NOT EXISTS wrapped_key (
    kid BLOB PRIMARY KEY, owner TEXT NOT NULL, compartment TEXT NOT NULL, wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL, kek BLOB, UNIQUE (owner, compartment)
) WITHOUT ROWID
""",
    """
CREATE TABLE IF NOT EXISTS kek (
    kek_id BLOB PRIMARY KEY, compartment TEXT NOT NULL, version INTEGER NOT NULL, root TEXT NOT NULL,
    wrapped BLOB NOT NULL, commitment BLOB NOT NULL, UNIQUE (compartment, version)
) WITHOUT ROWID
""",
    "CREATE TABLE IF NOT EXISTS destroyed_key (kid BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS gone_owner (owner TEXT PRIMARY KEY) WITHOUT ROWID",
)
_JOINED = """
SELECT k.kid, k.owner, k.compartment, k.wrapped, k.commitment, e.kek_id, e.version, e.root, e.wrapped, e.commitment
FROM wrapped_key k LEFT JOIN kek e ON e.kek_id = k.kek
"""
BY_OWNER = "WHERE k.owner = ? AND k.compartment = ?"
BY_KID = "WHERE k.kid = ?"
_NEWEST = """
SELECT kek_id, version, root, wrapped, commitment FROM kek WHERE compartment = ? ORDER BY version DESC LIMIT 1
"""
_ADD = """
INSERT OR IGNORE INTO wrapped_key (kid, owner, compartment, wrapped, commitment, kek) VALUES (?,?,?,?,?,?)
"""
_DROP_UNUSED = """
DELETE FROM kek WHERE compartment = ?1 AND version < (SELECT max(version) FROM kek WHERE compartment = ?1)
AND kek_id NOT IN (SELECT kek FROM wrapped_key WHERE kek IS NOT NULL)
"""
_MOST_KEKS, _KEK_SECONDS = 32, 300.0


@dataclass(frozen=True, slots=True)
class Kek:
    """The key of a compartment, in one version, wrapped under a root."""

    kek_id: bytes
    compartment: str
    version: int
    root: str
    wrapped: bytes = field(repr=False)
    commitment: bytes = field(repr=False)

    def bound(self) -> bytes:
        """What is bound to it."""
        return _joined(b"childhub/kek/v1", self.kek_id, self.compartment.encode(), struct.pack(">Q", self.version))


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """The key of an owner in a compartment, wrapped under the compartment's key, or under the root (`kek` None)."""

    kid: bytes
    owner: str
    compartment: str
    wrapped: bytes = field(repr=False)
    commitment: bytes = field(repr=False)
    kek: Kek | None


class KeyFile:
    """The file of wrapped keys in a folder. Use it from one thread at a time."""

    def __init__(self, folder: Path, root: Root) -> None:
        """Open it, making it on first use. Raises StoreUnavailable."""
        self.root = root
        self._keks: Recent[bytes, Xaes256Gcm] = Recent(_MOST_KEKS, _KEK_SECONDS)
        make_private(path := folder / "keys.db")
        try:
            with opening(path):
                self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
                pragmas = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON")
                for statement in (*pragmas, *_TABLES):
                    self._db.execute(statement)
                columns = {row[1] for row in self._db.execute("PRAGMA table_info(wrapped_key)")}
                if "kek" not in columns:  # a folder of an earlier release
                    self._db.execute("ALTER TABLE wrapped_key ADD COLUMN kek BLOB")
        except sqlite3.Error as refused:
            raise StoreUnavailable(f"keys {type(refused).__name__}") from refused

    def find(self, where: str, values: tuple[object, ...]) -> WrappedKey | None:
        """The key that BY_OWNER or BY_KID names, with its compartment's key as it stood at that moment."""
        return next(self._keys(f"{_JOINED} {where}", values), None)

    def some_not_under(self, kek: Kek, limit: int) -> tuple[WrappedKey, ...]:
        """Keys of the compartment that are under another key than its newest."""
        where = "WHERE k.compartment = ? AND k.kek IS NOT ? LIMIT ?"
        return tuple(self._keys(f"{_JOINED} {where}", (kek.compartment, kek.kek_id, limit)))

    def unwrapped(self, row: WrappedKey) -> bytes:
        """The key itself. Raises StoreUnavailable (key_commitment), InvalidTag."""
        bound = _bound(row.kid, row.owner, row.compartment)
        if row.kek is None:
            return _committed(self.root.before_kek(row.wrapped, bound), row.commitment)
        nonce, sealed = row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:]
        return _committed(self._cipher(row.kek).decrypt(nonce, sealed, _under(bound, row.kek)), row.commitment)

    def make(self, owner: str, compartment: str) -> None:
        """A key at random, unless there is one. In a transaction. Raises Erased: its keys were destroyed."""
        if self._db.execute("SELECT 1 FROM gone_owner WHERE owner = ?", (owner,)).fetchone() is not None:
            raise Erased("keys")
        kek, kid, secret = self.newest_kek(compartment), secrets.token_bytes(16), secrets.token_bytes(KEY_BYTES)
        wrapped = self._wrap(secret, _bound(kid, owner, compartment), kek)
        self._db.execute(_ADD, (kid, owner, compartment, wrapped, commitment_of(secret), kek.kek_id))

    def wrap_again(self, row: WrappedKey, kek: Kek) -> None:
        """The key, which stays the same, under that key of its compartment. In a transaction."""
        wrapped = self._wrap(self.unwrapped(row), _bound(row.kid, row.owner, row.compartment), kek)
        self._db.execute("UPDATE wrapped_key SET wrapped = ?, kek = ? WHERE kid = ?", (wrapped, kek.kek_id, row.kid))

    def newest_kek(self, compartment: str) -> Kek:
        """The compartment's key, made on first use. In a transaction, so that nobody rotates it away meanwhile."""
        row = self._db.execute(_NEWEST, (compartment,)).fetchone()
        return self.new_kek(compartment) if row is None else Kek(row[0], compartment, *row[1:])

    def new_kek(self, compartment: str) -> Kek:
        """The compartment's key in a new version. In a transaction."""
        self.root.refresh()
        row = self._db.execute("SELECT max(version) FROM kek WHERE compartment = ?", (compartment,)).fetchone()
        secret = secrets.token_bytes(KEY_BYTES)
        bare = Kek(secrets.token_bytes(16), compartment, (row[0] or 0) + 1, "", b"", commitment_of(secret))
        root, wrapped = self.root.wrap(secret, bare.bound())
        self._db.execute(
            "INSERT INTO kek VALUES (?,?,?,?,?,?)",
            (bare.kek_id, compartment, bare.version, root, wrapped, bare.commitment),
        )
        return Kek(bare.kek_id, compartment, bare.version, root, wrapped, bare.commitment)

    def keks(self) -> tuple[Kek, ...]:
        """Every key of every compartment."""
        found = self._db.execute("SELECT kek_id, compartment, version, root, wrapped, commitment FROM kek")
        return tuple(Kek(*row) for row in found.fetchall())

    def compartments(self) -> tuple[str, ...]:
        """The compartments in which somebody has a key."""
        return tuple(row[0] for row in self._db.execute("SELECT DISTINCT compartment FROM wrapped_key ORDER BY 1"))

    def under_newest_root(self, kek: Kek) -> None:
        """The compartment's key, which stays the same, under the newest root. In a transaction."""
        secret = _committed(self._under_root(kek), kek.commitment)
        values = (*self.root.wrap(secret, kek.bound()), kek.kek_id)
        self._db.execute("UPDATE kek SET root = ?, wrapped = ? WHERE kek_id = ?", values)

    def drop_unused(self, compartment: str) -> None:
        """The versions of a compartment's key under which nothing lies any more are destroyed; the newest stays."""
        self._db.execute(_DROP_UNUSED, (compartment,))

    def destroy(self, owner: str) -> tuple[bytes, ...]:
        """The ids of the owner's keys, which are destroyed; the owner never has one again. In a transaction."""
        rows = self._db.execute("SELECT kid FROM wrapped_key WHERE owner = ?", (owner,)).fetchall()
        self._db.execute("INSERT OR IGNORE INTO gone_owner VALUES (?)", (owner,))
        self._db.executemany("INSERT OR IGNORE INTO destroyed_key VALUES (?)", rows)
        self._db.execute("DELETE FROM wrapped_key WHERE owner = ?", (owner,))
        return tuple(row[0] for row in rows)

    def kids_of(self, owner: str) -> tuple[bytes, ...]:
        """The ids of the owner's keys, in every compartment."""
        return tuple(row[0] for row in self._db.execute("SELECT kid FROM wrapped_key WHERE owner = ?", (owner,)))

    def destroyed(self) -> frozenset[bytes]:
        """The ids of the keys that were destroyed."""
        return frozenset(row[0] for row in self._db.execute("SELECT kid FROM destroyed_key"))

    def gone(self) -> frozenset[str]:
        """Whose keys were destroyed."""
        return frozenset(row[0] for row in self._db.execute("SELECT owner FROM gone_owner"))

    def changes(self) -> int:
        """A number that is another one when another process, or another keyring here, has changed the file."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def forget_what_was(self) -> None:
        """What was replaced or destroyed stands in no file of the hub's. Raises StoreUnavailable (keys_busy)."""
        if self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise StoreUnavailable("keys_busy")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it, with nobody else writing meanwhile."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _keys(self, select: str, values: tuple[object, ...]) -> Iterator[WrappedKey]:
        for kid, owner, compartment, wrapped, commitment, *kek in self._db.execute(select, values).fetchall():
            under = Kek(kek[0], compartment, *kek[1:]) if kek[0] is not None else None
            yield WrappedKey(kid, owner, compartment, wrapped, commitment, under)

    def _wrap(self, secret: bytes, bound: bytes, kek: Kek) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher(kek).encrypt(nonce, secret, _under(bound, kek))

    def _cipher(self, kek: Kek) -> Xaes256Gcm:
        cipher = self._keks.get(kek.kek_id)
        if cipher is None:
            secret = self._under_root(kek)
            cipher = Xaes256Gcm(_committed(secret, kek.commitment))
            self._keks.put(kek.kek_id, cipher)
        return cipher

    def _under_root(self, kek: Kek) -> bytes:
        try:
            return self.root.unwrap(kek.root, kek.wrapped, kek.bound())
        except StoreUnavailable:
            self.root.refresh()  # renewed by another process since this one looked
            return self.root.unwrap(kek.root, kek.wrapped, kek.bound())


def commitment_of(secret: bytes) -> bytes:
    """What is kept beside a wrapped key, so that no other key can pass for it."""
    return hmac.digest(secret, _COMMIT, sha256)


def _committed(secret: bytes, commitment: bytes) -> bytes:
    if not hmac.compare_digest(commitment_of(secret), commitment):
        raise StoreUnavailable("key_commitment")
    return secret


def _bound(kid: bytes, owner: str, compartment: str) -> bytes:
    return _joined(b"childhub/wrap/v1", kid, owner.encode(), compartment.encode())


def _under(bound: bytes, kek: Kek) -> bytes:
    return _joined(bound, b"childhub/wrap/v2", kek.kek_id, struct.pack(">Q", kek.version))


def _joined(*parts: bytes) -> bytes:
    return b"\x1f".join(parts)
