"""One Ed25519 signature over many statements: a Merkle tree (RFC 6962 s.2.1), its root signed once.

What is put with each statement proves it alone, for ever: its place, the signature over the root, and the path up to it
(RFC 9162 s.2.1.3.2). Signature: 4 bytes index and 4 bytes size of the tree (big-endian), 64 bytes Ed25519 over
`childhub/signed-root/v1`, a zero byte, the size and the 32-byte root; then 32 bytes for each step, the lowest first.
"""

import struct
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from contracts.errors import NotGenuine

MOST = 1 << 16  # statements under one root
_HASH = 32
_HEAD = struct.Struct(">II64s")
_LABEL = b"childhub/signed-root/v1\x00"  # no signed text of ours begins so: a JWS begins with base64url
_REMEMBERED = 4096


class ProvedRoots:
    """Roots whose signatures were verified before, for as long as one batch is read; bounded."""

    def __init__(self) -> None:
        """Know none."""
        self._proved: set[bytes] = set()

    def check(self, key: Ed25519PublicKey, root: bytes, signature: bytes) -> None:
        """Nothing, when `key` signed `root` (as labelled). Raises NotGenuine (sig_bytes)."""
        known = key.public_bytes_raw() + root + signature
        if known in self._proved:
            return
        try:
            key.verify(signature, root)
        except InvalidSignature:
            raise NotGenuine("sig_bytes") from None
        if len(self._proved) >= _REMEMBERED:
            self._proved.clear()
        self._proved.add(known)


def sign_root(statements: Sequence[bytes], key: Ed25519PrivateKey) -> tuple[bytes, ...]:
    """The signature to put with each statement, in order. Raises ValueError for none, or more than MOST."""
    size = len(statements)
    if not 1 <= size <= MOST:
        raise ValueError("how many statements one root may stand for")
    levels = [[_leaf(statement) for statement in statements]]
    while len(levels[-1]) > 1:
        levels.append(_parents(levels[-1]))
    signature = key.sign(_signed(size, levels[-1][0]))
    return tuple(_HEAD.pack(index, size, signature) + b"".join(_path(index, levels)) for index in range(size))


def verify_root(statement: bytes, signature: bytes, key: Ed25519PublicKey, proved: ProvedRoots) -> None:
    """Nothing, when `key` signed a root over exactly this statement at its place. Raises NotGenuine.

    Codes: sig_form (not of the form), sig_path (the path does not fit the place), sig_bytes.
    """
    if len(signature) < _HEAD.size or (len(signature) - _HEAD.size) % _HASH:
        raise NotGenuine("sig_form")
    index, size, root_signature = _HEAD.unpack(signature[: _HEAD.size])
    if not index < size <= MOST:
        raise NotGenuine("sig_path")
    steps = (signature[at : at + _HASH] for at in range(_HEAD.size, len(signature), _HASH))
    root = _climbed(_leaf(statement), index, size - 1, tuple(steps))
    proved.check(key, _signed(size, root), root_signature)


def _climbed(leaf: bytes, index: int, last: int, steps: tuple[bytes, ...]) -> bytes:
    """The root that the steps lead to, as in RFC 9162 s.2.1.3.2."""
    found = leaf
    for step in steps:
        if last == 0:
            raise NotGenuine("sig_path")
        if index & 1 or index == last:
            found = _node(step, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = _node(found, step)
        index, last = index >> 1, last >> 1
    if last:
        raise NotGenuine("sig_path")
    return found


def _path(index: int, levels: Sequence[Sequence[bytes]]) -> list[bytes]:
    steps: list[bytes] = []
    for level in levels[:-1]:
        neighbour = index ^ 1
        if neighbour < len(level):  # the last of an odd number has none: it rises as it is
            steps.append(level[neighbour])
        index >>= 1
    return steps


def _parents(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _leaf(statement: bytes) -> bytes:
    return sha256(b"\x00" + statement).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _signed(size: int, root: bytes) -> bytes:
    return _LABEL + struct.pack(">I", size) + root
