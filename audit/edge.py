"""The right edge of a growing tree: all that must be remembered to add leaves, finish tiles and know the root.

Source: RFC 6962 section 2.1 over C2SP tlog-tiles. Pure; the one value of this package that grows in place, because a
verifier passes a million leaves through it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit import merkle
from audit.tiles import TILE_BYTES, WIDTH


@dataclass(frozen=True, slots=True)
class FullTile:
    """A tile that was finished: its level, its index and its 8,192 bytes."""

    level: int
    index: int
    hashes: bytes


class RightEdge:
    """The unfinished tile of every level. `levels[k]` holds fewer than 256 joined hashes, level 0 the leaves."""

    def __init__(self, levels: Sequence[bytes] = (), size: int = 0) -> None:
        self._levels = list(levels)
        self._size = size

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    @property
    def levels(self) -> tuple[bytes, ...]:
        """The joined hashes of the unfinished tile of each level, lowest first; empty where there is none."""
        return tuple(self._levels)

    def copy(self) -> "RightEdge":
        """An edge that grows apart from this one."""
        return RightEdge(self._levels, self._size)

    def append(self, leaves: bytes) -> tuple[FullTile, ...]:
        """Adds joined leaf hashes; the tiles of all levels that this finished, in the order they were."""
        finished: list[FullTile] = []
        level, hashes, before = 0, leaves, self._size
        self._size += len(leaves) // merkle.HASH_BYTES
        while hashes:
            if level == len(self._levels):
                self._levels.append(b"")
            held = self._levels[level] + hashes
            full = len(held) // TILE_BYTES * TILE_BYTES
            first = before // WIDTH
            tiles = [held[at : at + TILE_BYTES] for at in range(0, full, TILE_BYTES)]
            finished += [FullTile(level, first + at, tile) for at, tile in enumerate(tiles)]
            self._levels[level] = held[full:]
            hashes = b"".join([merkle.root_of(tile) for tile in tiles])
            level, before = level + 1, first
        return tuple(finished)

    def root(self) -> bytes:
        """The root over all leaves."""
        root = b""
        for hashes in self._levels:
            for peak in reversed(_peaks(hashes)):
                root = merkle.node_hash(peak, root) if root else peak
        return root or merkle.EMPTY_ROOT


def _peaks(hashes: bytes) -> list[bytes]:
    """The roots of the complete subtrees over joined hashes, widest first."""
    peaks: list[bytes] = []
    at, rest = 0, len(hashes) // merkle.HASH_BYTES
    while rest:
        width = 1 << (rest.bit_length() - 1)
        end = at + width * merkle.HASH_BYTES
        peaks.append(merkle.root_of(hashes[at:end]))
        at, rest = end, rest - width
    return peaks
