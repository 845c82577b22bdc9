"""How far each version of an agency's report is proved, for whoever was shown it, and its proof as a file.

What an entry of the log stands for says at which place of the child's history its row is, and so how much else stands
there, though a reader may see none of it. It is not given out here: an officer who checks opens it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from contracts.events.hub import ReportLinked
from hub.application.hand_out_proof import policy_text, zipped
from hub.application.kept_rows import KeptRow
from hub.application.ports import History, SealedReport, Store, Stream
from hub.application.prove_entry import prove
from hub.application.prove_lines import LineProof, PageProofs, ProvingLines, Wanted, prove_rows
from hub.domain.errors import Unreadable

_READ_ME: Final = """\
That an agency's report is in the log of a safeguarding hub: its entry, and its proof.

  entry              the entry as it stands in the log: a salted commitment, which tells nobody anything
  entry.tlog-proof   the proof that it is in the log, under a signed checkpoint (C2SP tlog-proof)
  policy.txt         the keys it was checked with. Do not trust this copy: ask two of the agencies for theirs

Check it with Python 3.11 or newer, the package cryptography, and the folder audit of the project:

  python -m audit proof entry.tlog-proof --entry entry --policy policy.txt

It shows that this entry was not changed or removed since it was sealed. What it stands for is not here: an officer who
checks the record of access has that by the number of the entry. No word of any report is in these files.
"""


@dataclass(frozen=True, slots=True)
class ReportProofs:
    """Under which number of the log each report stands, by its id, and how far each of these entries is proved."""

    numbers: Mapping[UUID, int]
    proofs: PageProofs


def prove_reports(proving: ProvingLines, store: Store, person_id: UUID, shown: frozenset[UUID]) -> ReportProofs:
    """How far the reports that somebody is shown of a person are proved just now; of no other is anything told.

    Raises StoreUnavailable, Unreadable.
    """
    numbers: dict[UUID, int] = {}
    wanted: dict[int, Wanted] = {}
    for report_id, (number, at, sealed) in _rows_of(store, person_id).items():
        if report_id in shown:
            numbers[report_id] = number
            wanted[number] = Wanted(at, partial(_differs, sealed))
    return ReportProofs(numbers, prove_rows(proving, wanted))


def proof_of_report(proving: ProvingLines, store: Store, person_id: UUID, report_id: UUID) -> bytes | None:
    """The file (zip) for a report that somebody is shown; None while no checkpoint covers it.

    Raises StoreUnavailable, Unreadable.
    """
    number = _rows_of(store, person_id)[report_id][0]
    row = proving.rows.rows_at((number,)).get(number)
    proved = prove(proving.sealed.together((number,)), row) if row is not None else None
    if proved is None or proved.material is None or not proved.proof:
        return None
    return zipped(
        {
            "READ-ME.txt": _READ_ME.encode(),
            "entry": proved.material.entry,
            "entry.tlog-proof": proved.proof,
            "policy.txt": policy_text(proved.material),
        }
    )


def _rows_of(store: Store, person_id: UUID) -> Mapping[UUID, tuple[int, datetime, SealedReport]]:
    """The row of each report in a history: its number in the log, about when it was kept, and the row as it was read.

    Of a report that was moved away and back, the row that stands now. Raises StoreUnavailable, Unreadable.
    """
    history = store.read_history(person_id)
    places = store.positions(Stream.history(person_id))
    if len(places) < history.version:
        raise Unreadable(0, "record_missing")
    return {
        link.report_id: (places[sealed.version - 1], link.linked_at or link.received, sealed)
        for link, sealed in _beside(history)
    }


def _beside(history: History) -> tuple[tuple[ReportLinked, SealedReport], ...]:
    """Each of the hub's statements about a report, with the report, which stands just before it."""
    sealed = {one.version: one for one in history.sealed}
    rest = (version for version in range(1, history.version + 1) if version not in sealed)
    found = zip(rest, history.facts, strict=True)
    links = ((fact, sealed.get(version - 1)) for version, fact in found if isinstance(fact, ReportLinked))
    return tuple((link, before) for link, before in links if before is not None)


def _differs(sealed: SealedReport, row: KeptRow) -> LineProof | None:
    same = (row.version, row.state) == (sealed.version, sealed.state)
    return None if same else LineProof("failed", "the report is not the one at that place of the store")
