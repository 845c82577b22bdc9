"""The root of all keys: it wraps the keys of the compartments and nothing else, and may stand outside this machine.

`FileRoot` is for one machine: `root.key` in a folder. What another root has to answer is the Protocol `Root`:

- PKCS#11: `wrap` is C_Encrypt with AES-GCM under an AES key that cannot leave the module, its label and version the id.
- Vault or OpenBao transit: `wrap` is `encrypt` with `associated_data`; the id is the key's version in the answer.
- A cloud's key service: `wrap` is Encrypt with the bound bytes as context; the id is the key's version.

For the last three `begin` asks the service for a new version, and `settle` retires those before it.
"""

import hmac
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.adapters.private_file import write_once, write_through
from hub.adapters.xaes import KEY_BYTES, NONCE_BYTES, Xaes256Gcm
from hub.domain.errors import StoreUnavailable

_ID = b"childhub/root-id/v1"


class Root(Protocol):
    """What wraps the keys of the compartments. `bound` is bound to what is wrapped, and must be given again."""

    def newest(self) -> str:
        """The id of the root that `wrap` uses now. Raises StoreUnavailable."""

    def wrap(self, secret: bytes, bound: bytes) -> tuple[str, bytes]:
        """The id of the root used, and the secret wrapped under it. Raises StoreUnavailable."""

    def unwrap(self, root_id: str, wrapped: bytes, bound: bytes) -> bytes:
        """The secret. Raises StoreUnavailable (also where that root is not known), InvalidTag."""

    def before_kek(self, wrapped: bytes, bound: bytes) -> bytes:
        """A key that an earlier release wrapped under the root itself. Raises StoreUnavailable, InvalidTag."""

    def begin(self) -> None:
        """From now on `wrap` uses a new root, and `unwrap` knows both. Called again before `settle` it goes on."""

    def settle(self) -> None:
        """The roots before the newest are no more."""

    def refresh(self) -> None:
        """Look again at which roots there are: another process may have begun or settled. Raises StoreUnavailable."""


class FileRoot:
    """The root in a file of 32 bytes, its owner's alone: `root.key`, and `root.key.next` while it is renewed."""

    def __init__(self, folder: Path) -> None:
        """Read it, making it on first use. Raises StoreUnavailable."""
        self._path = folder / "root.key"
        self._next = folder / "root.key.next"
        write_once(self._path, secrets.token_bytes(KEY_BYTES))
        self._by_id: dict[str, bytes] = {}
        self._newest = ""
        self.refresh()

    def __repr__(self) -> str:
        """The id of the newest, never a key."""
        return f"<root {self._newest}>"

    def newest(self) -> str:
        """See Root."""
        return self._newest

    def wrap(self, secret: bytes, bound: bytes) -> tuple[str, bytes]:
        """See Root."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._newest, nonce + Xaes256Gcm(self._by_id[self._newest]).encrypt(nonce, secret, bound)

    def unwrap(self, root_id: str, wrapped: bytes, bound: bytes) -> bytes:
        """See Root."""
        root = self._by_id.get(root_id)
        if root is None:
            raise StoreUnavailable("root_not_here")
        return Xaes256Gcm(root).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound)

    def before_kek(self, wrapped: bytes, bound: bytes) -> bytes:
        """See Root."""
        return AESGCM(next(iter(self._by_id.values()))).decrypt(wrapped[:12], wrapped[12:], bound)

    def begin(self) -> None:
        """See Root."""
        if not self._next.exists():
            write_through(self._next, secrets.token_bytes(KEY_BYTES))
        self.refresh()

    def settle(self) -> None:
        """See Root."""
        if self._next.exists():
            write_through(self._path, _read(self._next))
            self._next.unlink()
        self.refresh()

    def refresh(self) -> None:
        """See Root."""
        coming = _coming(self._next)  # read first: a root that is settled meanwhile then stands under its own name
        found = [_read(self._path), *coming]
        self._by_id = {_id_of(root): root for root in found}
        self._newest = _id_of(found[-1])


def _id_of(root: bytes) -> str:
    return hmac.digest(root, _ID, sha256)[:8].hex()


def _coming(path: Path) -> tuple[bytes, ...]:
    try:
        return (_read(path),)
    except FileNotFoundError:
        return ()


def _read(path: Path) -> bytes:
    root = path.read_bytes()
    if len(root) != KEY_BYTES or path.stat().st_mode & 0o077:
        raise StoreUnavailable("root_key_not_private")
    return root
