"""What the log's public files hold of entries, and the bodies they stand for: read beside whoever writes to the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from audit.checkpoint import parse_checkpoint
from audit.files import Folder
from audit.log import CHECKPOINT, COSIGNED
from audit.note import MAX_NOTE_BYTES
from audit.policy import Policy
from audit.proof import Proof, encode_proof
from audit.tree import SealedTree
from hub.adapters.log_bodies import LogBodies
from hub.adapters.log_shelf import LogShelf
from hub.application.prove_entry import Material
from hub.application.seal_log import Body
from hub.domain.errors import Unreadable

_Nodes = dict[tuple[int, int], bytes]
_Bundles = dict[int, list[bytes]]


class LogProofs:
    """See application.prove_entry.SealedEntries and application.prove_lines.SealedPages."""

    def __init__(self, shelf: LogShelf, bodies: LogBodies, policy: Policy | None) -> None:
        """Use these; without a policy no witness is asked for."""
        self._shelf = shelf
        self._bodies = bodies
        self._policy = policy

    def at(self, position: int) -> Material | None:
        """See application.prove_entry.SealedEntries."""
        return self.together((position,)).at(position)

    def together(self, positions: tuple[int, ...]) -> "EntriesOfPage":
        """See application.prove_lines.SealedPages."""
        return EntriesOfPage(self._shelf, self._bodies, self._policy, positions)


class EntriesOfPage:
    """The entries of one page: bodies, checkpoints and each file of a log are read once, whoever wants them again."""

    def __init__(self, shelf: LogShelf, bodies: LogBodies, policy: Policy | None, positions: tuple[int, ...]) -> None:
        """Nothing is read yet: what cannot be read is said of each entry that is asked for."""
        self._shelf = shelf
        self._bodies = bodies
        self._policy = policy
        self._positions = positions

    def at(self, position: int) -> Material | None:
        """See application.prove_entry.SealedEntries."""
        last, held = self._held
        body = held.get(position)
        if isinstance(body, Unreadable):
            raise body
        if body is None:
            if position <= last:
                raise Unreadable(position, "log_body_gone")
            return None
        log = next((one for one in self._past if one.base <= body.index < one.base + one.sizes[0]), None)
        return (log or self._current).material(body, self._policy)

    @cached_property
    def _held(self) -> tuple[int, Mapping[int, Body | Unreadable]]:
        """Up to where everything was sealed, read first so that what is sealed meanwhile is no hole; and the bodies."""
        return self._bodies.last()[1], self._bodies.at_positions(self._positions)

    @cached_property
    def _past(self) -> tuple["_Log", ...]:
        return tuple(
            _Log(_ReadOnce(one.folder), one.base, one.vkey, (one.note,), (one.size,), {}, {})
            for one in reversed(self._shelf.past())
        )

    @cached_property
    def _current(self) -> "_Log":
        folder, last = _ReadOnce(self._shelf.folder), self._shelf.last_checkpoint.last()
        notes = tuple(note for name in (CHECKPOINT, COSIGNED) if (note := folder.read(name, MAX_NOTE_BYTES)))
        sizes = tuple(parse_checkpoint(note)[0].size for note in notes)
        return _Log(folder, last.base if last is not None else 0, self._shelf.vkey, notes, sizes, {}, {})


@dataclass(frozen=True, slots=True)
class _Log:
    """One log: where it lies, the number of its first body, its key, its checkpoints and how many entries each covers.

    `nodes` are the hashes that were worked out, `bundles` the entries that were read; both are the same under each of
    the checkpoints.
    """

    folder: Folder
    base: int
    vkey: str
    notes: tuple[bytes, ...]
    sizes: tuple[int, ...]
    nodes: _Nodes
    bundles: _Bundles

    def material(self, body: Body, policy: Policy | None) -> Material:
        """What it holds of the entry of a body. Raises AuditError."""
        index = body.index - self.base
        proofs = tuple(
            encode_proof(Proof(index, self._tree(size).inclusion(index, size), note))
            for note, size in zip(self.notes, self.sizes, strict=True)
            if index < size
        )
        entry = self._tree(max(self.sizes)).entry(index) if proofs else b""
        return Material(index, entry, body.salt, body.body, proofs, (self.vkey,), policy)

    def _tree(self, size: int) -> SealedTree:
        return _Tree(self.folder, size, self.nodes, self.bundles)


class _ReadOnce(Folder):
    """A folder each of whose files is read once, and is for the page what it was then."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._held: dict[str, bytes | None] = {}

    def read(self, name: str, limit_bytes: int) -> bytes | None:
        """See Folder."""
        if name not in self._held:
            self._held[name] = super().read(name, limit_bytes)
        return self._held[name]


class _Tree(SealedTree):
    """A tree that works out each hash, and takes apart each bundle, once."""

    def __init__(self, folder: Folder, size: int, nodes: _Nodes, bundles: _Bundles) -> None:
        super().__init__(folder, size)
        self._nodes = nodes
        self._bundles = bundles

    def node(self, level: int, index: int) -> bytes:
        """See SealedTree."""
        if (level, index) not in self._nodes:
            self._nodes[level, index] = super().node(level, index)
        return self._nodes[level, index]

    def bundle(self, number: int) -> list[bytes]:
        """See SealedTree."""
        if number not in self._bundles:
            self._bundles[number] = super().bundle(number)
        return self._bundles[number]
