"""A sealed tree as it lies in a folder: entries, roots and proofs, read from tiles."""

from audit import merkle, tiles
from audit.edge import RightEdge
from audit.errors import LogDamaged, Malformed, NotInLog
from audit.files import Folder
from audit.merkle import HASH_BYTES
from audit.tiles import ENTRIES, MAX_BUNDLE_BYTES, TILE_BYTES, WIDTH, Place

_KEPT_TILES = 64


class SealedTree:
    """Reads the tree of the first `size` leaves. Only tile files are trusted here, and no signature: see verify."""

    def __init__(self, folder: Folder, size: int, full_tiles: dict[tuple[int, int], bytes] | None = None) -> None:
        self._folder = folder
        self._size = size
        self._full_tiles = {} if full_tiles is None else full_tiles

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree. Raises LogDamaged when a tile is missing or short."""
        tile_level, height = divmod(level, 8)
        first = index << height
        at = first % WIDTH * HASH_BYTES
        hashes = self.tile(tile_level, first // WIDTH)[at : at + (HASH_BYTES << height)]
        if len(hashes) != HASH_BYTES << height:
            raise LogDamaged(f"{tiles.name_of(Place(tile_level, first // WIDTH, WIDTH))}: too short")
        return merkle.root_of(hashes)

    def tile(self, level: int, index: int) -> bytes:
        """The joined hashes of a tile as far as this tree fills it. Raises LogDamaged when there is no such file."""
        kept = self._full_tiles.get((level, index))
        if kept is not None:
            return kept
        hashes = self._read(level, index, TILE_BYTES)
        if len(hashes) == TILE_BYTES:
            if len(self._full_tiles) >= _KEPT_TILES:
                self._full_tiles.pop(next(iter(self._full_tiles)), None)
            self._full_tiles[level, index] = hashes
        return hashes

    def entry(self, index: int) -> bytes:
        """The bytes of an entry. Raises NotInLog, LogDamaged."""
        if not 0 <= index < self._size:
            raise NotInLog(f"entry {index} is not in a log of {self._size}")
        entries = self.bundle(index // WIDTH)
        if len(entries) <= index % WIDTH:
            raise LogDamaged(f"{_name_of_bundle(index // WIDTH)}: too short")
        return entries[index % WIDTH]

    def bundle(self, number: int) -> list[bytes]:
        """The entries of a bundle as far as there are any. Raises LogDamaged."""
        return decode(_name_of_bundle(number), self._read(ENTRIES, number, MAX_BUNDLE_BYTES))

    def right_edge(self) -> RightEdge:
        """The right edge of the tree, from its unfinished tiles. Raises LogDamaged."""
        levels: list[bytes] = []
        while self._size >> (8 * len(levels)):
            level = len(levels)
            width = tiles.width_at(level, self._size)
            hashes = self.tile(level, self._size >> (8 * level + 8)) if width else b""
            if len(hashes) < width * HASH_BYTES:
                raise LogDamaged(f"the unfinished tile of level {level} is too short")
            levels.append(hashes[: width * HASH_BYTES])
        return RightEdge(levels, self._size)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The proof that entry `index` is in the tree of `size`. Raises NotInLog, LogDamaged."""
        self._within(size)
        return merkle.inclusion_proof(index, size, self.node)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """The proof that the tree of `old` begins that of `new`. Raises NotInLog, LogDamaged."""
        self._within(new)
        return merkle.consistency_proof(old, new, self.node)

    def _within(self, size: int) -> None:
        if size > self._size:
            raise NotInLog(f"the log holds {self._size} entries, not {size}")

    def _read(self, level: int, index: int, limit_bytes: int) -> bytes:
        beyond = (self._size >> 8 * max(level, 0)) - index * WIDTH
        widths = (beyond, WIDTH) if 0 < beyond < WIDTH else (WIDTH,)
        for width in widths:
            content = self._folder.read(tiles.name_of(Place(level, index, width)), limit_bytes)
            if content is not None:
                return content
        raise LogDamaged(f"{tiles.name_of(Place(level, index, widths[0]))}: missing")


def _name_of_bundle(number: int) -> str:
    return tiles.name_of(Place(ENTRIES, number, WIDTH))


def decode(name: str, bundle: bytes) -> list[bytes]:
    """The entries of a bundle kept under a name. Raises LogDamaged."""
    try:
        return tiles.decode_bundle(bundle)
    except Malformed as error:
        raise LogDamaged(f"{name}: {error}") from error
