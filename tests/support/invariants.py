"""What must hold after any fault, looked at from outside: the checker that every fault test runs at its end."""

import base64
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contracts import envelope, signature
from contracts.errors import ContractError
from contracts.event import Fact
from contracts.events.hub import ReceiptIssued, ReportLinked, ReportQuarantined
from contracts.events.sharing import AcknowledgementKept
from contracts.signature import Signed
from hub.adapters.compartment_keys import CompartmentKeys
from hub.adapters.fact_codes import REPORT
from hub.adapters.row_form import version_in_parts
from hub.adapters.sealing_mapper import Place, Stored
from hub.application.in_parts import WHOLE
from hub.application.kept_rows import KeptRow
from hub.commands.audit_log import check, lines
from hub.commands.audit_store import rows_of
from hub.domain.errors import Unreadable
from hub.views.feeds import FEEDS, missing_of
from hub.views.received import RECEIVED, balances
from hub.wiring import Hub
from tests.support.erased_rows import erased_rows
from tests.support.unlisted import BY_A_TEST, unlisted

GO_SOURCE = Path(__file__).parent / "go_verifier"
_KEPT_OPEN = ExitStack()  # for as long as this process lives
Stated = tuple[str, UUID]  # source and event id
Keys = Mapping[str, Ed25519PublicKey]  # by key id


@dataclass(frozen=True, slots=True)
class Sent:
    """What one agency sent, and what it was answered: its source, the ids of its facts, and the hub's receipts."""

    source: str
    ids: frozenset[UUID]
    answers: tuple[ReceiptIssued, ...]


def broken(hub: Hub, *everything: Sent, numbered: bool = True) -> list[str]:
    """Each promise that does not hold, in words; empty when all do. Everything sent is drained and answered by now.

    Every receipted event, an acknowledgement too, is stored once and its bytes verify; nothing is stored unsigned;
    views equal a rebuild; the log verifies, also by Go's own verifier where Go is; the books balance; what was sent is
    accepted, seen before or set aside, and nothing else; `numbered`: no number is missing. What was erased counts as
    stored: an erasure says which reports it took, and each of its rows lies where it lay, under a key that is gone.
    """
    rows = tuple(rows_of(hub))
    keys = {one.key_id: Ed25519PublicKey.from_public_bytes(_raw(one.public_key)) for one in hub.enrolments().values()}
    erased = erased_rows(hub, rows)
    told = list(erased.told)
    kept, unproved = _reports(hub, (row for row in rows if row.position not in erased.positions), keys)
    kept.update(erased.reports)
    told += unproved
    told += _hubs_own(hub, rows)
    told += _acknowledged(hub, rows, keys, kept)
    kept.update(_erased_answers(hub, rows, kept, erased.acknowledgements))
    for sent in everything:
        told += _accounted(sent, kept)
    told += [f"{source} {event}: stored {times} times" for (source, event), times in kept.items() if times != 1]
    told += _strangers(hub, rows, kept)
    verified = check(hub)
    told += [] if verified.ok else [f"audit: {line}" for line in lines(verified)]
    told += _by_go(hub)
    told += _books(hub, kept)
    if numbered:
        told += [f"{row['source']}: {missing_of(row)} missing" for row in hub.view_rows.read(FEEDS) if missing_of(row)]
    return told


def _reports(hub: Hub, rows: Iterable[KeptRow], keys: Keys) -> tuple[Counter[Stated], list[str]]:
    """How often each report is stored, each proved by the key of its own source; and what does not prove."""
    mapper, told = unlisted(hub.keyring), []
    found: Counter[Stated] = Counter()
    links = _links(hub)
    for row in rows:
        if row.code != REPORT:
            continue
        try:
            stored = Stored(Place(row.stream_id, row.version, row.code), row.state, row.position)
            (packed,) = mapper.open_content(BY_A_TEST, (stored,))
            if version_in_parts(envelope.unpack(packed)) is not None:
                packed = envelope.pack(_whole(hub, stored, links[row.stream_id, row.version]))
            stated = signature.verify(envelope.unpack(packed), keys)
        except (ContractError, Unreadable) as refused:
            told.append(f"row {row.position}: {refused.code}")
        else:
            found[stated.source, stated.id] += 1
    return found, told


def _acknowledged(hub: Hub, rows: Iterable[KeptRow], keys: Keys, kept: Counter[Stated]) -> list[str]:
    """What of recipients' own words does not prove; each that does is counted among what is kept."""
    told = []
    for row in rows:
        fact = hub.store.open_row(row)
        if isinstance(fact, AcknowledgementKept):
            try:
                stated = signature.verify(Signed(fact.jws, _raw(fact.body)), keys)
            except ContractError as refused:
                told.append(f"row {row.position}: {refused.code}")
            else:
                kept[stated.source, stated.id] += 1
    return told


def _links(hub: Hub) -> dict[tuple[UUID, int], ReportLinked]:
    """The hub's statement about a report, by where the report stands: in the row before."""
    facts = ((row, hub.store.open_row(row)) for row in rows_of(hub))
    return {(row.stream_id, row.version - 1): fact for row, fact in facts if isinstance(fact, ReportLinked)}


def _whole(hub: Hub, stored: Stored, link: ReportLinked) -> Signed:
    """A report that is kept in parts, as it was signed: as the process that opens compartments would open it."""
    sealed = unlisted(hub.keyring).open_part(BY_A_TEST, stored, WHOLE)
    keys = CompartmentKeys(hub.settings.home / "compartments")
    jws, body = keys.open(link.held_apart, WHOLE, link.report_id, sealed).split(b"\n", maxsplit=1)
    return Signed(jws.decode(), body)


def _hubs_own(hub: Hub, rows: Iterable[KeptRow]) -> list[str]:
    told = []
    for row in rows:
        try:
            hub.store.open_row(row)
        except Unreadable as refused:
            told.append(f"row {row.position}: {refused.code}")
    return told


def _accounted(sent: Sent, kept: Counter[Stated]) -> list[str]:
    told = []
    outcomes: dict[str, str] = {receipt.event_id: receipt.outcome for receipt in sent.answers}
    for event in sent.ids:
        outcome = outcomes.get(str(event))
        stored = kept[sent.source, event]
        if outcome is None:
            told.append(f"{sent.source} {event}: never answered (stored {stored} times)")
        elif outcome == "quarantined" and stored:
            told.append(f"{sent.source} {event}: set aside, and stored")
        elif outcome in ("accepted", "duplicate") and stored != 1:
            told.append(f"{sent.source} {event}: answered {outcome}, and stored {stored} times")
    return told


def _strangers(hub: Hub, rows: Iterable[KeptRow], kept: Counter[Stated]) -> list[str]:
    """Each stored report has one kept receipt, each such receipt its report; what is set aside has its reason."""
    facts: list[Fact] = [fact for fact in map(hub.store.open_row, rows) if fact is not None]
    accepted = _receipted(facts)
    told = [f"{source} {event}: stored without a receipt" for source, event in kept.keys() - accepted]
    told += [f"{source} {event}: a receipt, and nothing stored" for source, event in accepted - kept.keys()]
    aside = (fact for fact in facts if isinstance(fact, ReportQuarantined))
    return told + [f"{fact.topic}: set aside without a reason" for fact in aside if not fact.code]


def _receipted(facts: Iterable[Fact | None]) -> frozenset[Stated]:
    return frozenset((one.source, UUID(one.event_id)) for one in facts if isinstance(one, ReceiptIssued))


def _erased_answers(hub: Hub, rows: Iterable[KeptRow], kept: Counter[Stated], erased: int) -> frozenset[Stated]:
    """Recipients' own words of which only the receipts are left, where as many rows of such words were erased."""
    left = _receipted(map(hub.store.open_row, rows)) - kept.keys()
    return left if len(left) == erased else frozenset()


def _books(hub: Hub, kept: Counter[Stated]) -> list[str]:
    """What was received has become as many things, and as much was accepted as is stored."""
    told = []
    stored = Counter(source for source, _ in kept.elements())
    for book in balances(hub.view_rows.read(RECEIVED)):
        if not book.holds:
            told.append(
                f"{book.source}: {book.received} received, {book.accepted} accepted, {book.duplicates} seen before, "
                f"{book.quarantined} set aside"
            )
        if book.source and book.accepted != stored[book.source]:
            told.append(f"{book.source}: {book.accepted} accepted, {stored[book.source]} stored")
    return told


def _by_go(hub: Hub) -> list[str]:
    """What the Go team's own verifier finds in each year's log; nothing where Go is not."""
    program = _go_verifier()
    if program is None:
        return []
    told = []
    logs = [(one.folder, one.vkey) for one in hub.shelf.past()]
    for folder, vkey in (*logs, (hub.log_folder, hub.log_key)):
        words = [str(program), "-vkey", vkey, "-folder", str(folder)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            told.append(f"go: {folder.name}: {done.stdout.strip()}")
    return told


@cache
def _go_verifier() -> Path | None:
    """The program, built once for this process."""
    go = shutil.which("go")
    if go is None:
        return None
    folder = Path(_KEPT_OPEN.enter_context(tempfile.TemporaryDirectory(prefix="hub-go-")))
    subprocess.run([go, "build", "-buildvcs=false", "-o", str(folder / "verifier"), "."], cwd=GO_SOURCE, check=True)
    return folder / "verifier"


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
