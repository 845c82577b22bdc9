"""The last checkpoint that the hub signed, in a file beside its keys: a JSON object with the note and the position."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audit import merkle
from audit.checkpoint import open_checkpoint, parse_checkpoint
from audit.errors import AuditError
from hub.adapters.private_file import write_through
from hub.application.last_checkpoint import Past, Signed
from hub.domain.errors import StoreUnavailable


class CheckpointFile:
    """See application.last_checkpoint.LastCheckpoint."""

    def __init__(self, path: Path, vkeys_of: Callable[[str], tuple[str, ...]]) -> None:
        """Use this file; `vkeys_of` says which keys a log of an origin signs with."""
        self._path = path
        self._vkeys_of = vkeys_of

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
            case {"note": str(note), "position": int(position), "origin": str(origin), "base": int(base), **rest}:
                before = rest.get("past")
                past = tuple(map(_past, before if isinstance(before, list) else (before,)))
                return replace(self._signed(note.encode(), position, origin), base=base, past=past)
            case {"note": str(note), "position": int(position)}:
                return self._signed(note.encode(), position, "")
            case _:
                raise StoreUnavailable("last_checkpoint_altered")

    def keep(self, note: bytes, position: int) -> None:
        """See application.last_checkpoint.LastCheckpoint."""
        last = self.last()
        origin = parse_checkpoint(note)[0].origin if note else ""
        self._write(replace(last or Signed(b"", 0, b"", 0), note=note, position=position, origin=origin))

    def begin(self, origin: str, base: int, position: int) -> None:
        """See application.last_checkpoint.LastCheckpoint."""
        last = self.last()
        past = (*last.past, Past(last.note, last.base)) if last is not None and last.note else ()
        self._write(Signed(b"", 0, b"", position, origin, base, past))

    def _write(self, held: Signed) -> None:
        said = {"note": held.note.decode(), "position": held.position, "origin": held.origin, "base": held.base}
        past = [{"note": one.note.decode(), "base": one.base} for one in held.past]
        try:
            write_through(self._path, json.dumps({**said, "past": past}).encode())
        except OSError as refused:
            raise StoreUnavailable("last_checkpoint") from refused

    def _signed(self, note: bytes, position: int, origin: str) -> Signed:
        if not note:
            return Signed(note, 0, merkle.EMPTY_ROOT, position, origin)
        try:
            stated = parse_checkpoint(note)[0].origin
            checkpoint = open_checkpoint(note, self._vkeys_of(stated))
        except AuditError as refused:
            raise StoreUnavailable("last_checkpoint_altered") from refused
        return Signed(note, checkpoint.size, checkpoint.root, position, stated)


def _past(held: object) -> Past:
    match held:
        case {"note": str(note), "base": int(base)}:
            return Past(note.encode(), base)
        case _:
            raise StoreUnavailable("last_checkpoint_altered")
