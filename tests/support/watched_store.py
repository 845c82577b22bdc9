"""The store port, watched or failing: what was called in which order, and a keep that cannot keep."""

from collections.abc import Callable
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import AccessDecided
from contracts.signature import Signed
from hub.application.in_parts import InParts
from hub.application.permit import Permit, Whole
from hub.application.ports import Entry, History, Kept, OpenedReport, Seen, Store, Stream, StreamKind, Term
from hub.domain.errors import StoreUnavailable


class WatchedStore:
    """A store that notes the calls that read, keep and open."""

    def __init__(self, store: Store, before_first_keep: Callable[[], None] | None = None) -> None:
        self._store = store
        self._before = before_first_keep
        self.calls: list[str] = []

    def read_history(self, person_id: UUID) -> History:
        """See ports.Store."""
        self.calls.append("read_history")
        return self._store.read_history(person_id)

    def history_version(self, person_id: UUID) -> int:
        """See ports.Store."""
        return self._store.history_version(person_id)

    def read_access(self, person_id: UUID) -> tuple[AccessDecided, ...]:
        """See ports.Store."""
        self.calls.append("read_access")
        return self._store.read_access(person_id)

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """See ports.Store."""
        if stream.kind is StreamKind.ACCESS:
            self.calls.append("read_stream")
        return self._store.read_stream(stream)

    def newest(self, stream: Stream) -> tuple[int, Fact | None]:
        """See ports.Store."""
        return self._store.newest(stream)

    def positions(self, stream: Stream) -> tuple[int, ...]:
        """See ports.Store."""
        return self._store.positions(stream)

    def versions(self, streams: tuple[Stream, ...]) -> tuple[int, ...]:
        """See ports.Store."""
        return self._store.versions(streams)

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        if self._before is not None:
            before, self._before = self._before, None
            before()
        self.calls.append("keep")
        return self._store.keep(entries, terms, seen)

    def open_reports(
        self, history: History, permit: Permit | None, act: Whole, wanted: frozenset[UUID] | None = None
    ) -> tuple[OpenedReport, ...]:
        """See ports.Store."""
        self.calls.append("open_reports")
        return self._store.open_reports(history, permit, act, wanted)

    def open_signed(self, history: History, permit: Permit | None, report_id: UUID) -> Signed | InParts:
        """See ports.Store."""
        self.calls.append("open_signed")
        return self._store.open_signed(history, permit, report_id)

    def holds(self, person_id: UUID, report_id: UUID) -> bool:
        """See ports.Store."""
        return self._store.holds(person_id, report_id)


class FailingStore(WatchedStore):
    """A store that reads and cannot keep, as with a full disk."""

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """Raises StoreUnavailable."""
        self.calls.append("keep")
        raise StoreUnavailable("disk")
