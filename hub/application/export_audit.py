"""The record of access as a file: it is counted and hashed, that goes on record, and only then is a byte written."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID

from contracts.events.hub import Actor
from hub.application.kept_rows import KeptRows
from hub.application.look_at_audit import Checking, OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import AccessLine, line_of
from hub.domain.audit_fhir import events
from hub.domain.audit_look import MOST_SUBJECTS, AuditLook
from hub.domain.audit_rows import COLUMNS, STATUTORY, statutory, taken_out, whole
from hub.domain.csv_rows import csv_row
from hub.domain.errors import Conflict
from hub.domain.moment import day_in_london

BATCH: Final = 500
Form = Literal["fhir", "csv", "s62"]


@dataclass(frozen=True, slots=True)
class ExportingAudit:
    """What exporting needs."""

    checking: Checking
    kept: KeptRows


@dataclass(frozen=True, slots=True)
class Days:
    """From which day to which in England, both included; None: from the first, to the last."""

    since: date | None = None
    until: date | None = None

    def fit(self, line: AccessLine) -> bool:
        """Whether a line is of these days."""
        day = day_in_london(line.at)
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def codes(self) -> tuple[str, ...]:
        """The same as codes, for the record."""
        named = (("from", self.since), ("to", self.until))
        return tuple(f"{name} {day.isoformat()}" for name, day in named if day is not None)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows (or resources) were taken out, SHA-256 of them in hex, and the export as it is on record.

    The digest is of all but the last line of the file: that says who took it out, when, and as which number.
    """

    rows: int
    sha256: str
    on_record: OnRecord


def export_audit(
    exporting: ExportingAudit, actor: Actor, form: Form, days: Days, write: Callable[[bytes], object]
) -> Exported:
    """The file, in pieces to `write`, each once the export is on record.

    What is kept while it runs, this export included, is not in it. However long the record is, one batch of it is held.
    Raises AccessRefused (on record), Conflict (the record read differently the second time), StoreUnavailable,
    Unreadable.
    """
    what = f"export_{form}"
    refuse_others(exporting.checking, actor, AuditLook(what, "export", sought=days.codes()))
    end = _end(exporting.kept)
    rows, digest, people = _measured(exporting.kept, form, days, end)
    look = AuditLook(what, "export", rows, people, days.codes(), digest)
    on_record = keep_audit_look(exporting.checking, actor, look)
    written = sha256()
    for piece, _ in pieces(exporting.kept, form, days, end):
        written.update(piece)
        write(piece)
    if written.hexdigest() != digest:
        raise Conflict("the record changed under the export")
    write(_mark(form, on_record))
    return Exported(rows, digest, on_record)


def _mark(form: Form, on_record: OnRecord) -> bytes:
    """The last line: by whom, when and as which number it was taken out; not known before that is on record."""
    decision = on_record.decision
    if form == "fhir":
        line = line_of(decision.model_copy(update={"subjects": ()}), on_record.position)
        return b"".join(_of(form, line)) if line is not None else b""
    who, width = f"{decision.actor.issuer} {decision.actor.subject}", len(COLUMNS if form == "csv" else STATUTORY)
    return csv_row(taken_out(who, decision.at, on_record.position, width))


def pieces(kept: KeptRows, form: Form, days: Days, end: int) -> Iterator[tuple[bytes, AccessLine | None]]:
    """The file up to a position, with the line that each piece is of; a heading is of none."""
    if form != "fhir":
        yield csv_row(COLUMNS if form == "csv" else STATUTORY), None
    for line in _lines(kept, end):
        if days.fit(line):
            yield from ((piece, line) for piece in _of(form, line))


def _of(form: Form, line: AccessLine) -> Iterator[bytes]:
    if form == "fhir":
        yield from (json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in events(line))
        return
    cells = whole(line) if form == "csv" else statutory(line)
    if cells is not None:
        yield csv_row(cells)


def _lines(kept: KeptRows, end: int) -> Iterator[AccessLine]:
    position = 0
    while batch := [row for row in kept.rows_after(position, BATCH) if row.position <= end]:
        for row in batch:
            fact = kept.open_row(row)
            line = line_of(fact, row.position) if fact is not None else None
            if line is not None:
                yield line
        position = batch[-1].position


def _measured(kept: KeptRows, form: Form, days: Days, end: int) -> tuple[int, str, tuple[UUID, ...]]:
    """How many rows there are, SHA-256 of the file, and the first people who are in it."""
    rows, digest, people = 0, sha256(), dict[UUID, None]()
    for piece, line in pieces(kept, form, days, end):
        digest.update(piece)
        rows += line is not None
        if line is not None and len(people) < MOST_SUBJECTS:
            people.update(dict.fromkeys(line.people))
    return rows, digest.hexdigest(), tuple(people)


def _end(kept: KeptRows) -> int:
    position = 0
    while batch := kept.rows_after(position, 10_000):
        position = batch[-1].position
    return position
