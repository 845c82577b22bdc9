"""How far each line of a page of the record of access is proved: from its stored row to the newest signed checkpoint.

A line is proved only when what the page says is what its row says, and the row is as it was sealed: a view alone proves
nothing. Rows, bodies, checkpoint and the files of the log are each read once for the whole page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from hub.application.kept_rows import KeptRow, KeptRows
from hub.application.ports import Clock
from hub.application.prove_entry import OpenedNotes, Proved, SealedEntries, State, Witnessed, prove
from hub.domain.access_line import AccessLine, line_of
from hub.domain.errors import StoreUnavailable, Unreadable

SEALED_WITHIN: Final = timedelta(seconds=60)  # after that the hub itself says that its log is behind
_FROM_PROVED: Final[tuple[State, ...]] = ("proved", "few_witnesses", "waiting", "not_checked", "failed")


class RowsAt(Protocol):
    """The store's rows by their positions."""

    def rows_at(self, positions: tuple[int, ...]) -> Mapping[int, KeptRow]:
        """The rows that are kept at these positions, by position. Raises StoreUnavailable, Unreadable."""


class SealedPages(Protocol):
    """What the log holds of many entries at once."""

    def together(self, positions: tuple[int, ...]) -> SealedEntries:
        """The same of these positions, each thing read once for all of them, when the first is asked for."""


@dataclass(frozen=True, slots=True)
class ProvingLines:
    """What proving the lines of a page needs."""

    rows: RowsAt
    kept: KeptRows
    sealed: SealedPages
    clock: Clock


@dataclass(frozen=True, slots=True)
class LineProof:
    """How far one line is proved. `why`: as in Proved. `confirmed`: by how many of the witnesses `asked`.

    `due`: by when what waits is to be sealed; `late`: that it is past.
    """

    state: State
    why: str = ""
    confirmed: int = 0
    asked: int = 0
    due: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class PageProofs:
    """How far each line of a page is proved, by its position, and when that was looked at.

    `size` is that of the newest checkpoint under which any of them is proved (0: none), `witnesses` who confirmed it.
    """

    lines: Mapping[int, LineProof]
    at: datetime
    size: int = 0
    witnesses: tuple[Witnessed, ...] = ()

    def in_state(self, *states: State) -> tuple[int, ...]:
        """The positions of the lines in these states, the newest first."""
        return tuple(sorted((at for at, one in self.lines.items() if one.state in states), reverse=True))

    def worst(self, positions: Iterable[int]) -> State:
        """The state furthest from proved among some of the lines."""
        return max((self.lines[at].state for at in positions), key=_FROM_PROVED.index)

    @property
    def late(self) -> tuple[int, ...]:
        """The positions of those that should have been sealed by now, the newest first."""
        return tuple(sorted((at for at, one in self.lines.items() if one.late), reverse=True))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page shows of a row: about when it was kept, and what is wrong where the row says something else."""

    at: datetime
    differs: Callable[[KeptRow], LineProof | None]


def prove_lines(proving: ProvingLines, lines: Iterable[AccessLine]) -> PageProofs:
    """How far each of the lines is proved just now. Nothing that cannot be read keeps a page from being shown."""
    found = {line.position: Wanted(line.at, partial(_not_said, proving.kept, line)) for line in lines}
    return prove_rows(proving, found)


def prove_rows(proving: ProvingLines, wanted: Mapping[int, Wanted]) -> PageProofs:
    """How far what is shown of each row, by its position, is proved just now."""
    positions, now = tuple(sorted(wanted)), proving.clock.now()
    try:
        rows = proving.rows.rows_at(positions)
    except (StoreUnavailable, Unreadable) as refused:
        unread = LineProof("not_checked", type(refused).__name__)
        return PageProofs(dict.fromkeys(positions, unread), now)
    sealed, notes = proving.sealed.together(positions), OpenedNotes()
    found = {at: prove(sealed, rows[at], notes) for at in positions if at in rows}
    newest = max(found.values(), key=lambda one: (one.state == "proved", one.size), default=Proved("waiting"))
    judged = {at: _judged(wanted[at], rows.get(at), found.get(at), now) for at in positions}
    return PageProofs(judged, now, newest.size, newest.witnesses)


def _judged(wanted: Wanted, row: KeptRow | None, proved: Proved | None, now: datetime) -> LineProof:
    if row is None or proved is None:
        return LineProof("failed", "the row that it is from is not in the store")
    if proved.state in ("failed", "not_checked"):
        return LineProof(proved.state, proved.why)
    other = wanted.differs(row)
    if other is not None:
        return other
    if proved.state == "waiting":
        due = _whole_minute(wanted.at + SEALED_WITHIN)
        return LineProof("waiting", due=due, late=now > due)
    confirmed = sum(one.at is not None for one in proved.witnesses)
    return LineProof(proved.state, confirmed=confirmed, asked=len(proved.witnesses))


def _not_said(kept: KeptRows, line: AccessLine, row: KeptRow) -> LineProof | None:
    """What is wrong where the row does not say what the line says; None where it does."""
    try:
        fact = kept.open_row(row)
    except StoreUnavailable as refused:
        return LineProof("not_checked", type(refused).__name__)
    except Unreadable:
        return LineProof("failed", "the row that the line is from does not open")
    if fact is None:
        return LineProof("not_checked", "erased")
    return None if line_of(fact, row.position) == line else LineProof("failed", "the line is not what its row says")


def _whole_minute(at: datetime) -> datetime:
    start = at.replace(second=0, microsecond=0)
    return start if start == at else start + timedelta(minutes=1)
