"""`hub audit export`: the record of access as FHIR audit events, as a table, as the statutory log, or as bodies."""

import argparse
import os
import sys
from pathlib import Path
from typing import BinaryIO

from hub.adapters.private_file import OWNER_ONLY
from hub.application.export_audit import Days, Exported, ExportingAudit, Form, export_audit
from hub.application.export_bodies import ExportingBodies, export_bodies
from hub.application.look_at_audit import Checking
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.then_follow import then_follow
from hub.settings import Settings
from hub.wiring import Hub


def add(audit: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub audit export`."""
    parser = audit.add_parser("export", help="the record of access as a file; the export is on record, with its digest")
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument(
        "--fhir", dest="form", action="store_const", const="fhir", help="AuditEvent resources (R4B, IHE BALP), NDJSON"
    )
    form.add_argument(
        "--csv", dest="form", action="store_const", const="csv", help="every line; no cell runs as a formula"
    )
    form.add_argument(
        "--s62", dest="form", action="store_const", const="s62", help="the statutory log (DPA 2018 s62) as CSV"
    )
    form.add_argument(
        "--bodies",
        dest="form",
        action="store_const",
        const=None,
        help="what each entry of the log stands for: all of it",
    )
    typed.staff(parser)
    parser.add_argument("--from", dest="since", type=typed.day_so_far, metavar="DATE", help="from that day on")
    parser.add_argument("--to", dest="until", type=typed.day_so_far, metavar="DATE", help="up to that day")
    parser.add_argument("out", type=Path, metavar="OUT", help="a file that is not there yet; only you may read it")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when the file is written, 2 when there is one already, or when days are asked for and cannot be.

    Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable.
    """
    if arguments.form is None and (arguments.since or arguments.until):
        print("hub: bodies are given out for the whole log: leave the days away.", file=sys.stderr)
        return 2
    if arguments.out.exists():
        print("hub: there is a file of that name; nothing was written.", file=sys.stderr)
        return 2
    hub = Hub(settings)
    with then_follow(hub):
        found = write(hub, arguments.staff, arguments.form, Days(arguments.since, arguments.until), arguments.out)
        print(f"{found.rows} rows. SHA-256 {found.sha256}. On record as number {found.on_record.position}.")
    return 0


def write(hub: Hub, staff: str, form: Form | None, days: Days, out: Path) -> Exported:
    """The export as it is on record, once the file stands whole under its name; with no form it is of the bodies.

    Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable; then there is no file.
    """
    actor = act_as(hub.store, staff)
    checking = Checking(hub.store, hub.clock, hub.law)
    half = out.with_name(f".{out.name}.half")
    held = _Held(half)
    try:
        if form is None:
            last = hub.last_checkpoint.last()
            base = last.base if last is not None else 0
            found = export_bodies(ExportingBodies(checking, hub.bodies, base), actor, held.write)
        else:
            found = export_audit(ExportingAudit(checking, hub.store), actor, form, days, held.write)
        held.finish(out)
        return found
    finally:
        held.drop()


class _Held:
    """A file that is made with the first byte written to it, and is its owner's alone from then on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def write(self, piece: bytes) -> None:
        """Write a piece. Raises OSError."""
        if self._file is None:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
            self._file = os.fdopen(handle, "wb")
        self._file.write(piece)

    def finish(self, out: Path) -> None:
        """Give the file its name, durably; with nothing written it is empty. Raises OSError."""
        self.write(b"")
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
        self._path.replace(out)

    def drop(self) -> None:
        """Close it; what is not finished goes."""
        if self._file is not None:
            self._file.close()
        self._path.unlink(missing_ok=True)
