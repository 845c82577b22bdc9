"""What was erased, held against what is on record of it: no key goes, and no pointer, but by an erasure on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from contracts.events.erasure import ErasureBegun
from hub.application.erase_record import ERASURES
from hub.application.kept_rows import KeptRow
from hub.application.ports import Stream
from hub.wiring import Hub


@dataclass(frozen=True, slots=True)
class Erased:
    """What the erasures on record say: the ids of keys that went, marks of pointers that went, streams of whom."""

    keys: frozenset[bytes]
    pointers: frozenset[str]
    access_of: dict[UUID, UUID]  # the stream of who asked to see somebody, to the stream of what was stated of them

    def accounts_for(self, row: KeptRow) -> bool:
        """Whether an erasure on record is why the row does not open."""
        return row.erased and row.state[1:17] in self.keys

    def accounts_for_opening(self, row: KeptRow, stream_id: UUID) -> bool:
        """Whether what was decided in the row, and opened of that stream, was about somebody whose record is erased."""
        return self.accounts_for(row) and self.access_of.get(row.stream_id) == stream_id


def erased(hub: Hub) -> Erased:
    """What was erased. Raises StoreUnavailable, Unreadable."""
    begun = _begun(hub)
    people = {one.person_id for one in begun}
    return Erased(
        frozenset(bytes.fromhex(key) for one in begun for key in one.keys),
        frozenset(mark for one in begun for mark in one.pointers),
        {hub.store.stream_id(Stream.access(person)): hub.store.stream_id(Stream.history(person)) for person in people},
    )


def check_journal(hub: Hub) -> Iterator[str]:
    """Each erasure that a copy put back would not know of. Raises StoreUnavailable, Unreadable."""
    written = {one.erasure_id for one in hub.erasing().journal.lines()}
    for one in _begun(hub):
        if one.erasure_id not in written:
            yield f"erasure {one.erasure_id}: not in the journal, so a copy that is put back would undo it"


def _begun(hub: Hub) -> tuple[ErasureBegun, ...]:
    return tuple(fact for fact in hub.store.read_stream(ERASURES) if isinstance(fact, ErasureBegun))
