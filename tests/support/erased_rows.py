"""What the checker of faults makes of rows whose key was destroyed: an erasure took each, or it is a finding."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from contracts.events.erasure import ErasureBegun
from contracts.events.sharing import AcknowledgementKept
from hub.adapters.fact_codes import CODES, REPORT
from hub.application.erase_record import ERASURES
from hub.application.kept_rows import KeptRow
from hub.domain.errors import StoreUnavailable, Unreadable
from hub.wiring import Hub


@dataclass(frozen=True)
class Erased:
    """The positions that erasures account for, and of which facts: reports by source and id, and how many answers.

    `told` is what no erasure accounts for, in words.
    """

    positions: frozenset[int]
    reports: Counter[tuple[str, UUID]]
    acknowledgements: int
    told: tuple[str, ...]


def erased_rows(hub: Hub, rows: Iterable[KeptRow]) -> Erased:
    """Each row whose key was destroyed, held against the erasures that are on record and in the journal alike."""
    destroyed = hub.keyring.destroyed()
    gone = tuple(row for row in rows if row.state[1:17] in destroyed)
    begun = _begun(hub)
    erasure_of = {bytes.fromhex(key): one for one in begun for key in one.keys}
    known = tuple(row for row in gone if row.state[1:17] in erasure_of)
    told = [f"row {row.position}: its key is gone, and no erasure took it" for row in gone if row not in known]
    reports = Counter(erasure_of[row.state[1:17]].erasure_id for row in known if row.code == REPORT)
    told += [
        f"erasure {one.erasure_id}: took {len(one.taken)} reports, and {reports[one.erasure_id]} are gone"
        for one in begun
        if reports[one.erasure_id] != len(one.taken)
    ]
    return Erased(
        frozenset(row.position for row in known),
        Counter((each.source, each.report_id) for one in begun for each in one.taken),
        sum(row.code == CODES[AcknowledgementKept] for row in known),
        tuple(told),
    )


def _begun(hub: Hub) -> tuple[ErasureBegun, ...]:
    """The erasures that are on record and, word for word, in the journal."""
    try:
        on_record = tuple(fact for fact in hub.store.read_stream(ERASURES) if isinstance(fact, ErasureBegun))
        written = hub.erasing().journal.lines()
    except (StoreUnavailable, Unreadable):
        return ()
    return tuple(one for one in on_record if one in written)
