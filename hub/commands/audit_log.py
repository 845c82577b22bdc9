"""`hub audit verify`: the log by the stand-alone verifier; store, index, views and openings against what it sealed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.errors import AuditError
from audit.replay import Finding
from audit.verify import Report, verify_folder
from contracts.strict_json import Json
from hub.commands.audit_derived import check_index, check_views
from hub.commands.audit_openings import check_openings
from hub.commands.audit_store import check_store
from hub.commands.one_line import in_json
from hub.domain.errors import StoreUnavailable, Unreadable
from hub.settings import Settings
from hub.wiring import Hub


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verifier found in the log, and where store, index and views do not fit it (positions in the store).

    `halted` says why the log could not be brought up to the store, or does not continue what was last signed.
    """

    log: Report
    rows: int
    store_findings: tuple[str, ...]
    index_findings: tuple[str, ...] = ()
    view_findings: tuple[str, ...] = ()
    halted: tuple[str, ...] = ()
    opening_findings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything checked out."""
        found = (*self.store_findings, *self.index_findings, *self.view_findings, *self.halted, *self.opening_findings)
        return self.log.ok and not found


def verify(settings: Settings, *, as_json: bool) -> int:
    """0 when the log and the store check out, 1 when not, with the findings printed."""
    found = check(Hub(settings))
    print(in_json(_as_object(found)) if as_json else "\n".join(lines(found)))
    return 0 if found.ok else 1


def check(hub: Hub) -> Verified:
    """The log verified, and every row of the store, of the index and of the views held against it.

    What cannot be read is a finding: nothing that is wrong in the files keeps the rest from being looked at.
    """
    halted = _looked("log", lambda: _follow(hub))
    report = _log_report(hub)
    rows: list[int] = []
    store = _looked("log", lambda: check_store(hub, rows.append))
    index = _looked("index", lambda: check_index(hub))
    views = _looked("views", lambda: check_views(hub))
    return Verified(report, sum(rows), store, index, views, halted, _looked("openings", lambda: check_openings(hub)))


def lines(found: Verified) -> list[str]:
    """The result for people."""
    told = [f"log: {found.log.size} entries; " + ("nothing changed or removed" if found.log.ok else "NOT VERIFIED")]
    told += [f"  {finding.where}: {finding.what}" for finding in found.log.findings]
    told += [f"  not checked: {one}" for one in found.log.not_checked]
    told += [f"  HALTED: {one}" for one in found.halted]
    told += _part(f"store: {found.rows} rows", "each fits its entry", found.store_findings)
    told += _part("index", "each pointer is stated by a fact, and none is gone", found.index_findings)
    told += _part("views", "built again from the store, they are the same", found.view_findings)
    return told + _part(
        "openings",
        "each line has the kept decision that allowed it, and none is gone that was there when the log was last sealed",
        found.opening_findings,
    )


def _part(of: str, well: str, findings: tuple[str, ...]) -> list[str]:
    return [f"{of}; {well if not findings else 'NOT AS SEALED'}", *(f"  {finding}" for finding in findings)]


def _as_object(found: Verified) -> dict[str, Json]:
    findings: list[Json] = [{"where": one.where, "what": one.what} for one in found.log.findings]
    return {
        "ok": found.ok,
        "entries": found.log.size,
        "rows": found.rows,
        "log_findings": findings,
        "store_findings": list(found.store_findings),
        "index_findings": list(found.index_findings),
        "view_findings": list(found.view_findings),
        "opening_findings": list(found.opening_findings),
        "halted": list(found.halted),
        "not_checked": list(found.log.not_checked),
    }


def _follow(hub: Hub) -> tuple[str, ...]:
    hub.follow()
    return ()


def _looked(where: str, look: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """What looking finds; where it cannot be done, why."""
    try:
        return look()
    except (StoreUnavailable, Unreadable) as refused:
        return (f"{where}: {refused}",)


def _log_report(hub: Hub) -> Report:
    """The log under its key, and against the checkpoint that was last signed."""
    try:
        last = hub.last_checkpoint.last()
        shelf = hub.shelf.past()
        before = (b"", *(one.note for one in shelf))
        past = tuple(_verified(one.folder, one.vkey, one.note, before[at]) for at, one in enumerate(shelf))
        current = _verified(hub.log_folder, hub.log_key, last.note if last is not None else b"", before[-1])
    except (AuditError, StoreUnavailable) as refused:
        return Report(False, 0, None, (), (Finding("log", str(refused)),), ())
    findings = tuple(finding for report in (*past, current) for finding in report.findings)
    return replace(current, ok=not findings, size=sum(one.size for one in (*past, current)), findings=findings)


def _verified(folder: Path, vkey: str, note: bytes, before: bytes) -> Report:
    """A log folder under its key, against the checkpoint last signed and that of the log before it, where they are."""
    with TemporaryDirectory() as scratch:
        since, after = Path(scratch) / "last-checkpoint", Path(scratch) / "before"
        since.write_bytes(note)
        after.write_bytes(before)
        given = after if before and note else None
        return verify_folder(folder, vkey=vkey, since=since if note else None, after=given)
