"""What a partner agency runs beside its own systems: cosigns a log's checkpoints and refuses a rewritten history.

Source: C2SP tlog-witness, add-checkpoint (version 1.1: 422 also for an equal size with another root).
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from audit import merkle
from audit.checkpoint import Checkpoint, CosignatureSigner, open_checkpoint, parse_checkpoint, with_lines
from audit.encoding import from_hash, from_number
from audit.errors import CannotKeep, LogDamaged, Malformed, NotSigned, ProofFails
from audit.files import Folder

SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"
MAX_PROOF_LINES = 63
_MAX_STATE_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """A call of add-checkpoint taken apart: the size the log believes cosigned, the proof, the signed checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """What the witness cosigned last for an origin, with its cosignature, and when (seconds since 1970, UTC)."""

    note: bytes
    at: int

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint itself."""
        return parse_checkpoint(self.note)[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP answer: status, content type, body."""

    status: int
    body: bytes
    content_type: str = TEXT_TYPE


def parse_request(raw: bytes) -> Request:
    """The request in a body. Raises Malformed."""
    head, blank, note = raw.partition(b"\n\n")
    if not blank or not head.isascii():
        raise Malformed("the request has no blank line before its checkpoint, or is not ASCII before it")
    first, *proof = head.decode("ascii").split("\n")
    if not first.startswith("old ") or len(proof) > MAX_PROOF_LINES:
        raise Malformed("the request has no old size, or too many proof lines")
    return Request(from_number(first.removeprefix("old ")), tuple(from_hash(line) for line in proof), note)


def judge(request: Request, checkpoint: Checkpoint, seen: Checkpoint | None) -> Answer | None:
    """The refusal that a checkpoint, already known to be signed by its log, must meet; None when it may be cosigned."""
    size, root = (seen.size, seen.root) if seen else (0, merkle.EMPTY_ROOT)
    if request.old > checkpoint.size:
        return Answer(400, b"the old size is above the checkpoint's\n")
    if request.old != size:
        return Answer(409, f"{size}\n".encode(), SIZE_TYPE)
    try:
        merkle.verify_consistency(request.old, checkpoint.size, root, checkpoint.root, request.proof)
    except ProofFails:
        return Answer(422, b"the checkpoint is not proved to continue the last one\n")
    return None


class Witness:
    """Answers add-checkpoint and remembers, in one file, what it cosigned. Times are given to it.

    `logs` holds the trusted vkeys by origin. Refused requests that a log did sign are kept beside the state file in a
    folder `<name>.evidence`: each is a proof, by the log's own hand, of a history that does not continue.
    """

    def __init__(self, state_file: Path, signer: CosignatureSigner, logs: Mapping[str, Sequence[str]]) -> None:
        self._folder = Folder(state_file.parent)
        self._path = state_file
        self._signer = signer
        self._logs = MappingProxyType({origin: tuple(vkeys) for origin, vkeys in logs.items()})

    def add_checkpoint(self, raw: bytes, now: int) -> Answer:
        """The answer to a request body at a time (seconds since 1970, UTC); 200 only when it is durably remembered.

        Raises CannotKeep when the state cannot be kept and LogDamaged when it cannot be read: nothing was cosigned.
        """
        try:
            request = parse_request(raw)
            checkpoint, _ = parse_checkpoint(request.note)
        except Malformed as error:
            return Answer(400, f"{error}\n".encode())
        vkeys = self._logs.get(checkpoint.origin)
        if vkeys is None:
            return Answer(404, b"this log is not known here\n")
        try:
            open_checkpoint(request.note, vkeys)
        except NotSigned:
            return Answer(403, b"no trusted key of this log signed the checkpoint\n")
        with self._turn():
            return self._decide(request, checkpoint, raw, now)

    def latest(self, origin: str) -> bytes | None:
        """The last checkpoint cosigned for an origin, with this witness's line. Raises LogDamaged."""
        seen = self._state().get(origin)
        return seen.note if seen else None

    def ages(self, now: int) -> Mapping[str, int]:
        """For each log ever cosigned, by origin, how many seconds ago that was last. Raises LogDamaged.

        A log that nobody brings any more may be frozen: what happens there since is seen by nobody.
        """
        return MappingProxyType({origin: max(0, now - seen.at) for origin, seen in self._state().items()})

    def evidence(self) -> tuple[bytes, ...]:
        """The refused requests that a trusted log signed."""
        folder = f"{self._path.name}.evidence"
        kept = (self._folder.read(f"{folder}/{name}", _MAX_STATE_BYTES) for name in self._folder.names_in(folder))
        return tuple(raw for raw in kept if raw is not None)

    def _decide(self, request: Request, checkpoint: Checkpoint, raw: bytes, now: int) -> Answer:
        state = self._state()
        seen = state.get(checkpoint.origin)
        before = seen.checkpoint if seen else None
        refusal = judge(request, checkpoint, before)
        if refusal is not None:
            if refusal.status == 422 or (before and before.size == checkpoint.size and before.root != checkpoint.root):
                name = f"{self._path.name}.evidence/{sha256(raw).hexdigest()[:32]}"
                self._folder.write(name, raw)
            return refusal
        if seen and now < seen.at:
            return Answer(503, b"the clock is behind the last cosignature\n")
        line = self._signer.cosign(checkpoint.text, now)
        kept = with_lines(_without(request.note, self._signer), line)
        self._keep({**state, checkpoint.origin: Seen(kept, now)})
        return Answer(200, line)

    def _state(self) -> dict[str, Seen]:
        raw = self._folder.read(self._path.name, _MAX_STATE_BYTES)
        if raw is None:
            return {}
        try:
            held: dict[str, dict[str, str | int]] = json.loads(raw)
            return {origin: Seen(str(one["note"]).encode(), int(one["at"])) for origin, one in held.items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # To go on from nothing would be to forget what was cosigned: an operator must decide.
            raise LogDamaged("the witness's state file cannot be read") from error

    def _keep(self, state: Mapping[str, Seen]) -> None:
        held = {origin: {"note": seen.note.decode(), "at": seen.at} for origin, seen in state.items()}
        self._folder.write(self._path.name, json.dumps(held, sort_keys=True, ensure_ascii=False).encode())

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One at a time, threads and processes alike: a check and a write apart would let a smaller tree win."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotKeep(f"the witness's state cannot be locked: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _without(note: bytes, signer: CosignatureSigner) -> bytes:
    """The note without this witness's own earlier line, so that lines do not pile up."""
    text, blank, foot = note.rpartition(b"\n\n")
    lines = [
        line for line in foot.splitlines(keepends=True) if not line.startswith(f"\u2014 {signer.key.name} ".encode())
    ]
    return text + blank + b"".join(lines)
