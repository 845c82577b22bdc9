"""One entry of the record, proved in front of whoever reads it: from the stored row to the newest signed checkpoint.

Sources: C2SP tlog-tiles, tlog-proof, tlog-cosignature. An entry that is proved was not changed since it was sealed. No
proof shows that everything which happened has an entry.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal, Protocol

from audit.checkpoint import Checkpoint, cosigned_at, open_checkpoint
from audit.commitment import opens, parse_entry
from audit.encoding import to_base64
from audit.errors import AuditError, CannotRead
from audit.policy import Policy, cosigned_by
from audit.proof import parse_proof, verify_under
from contracts.events.hub import Actor
from hub.application.kept_rows import KeptRow, KeptRows
from hub.application.look_at_audit import Checking, OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import AccessLine, line_of
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotOnRecord, StoreUnavailable, Unreadable

WHAT = "entry_proof"
State = Literal["proved", "waiting", "few_witnesses", "not_checked", "failed"]


@dataclass(frozen=True, slots=True)
class Material:
    """What the log holds of one entry: its bytes, what it commits to, and proof files (the best witnessed first).

    `index` is its number in its own log, `vkeys` the keys of that log. No proof: no checkpoint covers it yet.
    """

    index: int
    entry: bytes
    salt: bytes
    body: bytes
    proofs: tuple[bytes, ...]
    vkeys: tuple[str, ...]
    policy: Policy | None


class SealedEntries(Protocol):
    """The log's public files and what their entries stand for; read without holding up whoever seals."""

    def at(self, position: int) -> Material | None:
        """What was sealed for the row at a position; None when nothing was yet.

        Raises StoreUnavailable, Unreadable, and what reading the log raises (audit.errors).
        """


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A witness of the policy, and when it cosigned the checkpoint (UTC; None: it has not)."""

    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Proved:
    """How far the entry is proved, with every number by which anybody can check it.

    `why` says what failed, or could not be checked, in words without any value. `hashes` are those of the proof of
    inclusion, base64, from the leaf up.
    """

    state: State
    why: str = ""
    material: Material | None = None
    proof: bytes = b""
    commitment: str = ""
    origin: str = ""
    size: int = 0
    root: str = ""
    hashes: tuple[str, ...] = ()
    witnesses: tuple[Witnessed, ...] = ()


class OpenedNotes:
    """Signed checkpoints, each opened once, however many entries are proved under it."""

    def __init__(self) -> None:
        self._opened: dict[tuple[bytes, tuple[str, ...]], tuple[Checkpoint, Mapping[str, datetime]]] = {}

    def open(self, note: bytes, material: Material) -> tuple[Checkpoint, Mapping[str, datetime]]:
        """The checkpoint, and when each witness of the policy cosigned it. Raises AuditError."""
        key = note, material.vkeys
        if key not in self._opened:
            checkpoint = open_checkpoint(note, material.vkeys)
            lines = {} if material.policy is None else cosigned_by(material.policy, note)
            times = {name: datetime.fromtimestamp(cosigned_at(line.signature), UTC) for name, line in lines.items()}
            self._opened[key] = checkpoint, times
        return self._opened[key]


@dataclass(frozen=True, slots=True)
class ProvingEntries:
    """What proving needs."""

    checking: Checking
    kept: KeptRows
    sealed: SealedEntries


@dataclass(frozen=True, slots=True)
class ProvedEntry:
    """The line that the row says, its proof, and the look at it."""

    line: AccessLine | None
    proved: Proved
    on_record: OnRecord


def prove_entry(proving: ProvingEntries, actor: Actor, position: int) -> ProvedEntry:
    """The entry at a position. The line is None where the row is not about anybody's looking.

    Raises AccessRefused and NotOnRecord (the try is on record), StoreUnavailable, Unreadable.
    """
    look = AuditLook(WHAT, sought=(str(position),))
    refuse_others(proving.checking, actor, look)
    row = _row_at(proving.kept, position)
    fact = proving.kept.open_row(row) if row is not None else None
    line = line_of(fact, position) if fact is not None else None
    shown = AuditLook(WHAT, "audit_read", 1 if row else 0, line.people if line is not None else (), look.sought)
    on_record = keep_audit_look(proving.checking, actor, shown)
    if row is None:
        raise NotOnRecord(str(position))
    return ProvedEntry(line, prove(proving.sealed, row), on_record)


def prove(sealed: SealedEntries, row: KeptRow, notes: OpenedNotes | None = None) -> Proved:
    """How far the row's entry is proved just now. `notes`: those that were opened for other entries already."""
    opened = notes if notes is not None else OpenedNotes()
    try:
        material = sealed.at(row.position)
    except (CannotRead, StoreUnavailable) as refused:
        return Proved("not_checked", type(refused).__name__)
    except (AuditError, Unreadable) as refused:
        return Proved("failed", str(refused))
    if material is None:
        return Proved("waiting")
    if not material.proofs:
        return Proved("waiting", material=material)
    if not _is_of(row, material.body):
        return Proved("failed", "the stored row is not the one that was sealed", material)
    found = tuple(_verified(material, raw, opened) for raw in material.proofs)
    return next((one for one in found if one.state == "proved"), found[0])


def _verified(material: Material, raw: bytes, opened: OpenedNotes) -> Proved:
    try:
        proof = parse_proof(raw)
        checkpoint, times = opened.open(proof.checkpoint, material)
        verify_under(checkpoint, proof, material.entry)
        if proof.index != material.index or not opens(material.entry, material.salt, material.body):
            return Proved("failed", "the body is not the one that the entry stands for", material, raw)
        commitment = parse_entry(material.entry).commitment
    except AuditError as refused:
        return Proved("failed", str(refused), material, raw)
    enough = material.policy is None or material.policy.is_met_by(frozenset(times))
    asked = material.policy.witnesses if material.policy is not None else {}
    return Proved(
        "proved" if enough else "few_witnesses",
        "",
        material,
        raw,
        to_base64(commitment),
        checkpoint.origin,
        checkpoint.size,
        to_base64(checkpoint.root),
        tuple(map(to_base64, proof.hashes)),
        tuple(Witnessed(name, times.get(name)) for name in asked),
    )


def _row_at(kept: KeptRows, position: int) -> KeptRow | None:
    rows = kept.rows_after(position - 1, 1)
    return rows[0] if rows and rows[0].position == position else None


def _is_of(row: KeptRow, body: bytes) -> bool:
    held: object = json.loads(body)
    place = {"row": row.position, "stream": row.stream_id.hex, "version": row.version, "code": row.code}
    sealed = {**place, "sha256": sha256(row.state).hexdigest()}
    return isinstance(held, dict) and all(held.get(name) == value for name, value in sealed.items())
