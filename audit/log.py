"""The sealed log in a folder: add entries, sign checkpoints, give proofs.

Source: C2SP tlog-tiles. Entry bundles are the truth of the folder: they are durable before the tiles over them, so a
log that stopped between the two is made whole from its bundles when it is opened.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from audit import merkle, tiles
from audit.checkpoint import Checkpoint, in_place_of
from audit.commitment import order_of, times_in_order
from audit.edge import FullTile, RightEdge
from audit.errors import AuditError, CannotKeep, LogDamaged, NotInLog, OutOfOrder
from audit.files import Folder
from audit.merkle import HASH_BYTES
from audit.note import MAX_NOTE_BYTES, NoteSigner
from audit.proof import Proof, encode_proof
from audit.signing import LineSigner, LogKeys
from audit.tiles import ENTRIES, MAX_BUNDLE_BYTES, WIDTH, Place
from audit.tree import SealedTree, decode

CHECKPOINT = "checkpoint"
COSIGNED = "cosigned"
"""The file with the newest checkpoint that witnesses enough have cosigned."""


class SealedLog:
    """The one writer of a log. Safe to share between threads. Made by `open`; `close` lets the folder go."""

    def __init__(self, folder: Folder, keys: LogKeys) -> None:
        self._folder = folder
        self._keys = keys
        self._published = Checkpoint(keys.origin, 0, merkle.EMPTY_ROOT)
        self._edge = RightEdge()
        self._bundle: list[bytes] = []
        self._last_at_us = 0
        self._unpublished: frozenset[str] = frozenset()
        self._full_tiles: dict[tuple[int, int], bytes] = {}
        self._usable = True
        self._release = folder.claim()
        self._turn = threading.RLock()

    @classmethod
    def open(cls, folder: Path, signer: NoteSigner, also: Sequence[LineSigner] = ()) -> "SealedLog":
        """The log in this folder, its origin the signer's name; a new folder is an empty log.

        `also` signs every checkpoint besides; the folder's own may be signed by any of the Ed25519 keys.
        After a crash `size` says how many entries were kept: it may be more than `add` answered for, never fewer.
        Raises LogInUse, AnotherLog (checkpoint of another origin or key), LogDamaged, CannotKeep, CannotRead.
        """
        return cls.over(Folder(folder), signer, also)

    @classmethod
    def over(cls, files: Folder, signer: NoteSigner, also: Sequence[LineSigner] = ()) -> "SealedLog":
        """The log over a folder already at hand; see `open`."""
        log = cls(files, LogKeys(signer, also))
        try:
            log._resume()
        except AuditError:
            log.close()
            raise
        return log

    def __enter__(self) -> "SealedLog":
        """This log; leaving the block closes it."""
        return self

    def __exit__(self, *ignored: object) -> None:
        """Closes the log."""
        self.close()

    def close(self) -> None:
        """Lets the folder go; the log cannot be added to afterwards."""
        self._usable = False
        self._release()

    @property
    def size(self) -> int:
        """How many entries are durably in the log."""
        return self._edge.size

    def root(self) -> bytes:
        """The 32-byte root over all entries."""
        with self._turn:
            return self._edge.root()

    def add(self, entries: Sequence[bytes]) -> int:
        """The new size, once all entries are durably kept, in order.

        Raises OutOfOrder (nothing is written) unless each is an entry of version 1 bearing the next index and a time
        not before the last; CannotKeep, after which the log must be opened again.
        """
        with self._turn:
            if not self._usable:
                raise CannotKeep("the log was closed or failed before: open it again")
            last_at_us = self._checked(entries)
            with self._or_closed():
                self._write_bundles(entries)
                self._write_tiles(merkle.leaf_hashes(entries))
            self._last_at_us = last_at_us
            return self.size

    def checkpoint(self) -> bytes:
        """The signed checkpoint over all entries, published in the folder. Raises CannotKeep, CannotRead."""
        with self._turn:
            head = Checkpoint(self._keys.origin, self.size, self.root())
            kept = self._folder.read(CHECKPOINT, MAX_NOTE_BYTES) if head == self._published else None
            if kept is not None and self._keys.all_signed(kept):
                return kept
            if not self._usable:
                raise CannotKeep("the log was closed or failed before: open it again")
            note = self._keys.sign(head.text)
            with self._or_closed():
                self._folder.write(CHECKPOINT, note)
            self._published, self._unpublished = head, frozenset()
            return note

    def attach(self, note: bytes, lines: bytes, *, enough: bool) -> bytes:
        """The log's own checkpoint with these cosignature lines, published for it if it is still the newest.

        `enough`: they meet the policy, and the file `cosigned` is written too.
        Raises Malformed, AnotherLog, LogDamaged, CannotKeep, CannotRead.
        """
        with self._turn:
            own = self._keys.own(note)
            kept = self._folder.read(CHECKPOINT, MAX_NOTE_BYTES) if own == self._published else None
            cosigned = in_place_of(note if kept is None else kept, lines)
            with self._or_closed():
                if kept is not None:
                    self._folder.write(CHECKPOINT, cosigned)
                if enough:
                    self._folder.write(COSIGNED, cosigned)
            return cosigned

    def entry(self, index: int) -> bytes:
        """The bytes of an entry. Raises NotInLog, LogDamaged, CannotRead."""
        with self._turn:
            return self._tree().entry(index)

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that entry `index` is in the tree of `size` (all entries). Raises NotInLog, LogDamaged."""
        with self._turn:
            return self._tree().inclusion(index, self.size if size is None else size)

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """The proof that the tree of `old` entries begins that of `new` (all). Raises NotInLog, LogDamaged."""
        with self._turn:
            return self._tree().consistency(old, self.size if new is None else new)

    def proof_file(self, index: int, extra: bytes | None = None) -> bytes:
        """A file that proves entry `index` under the published checkpoint. Raises NotInLog, LogDamaged, CannotRead."""
        with self._turn:
            published = self._folder.read(CHECKPOINT, MAX_NOTE_BYTES)
            if published is None:
                raise NotInLog(f"entry {index} is not under a checkpoint yet")
            hashes = self._tree().inclusion(index, self._published.size)
            return encode_proof(Proof(index, hashes, published, extra))

    @contextmanager
    def _or_closed(self) -> Iterator[None]:
        """Closes the log when a write fails: what reached the disk is not known, only reading it again tells."""
        try:
            yield
        except CannotKeep:
            self.close()
            raise

    def _tree(self) -> SealedTree:
        return SealedTree(self._folder, self.size, self._full_tiles)

    def _checked(self, entries: Sequence[bytes]) -> int:
        """The time of the last entry, when all are the next ones in order."""
        last_at_us = times_in_order(entries, self.size, self._last_at_us)
        if last_at_us is None:
            raise OutOfOrder(f"from entry {self.size}: not of version 1, not bearing its index, or its time goes back")
        return last_at_us

    def _write_bundles(self, entries: Sequence[bytes]) -> None:
        index, bundle, at = self.size // WIDTH, self._bundle, 0
        while at < len(entries):
            taken = entries[at : at + WIDTH - len(bundle)]
            bundle, at = [*bundle, *taken], at + len(taken)
            # One by one and each durable: whatever a crash leaves, the bundles have no hole.
            self._folder.write(tiles.name_of(Place(ENTRIES, index, len(bundle))), tiles.encode_bundle(bundle))
            if len(bundle) == WIDTH:
                index, bundle = index + 1, []
        self._bundle = bundle

    def _write_tiles(self, leaves: bytes) -> None:
        edge = self._edge.copy()
        finished = edge.append(leaves)
        for tile in finished:
            self._folder.write(tiles.name_of(Place(tile.level, tile.index, WIDTH)), tile.hashes)
        written = self._write_partial_tiles(edge)
        self._drop_superseded(finished, _partial_names(edge))
        self._unpublished = (self._unpublished & _partial_names(edge)) | written
        self._edge = edge

    def _write_partial_tiles(self, edge: RightEdge) -> frozenset[str]:
        before = self._edge.levels
        written: set[str] = set()
        for level, hashes in enumerate(edge.levels):
            if hashes and (level >= len(before) or before[level] != hashes):
                place = Place(level, edge.size >> (8 * level + 8), len(hashes) // HASH_BYTES)
                self._folder.write(tiles.name_of(place), hashes)
                written.add(tiles.name_of(place))
        if edge.size % WIDTH:
            written.add(tiles.name_of(Place(ENTRIES, edge.size // WIDTH, edge.size % WIDTH)))
        return frozenset(written)

    def _drop_superseded(self, finished: Sequence[FullTile], current: frozenset[str]) -> None:
        """Removes partial files that no checkpoint ever needed, or whose full tile is there now."""
        for name in self._unpublished - current:
            self._folder.remove(name)
        for tile in finished:
            levels = (tile.level, ENTRIES) if tile.level == 0 else (tile.level,)
            for level in levels:
                self._folder.remove_all(tiles.name_of(Place(level, tile.index, WIDTH)) + ".p")

    def _resume(self) -> None:
        raw = self._folder.read(CHECKPOINT, MAX_NOTE_BYTES)
        if raw is not None:
            self._published = self._keys.own(raw)
            self._edge = SealedTree(self._folder, self._published.size).right_edge()
            if self._edge.root() != self._published.root:
                raise LogDamaged("checkpoint: the tiles do not lead to the signed root")
        self._replay()

    def _replay(self) -> None:
        """Takes in the entries kept after the last checkpoint and writes the tiles over them again."""
        held = self._held(self.size // WIDTH)
        within = self.size % WIDTH
        own = self._edge.levels[0] if within else b""
        if merkle.leaf_hashes(held[:within]) != own:
            raise LogDamaged("the last sealed entries do not hash to their tile")
        self._bundle = held[:within]
        self._last_at_us = self._time_of_last()
        fresh = held[within:]
        while fresh:
            self._last_at_us = self._checked(fresh)
            self._write_tiles(merkle.leaf_hashes(fresh))
            self._bundle = [] if self.size % WIDTH == 0 else held
            held = fresh = self._held(self.size // WIDTH) if self.size % WIDTH == 0 else []
        # Sizes that were perhaps published before the stop keep their partial files.
        self._unpublished = frozenset()

    def _time_of_last(self) -> int:
        order = order_of(self.entry(self.size - 1)) if self.size else (0, 0)
        if order is None:
            raise LogDamaged(f"entry {self.size - 1}: not of version 1")
        return order[1]

    def _held(self, index: int) -> list[bytes]:
        """The entries of the widest bundle kept at an index; none when there is none."""
        full = tiles.name_of(Place(ENTRIES, index, WIDTH))
        widths = sorted(int(name) for name in self._folder.names_in(full + ".p") if name.isdecimal())
        names = [full, *(f"{full}.p/{width}" for width in reversed(widths))]
        for name in names:
            content = self._folder.read(name, MAX_BUNDLE_BYTES)
            if content is not None:
                return decode(name, content)
        return []


def _partial_names(edge: RightEdge) -> frozenset[str]:
    """The files of all unfinished tiles, and of the unfinished bundle."""
    levels = enumerate(edge.size >> 8 * level for level in range(len(edge.levels)))
    places = [Place(level, count // WIDTH, count % WIDTH) for level, count in levels if count % WIDTH]
    bundle = [Place(ENTRIES, place.index, place.width) for place in places if place.level == 0]
    return frozenset(tiles.name_of(place) for place in places + bundle)
