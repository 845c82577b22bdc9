"""A store that gathers what several statements come to, so that it is kept at once: what is gathered is read back here.

Each statement is decided as if all before it were kept already. What cannot be answered so raises Conflict: then the
statements are taken in apart.
"""

from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import AccessDecided
from contracts.signature import Signed
from hub.application.in_parts import InParts
from hub.application.permit import Permit, Whole
from hub.application.ports import (
    Added,
    Entry,
    History,
    Kept,
    OpenedReport,
    Seen,
    Store,
    Stream,
    StreamKind,
    Term,
)
from hub.domain.errors import AlreadyKept, Conflict, NotPermitted


class Gathered:
    """See ports.Store. Nothing is durable before `keep_all`."""

    def __init__(self, store: Store) -> None:
        """Gather for this store."""
        self.added = Added()
        self._store = store
        self._entries: list[Entry] = []
        self._terms: list[Term] = []
        self._seen: dict[Stream, int] = {}
        self._before: dict[Stream, int] = {}
        self._of: dict[Stream, list[Entry]] = {}

    def look_ahead(self, streams: tuple[Stream, ...]) -> None:
        """Read the versions of these streams, in one reading. Raises StoreUnavailable."""
        self._before.update(zip(streams, self._store.versions(streams), strict=True))

    def keep_all(self) -> None:
        """Keep everything gathered, or nothing. Raises Conflict, AlreadyKept, StoreUnavailable."""
        if self._entries:
            self._store.keep(tuple(self._entries), tuple(self._terms), tuple(self._seen.items()))

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store; there are no positions and no permit until all is kept."""
        for entry in {entry.stream: entry for entry in reversed(entries)}.values():
            self._check(entry)
        for stream, version in seen:
            self._see(stream, version)
        for term in terms:
            self._add(term)
        for entry in entries:
            if entry.stream.kind is StreamKind.HISTORY and self._version(entry.stream) == 0:
                self.added.people.add(UUID(entry.stream.key))
            self._of.setdefault(entry.stream, []).append(entry)
            self._entries.append(entry)
        return Kept(())

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """See ports.Store."""
        kept = self._store.read_stream(stream) if self._before.get(stream, 1) else ()
        self._before.setdefault(stream, len(kept))
        gathered = (entry.what for entry in self._of.get(stream, ()))
        return (*kept, *(what for what in gathered if not isinstance(what, Signed | InParts)))

    def newest(self, stream: Stream) -> tuple[int, Fact | None]:
        """See ports.Store."""
        facts = [entry.what for entry in self._of.get(stream, ()) if not isinstance(entry.what, Signed | InParts)]
        if facts:
            return self._version(stream), facts[-1]
        version, fact = self._store.newest(stream)
        self._before.setdefault(stream, version)
        return version, fact

    def history_version(self, person_id: UUID) -> int:
        """See ports.Store."""
        return self._version(Stream.history(person_id))

    def versions(self, streams: tuple[Stream, ...]) -> tuple[int, ...]:
        """See ports.Store."""
        return tuple(self._version(stream) for stream in streams)

    def holds(self, person_id: UUID, report_id: UUID) -> bool:
        """See ports.Store."""
        here = self._of.get(Stream.history(person_id), ())
        return any(entry.event_id == report_id for entry in here) or self._store.holds(person_id, report_id)

    def positions(self, stream: Stream) -> tuple[int, ...]:
        """See ports.Store."""
        self._check_settled(stream)
        return self._store.positions(stream)

    def read_history(self, person_id: UUID) -> History:
        """See ports.Store."""
        self._check_settled(Stream.history(person_id))
        return self._store.read_history(person_id)

    def read_access(self, person_id: UUID) -> tuple[AccessDecided, ...]:
        """See ports.Store."""
        self._check_settled(Stream.access(person_id))
        return self._store.read_access(person_id)

    def open_reports(
        self, history: History, permit: Permit | None, act: Whole, wanted: frozenset[UUID] | None = None
    ) -> tuple[OpenedReport, ...]:
        """Never: receiving opens nothing. Raises NotPermitted."""
        raise NotPermitted("nothing is opened while statements are gathered")

    def open_signed(self, history: History, permit: Permit | None, report_id: UUID) -> Signed:
        """Never: receiving opens nothing. Raises NotPermitted."""
        raise NotPermitted("nothing is opened while statements are gathered")

    def _version(self, stream: Stream) -> int:
        if stream not in self._before:
            (self._before[stream],) = self._store.versions((stream,))
        return self._before[stream] + len(self._of.get(stream, ()))

    def _check(self, entry: Entry) -> None:
        """Raise if the stream is not at the version that the first entry for it expects."""
        if entry.expected is None:
            return
        if entry.expected == 0 and entry.stream.kind is StreamKind.HISTORY:
            self._before.setdefault(entry.stream, 0)  # somebody new, under a random id: proved when all is kept
        gathered = self._of.get(entry.stream, ())
        if gathered and gathered[0].expected is None:
            raise Conflict("gathered wherever it ends")
        if self._version(entry.stream) == entry.expected:
            return
        if entry.expected == 0 and entry.stream.kind is not StreamKind.HISTORY:
            raise AlreadyKept(entry.stream.kind.value)
        raise Conflict(entry.stream.kind.value)

    def _check_settled(self, stream: Stream) -> None:
        if stream in self._of:
            raise Conflict("gathered and not kept")

    def _see(self, stream: Stream, version: int) -> None:
        if self._version(stream) != version:
            raise Conflict("history moved on")
        if stream not in self._of:
            self._seen[stream] = version

    def _add(self, term: Term) -> None:
        there = self.added.terms.get(term.token, ())
        if term in there:  # one report after another says the same of one person
            return
        if term.alone and any(other.person_id != term.person_id for other in there):
            raise Conflict("an identifier already leads to another person")
        self.added.terms[term.token] = (*there, term)
        self._terms.append(term)
