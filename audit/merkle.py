"""Merkle tree hashes and proofs over SHA-256.

Source: RFC 6962 section 2.1; verification as in RFC 9162 sections 2.1.3.2 and 2.1.4.2. Pure.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from audit.errors import NotInLog, ProofFails

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]
"""Gives the 32-byte hash of the complete subtree at (level, index): leaves index*2**level up to (index+1)*2**level."""


def leaf_hash(entry: bytes) -> bytes:
    """The 32-byte hash of one entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash over two 32-byte hashes."""
    return sha256(b"\x01" + left + right).digest()


def leaf_hashes(entries: Sequence[bytes]) -> bytes:
    """The leaf hashes of the entries, in order, joined."""
    return b"".join([sha256(b"\x00" + entry).digest() for entry in entries])


def root_of(hashes: bytes) -> bytes:
    """The root over joined 32-byte hashes, all of one level; the root of the empty tree for none."""
    if not hashes:
        return EMPTY_ROOT
    while len(hashes) > HASH_BYTES:
        paired = len(hashes) // 64 * 64
        # A hash without a neighbour rises unchanged: that gives the shape of RFC 6962 for any count.
        hashes = b"".join(_parents(hashes, paired)) + hashes[paired:]
    return hashes


def range_hash(start: int, end: int, node: NodeReader) -> bytes:
    """The hash of leaves start up to end (excluded), a range that stands as a subtree in some proof."""
    count = end - start
    level = count.bit_length() - 1
    if count == 1 << level and start % count == 0:
        return node(level, start >> level)
    middle = start + _split(count)
    return node_hash(range_hash(start, middle, node), range_hash(middle, end, node))


def tree_root(size: int, node: NodeReader) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return range_hash(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: NodeReader) -> tuple[bytes, ...]:
    """The hashes from the leaf's neighbour up to the root's child. Raises NotInLog unless 0 <= index < size."""
    if not 0 <= index < size:
        raise NotInLog(f"entry {index} is not in a tree of {size}")
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(middle, end, node))
            end = middle
        else:
            path.append(range_hash(start, middle, node))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, node: NodeReader) -> tuple[bytes, ...]:
    """The hashes that show the tree of `old` leaves to be the beginning of that of `new`.

    Empty when old is 0 or equals new. Raises NotInLog unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise NotInLog(f"a tree of {old} is not the beginning of a tree of {new}")
    if old == 0:
        return ()
    start, end, rest = 0, new, old
    path: list[bytes] = []
    while rest != end - start:
        middle = start + _split(end - start)
        if rest <= middle - start:
            path.append(range_hash(middle, end, node))
            end = middle
        else:
            path.append(range_hash(start, middle, node))
            rest -= middle - start
            start = middle
    if start:
        path.append(range_hash(start, end, node))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Returns when the leaf hash stands at `index` in the tree of `size` with this root. Raises ProofFails."""
    if not 0 <= index < size:
        raise ProofFails(f"entry {index} cannot be in a tree of {size}")
    position, last, found = index, size - 1, leaf
    for hash_ in proof:
        if last == 0 or len(hash_) != HASH_BYTES:
            raise ProofFails(f"the proof for entry {index} has the wrong length")
        if position & 1 or position == last:
            found = node_hash(hash_, found)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, hash_)
        position, last = position >> 1, last >> 1
    if last or found != root:
        raise ProofFails(f"entry {index} is not proved to be in the tree of {size}")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Returns when the tree of `old` leaves is proved to be the beginning of that of `new`. Raises ProofFails."""
    if not 0 <= old <= new:
        raise ProofFails(f"a tree of {old} cannot be the beginning of a tree of {new}")
    if old in (0, new):
        same = old_root == (new_root if old else EMPTY_ROOT) and (new > 0 or new_root == EMPTY_ROOT)
        if proof or not same:
            raise ProofFails(f"the tree of {new} does not begin with that of {old}")
        return
    if any(len(hash_) != HASH_BYTES for hash_ in proof):
        raise ProofFails("a proof hash is not 32 bytes long")
    path = ((old_root,) if old & (old - 1) == 0 else ()) + tuple(proof)
    if not path or _climb(old, new, path) != (old_root, new_root):
        raise ProofFails(f"the tree of {new} is not proved to begin with that of {old}")


def _parents(hashes: bytes, end: int) -> list[bytes]:
    """The hashes over the pairs up to `end`, a multiple of 64 bytes."""
    return [sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, end, 64)]


def _climb(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots the path leads to, or None when its length does not fit the sizes."""
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_found = new_found = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old_found, new_found = node_hash(hash_, old_found), node_hash(hash_, new_found)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new_found = node_hash(new_found, hash_)
        position, last = position >> 1, last >> 1
    return (old_found, new_found) if last == 0 else None


def _split(count: int) -> int:
    """The largest power of two below count (count > 1)."""
    return 1 << ((count - 1).bit_length() - 1)
