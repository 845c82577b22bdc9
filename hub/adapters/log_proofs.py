"""What the log's public files hold of one entry, and the body it stands for: read beside whoever writes to the log."""

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


class LogProofs:
    """See application.prove_entry.SealedEntries."""

    def __init__(self, shelf: LogShelf, bodies: LogBodies, policy: Policy | None) -> None:
        """Use these; without a policy no witness is asked for."""
        self._shelf = shelf
        self._bodies = bodies
        self._policy = policy

    def at(self, position: int) -> Material | None:
        """See application.prove_entry.SealedEntries."""
        body = self._bodies.at_position(position)
        if body is None:
            return None
        past = next((one for one in reversed(self._shelf.past()) if one.base <= body.index < one.base + one.size), None)
        if past is not None:
            folder, base, vkey = Folder(past.folder), past.base, past.vkey
            notes: tuple[bytes, ...] = (past.note,)
        else:
            last = self._shelf.last_checkpoint.last()
            folder, base, vkey = Folder(self._shelf.folder), last.base if last is not None else 0, self._shelf.vkey
            notes = tuple(note for name in (CHECKPOINT, COSIGNED) if (note := folder.read(name, MAX_NOTE_BYTES)))
        index = body.index - base
        sizes = tuple(parse_checkpoint(note)[0].size for note in notes)
        proofs = tuple(
            encode_proof(Proof(index, SealedTree(folder, size).inclusion(index, size), note))
            for note, size in zip(notes, sizes, strict=True)
            if index < size
        )
        entry = SealedTree(folder, max(sizes)).entry(index) if proofs else b""
        return Material(index, entry, body.salt, body.body, proofs, (vkey,), self._policy)
