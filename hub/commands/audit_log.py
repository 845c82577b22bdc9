"""`hub audit verify`: the sealed log by the stand-alone verifier, and the store against what the log sealed."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from audit import commitment
from audit.log import SealedLog
from audit.verify import Report, verify_folder
from contracts.strict_json import Json
from hub.application.ports import KeptRow
from hub.application.seal_log import Body
from hub.settings import Settings
from hub.wiring import Hub

BATCH = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verifier found in the log, and where the store does not fit it (positions in the store)."""

    log: Report
    rows: int
    store_findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything checked out."""
        return self.log.ok and not self.store_findings


def verify(settings: Settings, *, as_json: bool) -> int:
    """0 when the log and the store check out, 1 when not, with the findings printed."""
    hub = Hub(settings)
    found = check(hub)
    if as_json:
        print(json.dumps(_as_object(found), ensure_ascii=False))
    else:
        for line in lines(found):
            print(line)
    return 0 if found.ok else 1


def check(hub: Hub) -> Verified:
    """The log verified, and every row of the store held against the body that its leaf commits to."""
    hub.follow()
    report = verify_folder(hub.log_folder, vkey=hub.log_key)
    with hub.log() as log:
        rows, findings = _check_store(hub, log)
    return Verified(report, rows, findings)


def lines(found: Verified) -> list[str]:
    """The result for people."""
    told = [f"log: {found.log.size} entries; " + ("nothing changed or removed" if found.log.ok else "NOT VERIFIED")]
    told += [f"  {finding.where}: {finding.what}" for finding in found.log.findings]
    told += [f"  not checked: {one}" for one in found.log.not_checked]
    told.append(
        f"store: {found.rows} rows; " + ("each fits its entry" if not found.store_findings else "NOT AS SEALED")
    )
    return told + [f"  {finding}" for finding in found.store_findings]


def _as_object(found: Verified) -> dict[str, Json]:
    findings: list[Json] = [{"where": one.where, "what": one.what} for one in found.log.findings]
    return {
        "ok": found.ok,
        "entries": found.log.size,
        "rows": found.rows,
        "log_findings": findings,
        "store_findings": list(found.store_findings),
        "not_checked": list(found.log.not_checked),
    }


def _check_store(hub: Hub, log: SealedLog) -> tuple[int, tuple[str, ...]]:
    """How many rows stand in the store, and each way in which it is not what the log sealed."""
    findings: list[str] = []
    stored = {row.position: row for row in _rows(hub)}
    rows = len(stored)
    for body in _bodies(hub):
        row = stored.pop(body.position, None)
        if row is None:
            findings.append(f"row {body.position}: sealed as entry {body.index}, and gone from the store")
        elif not _fits(body.body, row):
            findings.append(f"row {body.position}: not what was sealed as entry {body.index}")
        if not commitment.opens(log.entry(body.index), body.salt, body.body):
            findings.append(f"entry {body.index}: its body is not what it commits to")
    findings += [f"row {position}: in the store, and in no entry" for position in stored]
    return rows, tuple(findings)


def _rows(hub: Hub) -> Iterator[KeptRow]:
    position = -(2**62)  # an honest store begins at 1; a row slipped in before that is a finding
    while batch := hub.store.rows_after(position, BATCH):
        yield from batch
        position = batch[-1].position


def _bodies(hub: Hub) -> Iterator[Body]:
    index = 0
    while batch := hub.bodies.from_index(index, BATCH):
        yield from batch
        index += len(batch)


def _fits(body: bytes, row: KeptRow) -> bool:
    said: dict[str, Json] = json.loads(body)
    place = (said["stream"], said["version"], said["code"]) == (row.stream_id.hex, row.version, row.code)
    return place and hmac.compare_digest(str(said["sha256"]), sha256(row.state).hexdigest())
