"""What the entries of the log stand for, with their salts, as a file for an auditor: on record before a byte of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from audit.encoding import to_base64
from contracts.events.hub import Actor
from hub.application.export_audit import Exported
from hub.application.look_at_audit import Checking, keep_audit_look, refuse_others
from hub.application.seal_log import Body
from hub.domain.audit_look import AuditLook
from hub.domain.errors import Conflict

WHAT: Final = "export_bodies"
BATCH: Final = 500


class KeptBodies(Protocol):
    """Where bodies and their salts are kept."""

    def last(self) -> tuple[int, int, int]:
        """How many there are, and the position and time of the newest row."""

    def from_index(self, index: int, limit: int) -> tuple[Body, ...]:
        """The bodies from that number on, in order. Raises Unreadable, StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class ExportingBodies:
    """What exporting needs. `base` is the number of the body that is entry 0 of the log that is written to."""

    checking: Checking
    bodies: KeptBodies
    base: int


def export_bodies(exporting: ExportingBodies, actor: Actor, write: Callable[[bytes], object]) -> Exported:
    """The file (JSON lines with i, salt and body), in pieces to `write`, each once the export is on record.

    Raises AccessRefused (on record), Conflict (the bodies read differently the second time), StoreUnavailable,
    Unreadable.
    """
    refuse_others(exporting.checking, actor, AuditLook(WHAT, "export"))
    end = exporting.bodies.last()[0]
    rows, digest = 0, sha256()
    for line in _lines(exporting, end):
        digest.update(line)
        rows += 1
    look = AuditLook(WHAT, "export", rows, sha256=digest.hexdigest())
    on_record = keep_audit_look(exporting.checking, actor, look)
    written = sha256()
    for line in _lines(exporting, end):
        written.update(line)
        write(line)
    if written.digest() != digest.digest():
        raise Conflict("the bodies changed under the export")
    return Exported(rows, digest.hexdigest(), on_record)


def _lines(exporting: ExportingBodies, end: int) -> Iterator[bytes]:
    """Each body under the number that its entry has in its own log; one that is gone is left out."""
    number = exporting.base
    while batch := [one for one in exporting.bodies.from_index(number, BATCH) if one.index < end]:
        for one in batch:
            held = {"i": one.index - exporting.base, "salt": to_base64(one.salt), "body": to_base64(one.body)}
            yield json.dumps(held).encode() + b"\n"
        number = batch[-1].index + 1
