"""The keys a log signs its checkpoints with: one, and while keys change or for another kind of signature, more."""

from collections.abc import Sequence
from typing import Protocol

from audit.checkpoint import Checkpoint, parse_checkpoint
from audit.errors import AnotherLog, LogDamaged, Malformed, NotSigned
from audit.note import ED25519, NoteSigner, NoteVerifier, parse_note, parse_vkey, verify_note


class LineSigner(Protocol):
    """A further key that signs the checkpoints: the next or the last one while keys change, or of another kind."""

    @property
    def vkey(self) -> str:
        """The key to give to verifiers."""

    def line(self, text: str) -> bytes:
        """Its signature line over a checkpoint's text."""


class LogKeys:
    """The log's own key, under whose name (the origin) it is known, and the others."""

    def __init__(self, signer: NoteSigner, also: Sequence[LineSigner] = ()) -> None:
        self.origin = signer.name
        self._signer = signer
        self._also = tuple(also)
        vkeys = (signer.vkey, *(one.vkey for one in also))
        self._keys = {(key.name, key.key_id): key for key in map(parse_vkey, vkeys)}
        self._verifiers = tuple(NoteVerifier(key.vkey) for key in self._keys.values() if key.kind == ED25519)

    def sign(self, text: str) -> bytes:
        """The note, signed by all."""
        return self._signer.sign(text) + b"".join(one.line(text) for one in self._also)

    def all_signed(self, note: bytes) -> bool:
        """Whether a line of every key stands on the note; not verified. Raises Malformed."""
        return {(line.name, line.key_id) for line in parse_note(note).signatures} >= set(self._keys)

    def own(self, raw: bytes) -> Checkpoint:
        """The checkpoint, signed by one of the Ed25519 keys. Raises AnotherLog, LogDamaged."""
        try:
            checkpoint, note = parse_checkpoint(raw)
        except Malformed as error:
            raise LogDamaged(f"checkpoint: {error}") from error
        known = {(one.key.name, one.key.key_id) for one in self._verifiers}
        if checkpoint.origin != self.origin or not known & {(line.name, line.key_id) for line in note.signatures}:
            raise AnotherLog("the folder's checkpoint is of another origin or key")
        try:
            verify_note(note, self._verifiers)
        except NotSigned as error:
            raise LogDamaged(f"checkpoint: {error}") from error
        return checkpoint
