"""The last checkpoint that the hub signed, in a file beside its keys: a JSON object with the note and the position."""

import json
from pathlib import Path

from audit import merkle
from audit.checkpoint import open_checkpoint
from audit.errors import AuditError
from hub.adapters.private_file import write_through
from hub.application.last_checkpoint import Signed
from hub.domain.errors import StoreUnavailable


class CheckpointFile:
    """See application.last_checkpoint.LastCheckpoint."""

    def __init__(self, path: Path, vkey: str) -> None:
        """Use this file; `vkey` is the key that the log signs with."""
        self._path = path
        self._vkey = vkey

    def last(self) -> Signed | None:
        """See application.last_checkpoint.LastCheckpoint."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as refused:
            raise StoreUnavailable("last_checkpoint") from refused
        try:
            held: object = json.loads(raw)
        except ValueError as refused:
            raise StoreUnavailable("last_checkpoint_altered") from refused
        match held:
            case {"note": str(note), "position": int(position)}:
                return self._signed(note.encode(), position)
            case _:
                raise StoreUnavailable("last_checkpoint_altered")

    def keep(self, note: bytes, position: int) -> None:
        """See application.last_checkpoint.LastCheckpoint."""
        try:
            write_through(self._path, json.dumps({"note": note.decode(), "position": position}).encode())
        except OSError as refused:
            raise StoreUnavailable("last_checkpoint") from refused

    def _signed(self, note: bytes, position: int) -> Signed:
        if not note:
            return Signed(note, 0, merkle.EMPTY_ROOT, position)
        try:
            checkpoint = open_checkpoint(note, (self._vkey,))
        except AuditError as refused:
            raise StoreUnavailable("last_checkpoint_altered") from refused
        return Signed(note, checkpoint.size, checkpoint.root, position)
