"""`hub audit verify`: the log by the stand-alone verifier; store, index and views against what the log sealed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.errors import AuditError
from audit.replay import Finding
from audit.verify import Report, verify_folder
from contracts.strict_json import Json
from hub.commands.audit_derived import check_index, check_views
from hub.commands.audit_store import check_store
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

    @property
    def ok(self) -> bool:
        """Whether everything checked out."""
        found = (*self.store_findings, *self.index_findings, *self.view_findings, *self.halted)
        return self.log.ok and not found


def verify(settings: Settings, *, as_json: bool) -> int:
    """0 when the log and the store check out, 1 when not, with the findings printed."""
    found = check(Hub(settings))
    print(json.dumps(_as_object(found), ensure_ascii=False) if as_json else "\n".join(lines(found)))
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
    return Verified(report, sum(rows), store, index, _looked("views", lambda: check_views(hub)), halted)


def lines(found: Verified) -> list[str]:
    """The result for people."""
    told = [f"log: {found.log.size} entries; " + ("nothing changed or removed" if found.log.ok else "NOT VERIFIED")]
    told += [f"  {finding.where}: {finding.what}" for finding in found.log.findings]
    told += [f"  not checked: {one}" for one in found.log.not_checked]
    told += [f"  HALTED: {one}" for one in found.halted]
    told += _part(f"store: {found.rows} rows", "each fits its entry", found.store_findings)
    told += _part("index", "each pointer is stated by a fact, and none is gone", found.index_findings)
    return told + _part("views", "built again from the store, they are the same", found.view_findings)


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
        with TemporaryDirectory() as folder:
            since = Path(folder) / "last-checkpoint"
            since.write_bytes(last.note if last is not None else b"")
            return verify_folder(hub.log_folder, vkey=hub.log_key, since=since if last and last.note else None)
    except (AuditError, StoreUnavailable) as refused:
        return Report(False, 0, None, (), (Finding("log", str(refused)),), ())
