"""Reads a whole log folder: hashes every entry anew and compares every tile file with what the entries give.

Streams: at any time it holds one entry bundle and the right edge of the tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from audit import merkle, tiles
from audit.columns import read_columns
from audit.commitment import order_of, parse_entry, times_in_order
from audit.edge import RightEdge
from audit.errors import AuditError, CannotRead, Malformed
from audit.files import Folder
from audit.merkle import HASH_BYTES
from audit.tiles import ENTRIES, MAX_BUNDLE_BYTES, TILE_BYTES, WIDTH, Place
from audit.tree import SealedTree

MAX_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sealed: where (an entry, a file, a line) and what."""

    where: str
    what: str


@dataclass(slots=True)
class Replay:
    """What reading the folder gave; filled by `replay`.

    `roots` holds the root at each size asked for; `commitments` the 32 bytes of every entry when they were asked for.
    """

    size: int = 0
    files: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    commitments: bytearray | None = None

    def report(self, where: str, what: str) -> None:
        """Keeps a finding; beyond the first hundred only counts."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(where, what))
        else:
            self.more += 1


def replay(folder: Folder, signed_size: int, signed_root: bytes, sizes: Sequence[int], commitments: bool) -> Replay:
    """What the folder holds, read from its first entry to its last. Raises CannotRead when it cannot be listed."""
    reading = _Reading(folder, signed_size, signed_root, sizes, commitments)
    reading.run()
    return reading.found


class _Reading:
    def __init__(self, folder: Folder, size: int, root: bytes, sizes: Sequence[int], commitments: bool) -> None:
        self.found = Replay(commitments=bytearray() if commitments else None)
        self._folder = folder
        self._signed_size = size
        self._signed_root = root
        self._sizes = sorted({size, *sizes})
        self._edge = RightEdge()
        self._last_at_us = 0
        self._stopped = False
        self._held: tuple[Place | None, bytes | None] = (None, None)
        self._widths = self._list()

    def run(self) -> None:
        self._note_roots(b"")
        full = True
        while full:
            full = self._read_bundle()
        self.found.size = self._edge.size
        if not self._stopped:
            self._compare_rest()

    def _read_bundle(self) -> bool:
        """Takes in the next bundle; whether it was a full one, so that another may follow."""
        hashes = self._leaves(self._edge.size // WIDTH)
        self._note_roots(hashes)
        for tile in self._edge.append(hashes):
            self._compare(tile.level, tile.index, tile.hashes)
        return len(hashes) == TILE_BYTES

    def _compare_rest(self) -> None:
        """Compares the unfinished tiles; any file then left over has no entries behind it."""
        for level, hashes in enumerate(self._edge.levels):
            self._compare(level, self._edge.size >> (8 * level + 8), hashes)
        for (level, index), widths in sorted(self._widths.items()):
            for width in widths:
                self.found.report(f"tile {tiles.name_of(Place(level, index, width))}", "no entries stand behind it")

    def _list(self) -> dict[tuple[int, int], list[int]]:
        """The widths of the files there are, widest first, by level and index; names that are none are findings."""
        widths: dict[tuple[int, int], list[int]] = {}
        for name in self._folder.names():
            if name.startswith("tile/"):
                try:
                    place = tiles.parse_name(name)
                except Malformed:
                    self.found.report(f"tile {name}", "is not the name of a tile")
                    continue
                widths.setdefault((place.level, place.index), []).append(place.width)
        for held in widths.values():
            held.sort(reverse=True)
        self.found.files = sum(map(len, widths.values()))
        return widths

    def _leaves(self, index: int) -> bytes:
        """The leaf hashes of a bundle, held against its tile: what the log sealed where the two differ."""
        widths = self._widths.pop((ENTRIES, index), [])
        files = self._read_all(ENTRIES, index, widths, MAX_BUNDLE_BYTES)
        needed = min(WIDTH, self._signed_size - index * WIDTH)
        if (quick := self._quick(index, files, needed)) is not None:
            return quick
        entries = self._entries(index, files)
        hashes = merkle.leaf_hashes(entries)
        if len(entries) < needed:
            first, last = index * WIDTH + len(entries), index * WIDTH + needed - 1
            self.found.report(f"entry {first}", f"missing, as are all to entry {last}" if first != last else "missing")
            return self._sealed(index, needed)
        self._check_order(index, entries)
        tile = self._best_tile(index)
        differing = _differing(hashes, tile)
        # One proof covers the whole tile: its path holds every other hash of it.
        if differing and self._is_sealed(index * WIDTH + differing[0], tile):
            for at in differing:
                self.found.report(f"entry {index * WIDTH + at}", "changed: it does not hash to what was sealed")
            return tile[: len(hashes)] + hashes[len(tile) :]
        return hashes

    def _quick(self, index: int, files: Sequence[tuple[int, bytes]], needed: int) -> bytes | None:
        """The leaf hashes, when there is one bundle file in which nothing needs a closer look; else None."""
        if len(files) != 1 or self.found.commitments is not None:
            return None
        width, content = files[0]
        read = read_columns(content, index * WIDTH, self._last_at_us)
        if read is None or read.count != width or width < needed:
            return None
        if _differing(read.leaves, self._best_tile(index)):
            return None
        self._last_at_us = read.last_at_us
        return read.leaves

    def _entries(self, index: int, files: Sequence[tuple[int, bytes]]) -> list[bytes]:
        """The entries of the widest file that can be read; narrower ones must be how it begins."""
        entries: list[bytes] = []
        whole = b""
        for width, content in files:
            name = tiles.name_of(Place(ENTRIES, index, width))
            try:
                read = tiles.decode_bundle(content)
                if len(read) != width:
                    raise Malformed(f"holds {len(read)} entries, not {width}")
            except Malformed as error:
                self.found.report(f"tile {name}", str(error))
                continue
            if not entries:
                entries, whole = read, content
            elif not whole.startswith(content):
                self.found.report(f"tile {name}", "differs from the wider bundle that took its place")
        return entries

    def _best_tile(self, index: int) -> bytes:
        """The widest leaf tile file of this index, left to be compared later; empty when there is none."""
        for width in self._widths.get((0, index), []):
            content = self._read(Place(0, index, width), TILE_BYTES)
            if content is not None and len(content) == width * HASH_BYTES:
                return content
        return b""

    def _is_sealed(self, index: int, tile: bytes) -> bool:
        """Whether the tiles prove the leaf that this leaf tile holds for an entry to be under the signed root."""
        leaf = tile[index % WIDTH * HASH_BYTES :][:HASH_BYTES]
        tree = SealedTree(self._folder, self._signed_size)
        try:
            proof = tree.inclusion(index, self._signed_size)
            merkle.verify_inclusion(leaf, index, self._signed_size, proof, self._signed_root)
        except AuditError:
            return False
        return True

    def _sealed(self, index: int, needed: int) -> bytes:
        """The leaf hashes the log sealed for a bundle that cannot be read; none when its tile is not there either."""
        hashes = self._best_tile(index)[: needed * HASH_BYTES]
        if len(hashes) < needed * HASH_BYTES:
            self._stopped = True
            return b""
        if self.found.commitments is not None:
            self.found.commitments += bytes(len(hashes))
        return hashes

    def _check_order(self, index: int, entries: Sequence[bytes]) -> None:
        last_at_us = times_in_order(entries, index * WIDTH, self._last_at_us)
        if last_at_us is None:
            last_at_us = self._report_order(index, entries)
        self._last_at_us = last_at_us
        if self.found.commitments is not None:
            self.found.commitments += b"".join([_commitment(entry) for entry in entries])

    def _report_order(self, index: int, entries: Sequence[bytes]) -> int:
        last_at_us = self._last_at_us
        for at, entry in enumerate(entries, start=index * WIDTH):
            order = order_of(entry)
            if order is None:
                self.found.report(f"entry {at}", "is not an entry of version 1")
                continue
            if order[0] != at:
                self.found.report(f"entry {at}", f"bears the index {order[0]}")
            if order[1] < last_at_us:
                self.found.report(f"entry {at}", "its time is before that of the entry before it")
            last_at_us = order[1]
        return last_at_us

    def _note_roots(self, hashes: bytes) -> None:
        """Remembers the root at every size asked for that lies within these leaves."""
        start, end = self._edge.size, self._edge.size + len(hashes) // HASH_BYTES
        while self._sizes and self._sizes[0] <= end:
            size = self._sizes.pop(0)
            part = self._edge.copy()
            part.append(hashes[: (size - start) * HASH_BYTES])
            self.found.roots[size] = part.root()

    def _compare(self, level: int, index: int, hashes: bytes) -> None:
        """Holds every file of a tile against its hashes, and reports a missing one that the signed size needs."""
        widths = self._widths.pop((level, index), [])
        files = self._read_all(level, index, widths, TILE_BYTES)
        for width, content in files:
            name = tiles.name_of(Place(level, index, width))
            if len(content) != width * HASH_BYTES:
                self.found.report(f"tile {name}", f"is not {width * HASH_BYTES} bytes long")
            elif len(content) > len(hashes):
                self.found.report(f"tile {name}", "holds more hashes than there are entries behind it")
            elif differing := _differing(hashes[: len(content)], content):
                self.found.report(f"tile {name}", f"hash {differing[0]} is not that of the entries behind it")
        needed = min(WIDTH, (self._signed_size >> 8 * level) - index * WIDTH)
        if needed > 0 and not any(width >= needed for width, _ in files):
            self.found.report(f"tile {tiles.name_of(Place(level, index, needed))}", "missing")

    def _read_all(self, level: int, index: int, widths: Sequence[int], limit: int) -> list[tuple[int, bytes]]:
        found = [(width, self._read(Place(level, index, width), limit)) for width in widths]
        if any(content is None for _, content in found) and WIDTH not in widths:
            # A log that is being written drops a partial file once the full one is there.
            found.insert(0, (WIDTH, self._read(Place(level, index, WIDTH), limit)))
        return [(width, content) for width, content in found if content is not None]

    def _read(self, place: Place, limit: int) -> bytes | None:
        if place == self._held[0]:
            return self._held[1]  # a leaf tile is wanted twice: for its bundle, and for itself
        try:
            self._held = place, self._folder.read(tiles.name_of(place), limit)
            return self._held[1]
        except CannotRead as error:
            self.found.report(f"tile {tiles.name_of(place)}", str(error))
            return None


def _differing(hashes: bytes, others: bytes) -> list[int]:
    """The positions at which two runs of joined hashes differ, as far as both go."""
    end = min(len(hashes), len(others))
    if hashes[:end] == others[:end]:
        return []
    steps = range(0, end, HASH_BYTES)
    return [at // HASH_BYTES for at in steps if hashes[at : at + HASH_BYTES] != others[at : at + HASH_BYTES]]


def _commitment(entry: bytes) -> bytes:
    """The commitment of an entry; zeroes, which open nothing, for what is no entry."""
    try:
        return parse_entry(entry).commitment
    except Malformed:
        return bytes(HASH_BYTES)
