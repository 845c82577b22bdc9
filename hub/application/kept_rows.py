"""The store as its followers see it: rows in one order, each opened only where it is the hub's own."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from contracts.event import Fact


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of the store as a follower sees it: its position in the one order, its stream, version, code and bytes.

    `erased`: it is of a record that was erased, and nothing opens it any more.
    """

    position: int
    stream_id: UUID
    version: int
    code: str
    state: bytes = field(repr=False)
    erased: bool = False


class KeptRows(Protocol):
    """The store, as its followers see it."""

    def rows_after(self, position: int, limit: int) -> tuple[KeptRow, ...]:
        """The rows kept after a position, in order. Raises StoreUnavailable."""

    def open_row(self, row: KeptRow) -> Fact | None:
        """The hub's fact in a row; None for an agency's report, which only a permit opens, and for what was erased.

        Raises Unreadable.
        """
