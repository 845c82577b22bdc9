"""The event store: what agencies signed and what the hub decided, in one order, each person under a key of their own.

A report opens only with a permit, and only `keep` makes a permit: when it has kept a decision that permits access.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Lock
from uuid import UUID

from eventsourcing.persistence import IntegrityError, PersistenceError, StoredEvent

from contracts import envelope
from contracts.event import Fact
from contracts.events.hub import AccessDecided, ReportLinked
from contracts.signature import Signed, SigningKey
from hub.adapters.fact_codes import CODES, REPORT
from hub.adapters.keys import KeyedHash, derived
from hub.adapters.own_hand import signed_in_order
from hub.adapters.permits import Permits
from hub.adapters.recorder_port import Make, Recorder, SealedVersions
from hub.adapters.remembered import Remembered
from hub.adapters.row_form import apart, code_of, fact_in, kind_of, owner_of, report_in, version_in_parts
from hub.adapters.row_layout import event_id_of
from hub.adapters.sealing_mapper import Place, Row, SealingMapper, Stored
from hub.application.in_parts import InParts, SealedPart
from hub.application.kept_rows import KeptRow
from hub.application.permit import Act, Permit, Whole
from hub.application.ports import (
    Clock,
    Entry,
    History,
    Kept,
    OpenedReport,
    SealedReport,
    Seen,
    Stream,
    StreamKind,
    Term,
)
from hub.domain.errors import AlreadyKept, Conflict, StoreUnavailable, Unreadable

_ATTEMPTS = 20
_REMEMBERED = (Stream.registry(),)  # see remembered: what each page, search and batch asks for


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """What the store needs besides people's keys: a secret for ids, the hub's own signing key, the time of signing."""

    ids: bytes
    signing: SigningKey
    clock: Clock


class EventStore:
    """The store on the library's recorder and mapper."""

    def __init__(
        self, recorder: Recorder, mapper: SealingMapper, keys: StoreKeys, sealed: SealedVersions | None = None
    ) -> None:
        """Use these; permits are proved with a secret that lives as long as this object."""
        self.recorder = recorder
        self._sealed = sealed
        self._mapper = mapper
        self._keys = keys
        self._ids = KeyedHash(derived(keys.ids, "stream-ids"))
        self._permits = Permits(keys.clock)
        self._signing = Lock()
        self._remembered = {one: Remembered(partial(self._select, one), self._open_facts) for one in _REMEMBERED}

    def read_history(self, person_id: UUID) -> History:
        """See ports.Store."""
        rows = self._select(Stream.history(person_id))
        sealed = tuple(
            SealedReport(event_id_of(row.state), row.version, row.position, row.state)
            for row in rows
            if row.code == REPORT
        )
        facts = self._open_facts(tuple(row for row in rows if row.code != REPORT))
        return History(person_id, len(rows), facts, sealed)

    def history_version(self, person_id: UUID) -> int:
        """See ports.Store."""
        with _translated():
            return self.recorder.version(self.stream_id(Stream.history(person_id)))

    def versions(self, streams: tuple[Stream, ...]) -> tuple[int, ...]:
        """See ports.Store."""
        ids = tuple(self.stream_id(stream) for stream in streams)
        with _translated():
            found = self.recorder.versions(ids)
        return tuple(found.get(stream_id, 0) for stream_id in ids)

    def read_access(self, person_id: UUID) -> tuple[AccessDecided, ...]:
        """See ports.Store."""
        return tuple(fact for fact in self.read_stream(Stream.access(person_id)) if isinstance(fact, AccessDecided))

    def positions(self, stream: Stream) -> tuple[int, ...]:
        """See ports.Store."""
        with _translated():
            return self.recorder.positions(self.stream_id(stream))

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """See ports.Store."""
        remembered = self._remembered.get(stream)
        return remembered.facts() if remembered is not None else self._open_facts(self._select(stream))

    def newest(self, stream: Stream) -> tuple[int, Fact | None]:
        """See ports.Store."""
        with _translated():
            rows = self.recorder.select_events(self.stream_id(stream), desc=True, limit=1)
        newest = next((_kept_row(row, 0) for row in rows), None)
        return (newest.version, self._open_fact(newest)) if newest is not None else (0, None)

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        seen_streams = tuple((self.stream_id(stream), version) for stream, version in seen)
        made, streams = self._maker(entries)
        forget = tuple(entry.forgets for entry in entries if entry.forgets is not None)
        for _ in range(_ATTEMPTS):
            try:
                with _translated():
                    positions = self.recorder.insert_events(
                        (), terms=terms, seen=seen_streams, make=made, forget=forget, streams=streams
                    )
            except _Collided:
                self._refuse_lost_race(entries)
                continue
            found = tuple(positions or ())
            return Kept(found, self._permits.give(entries, found, seen))
        raise StoreUnavailable("contention")

    def open_reports(
        self, history: History, permit: Permit | None, act: Whole, wanted: frozenset[UUID] | None = None
    ) -> tuple[OpenedReport, ...]:
        """See ports.Store."""
        opening = self._permits.check(permit, history, act)
        newest = self._newest(history)
        ids = wanted if wanted is not None else frozenset(link.report_id for link in history.standing())
        found = tuple(newest[report_id] for report_id in newest if report_id in ids)
        rows = self._in_stream(history, *(sealed for sealed, _ in found))
        opened = zip(self._mapper.open_content(opening, rows), found, strict=True)
        return tuple(OpenedReport(report_in(packed, link), link) for packed, (_, link) in opened)

    def _newest(self, history: History) -> dict[UUID, tuple[SealedReport, ReportLinked]]:
        """Each report with the hub's newest statement about it, after checking that neither is without the other.

        A report that was moved away and back stands here twice, by one source; an id that two sources use is an attack.
        """
        links: dict[UUID, list[ReportLinked]] = {}
        for link in history.linked():
            links.setdefault(self._row_id(link.report_id), []).append(link)
        sealed: dict[UUID, list[SealedReport]] = {}
        for one in history.sealed:
            sealed.setdefault(one.row_id, []).append(one)
        if {row: len(found) for row, found in links.items()} != {row: len(found) for row, found in sealed.items()}:
            raise Unreadable(0, "report_without_its_link")
        if any(len({link.source for link in found}) > 1 for found in links.values()):
            raise Unreadable(0, "report_of_two_sources")
        return {found[-1].report_id: (sealed[row][-1], found[-1]) for row, found in links.items()}

    def open_signed(self, history: History, permit: Permit | None, report_id: UUID) -> Signed | InParts:
        """See ports.Store."""
        opening = self._permits.check(permit, history, Act.MOVE)
        for sealed in reversed(history.sealed):
            if sealed.row_id == self._row_id(report_id):
                row = self._in_stream(history, sealed)[0]
                kept = envelope.unpack(self._mapper.open_content(opening, (row,))[0])
                version = version_in_parts(kept)
                if version is None:
                    return kept
                parts = self._mapper.held_apart(opening, row)
                return InParts(version, kept.body, tuple((one.compartment, one.content) for one in parts))
        raise Unreadable(0, "report_not_here")

    def sealed_part(self, history: History, permit: Permit | None, report_id: UUID) -> SealedPart:
        """See open_apart.Parts."""
        opening = self._permits.check(permit, history, Act.APART)
        (asked,) = self.rows_after(opening.position - 1, 1)
        place = Place(asked.stream_id, asked.version, asked.code)
        decision = envelope.unpack(self._mapper.open(place, asked.state, asked.position))
        name = permit.apart if permit is not None else ""
        for sealed in reversed(history.sealed):
            if sealed.row_id == self._row_id(report_id):
                row = self._in_stream(history, sealed)[0]
                return SealedPart(decision, self._mapper.open_part(opening, row, name))
        raise Unreadable(0, "report_not_here")

    def holds(self, person_id: UUID, report_id: UUID) -> bool:
        """See ports.Store."""
        row_id = self._row_id(report_id)
        with _translated():
            rows = tuple(self.recorder.select_events(self.stream_id(Stream.history(person_id))))
        links = {row.originator_version for row in rows if row.topic == CODES[ReportLinked]}
        here = (row for row in rows if row.topic == REPORT and event_id_of(row.state) == row_id)
        return any(row.originator_version + 1 in links for row in here)

    def _in_stream(self, history: History, *sealed: SealedReport) -> tuple[Stored, ...]:
        stream_id = self.stream_id(Stream.history(history.person_id))
        return tuple(Stored(Place(stream_id, one.version, REPORT), one.state, one.position) for one in sealed)

    def stream_id(self, stream: Stream) -> UUID:
        """The keyed id of a stream."""
        return self._ids.id_of(stream.kind.value, stream.key)

    def rows_after(self, position: int, limit: int) -> tuple[KeptRow, ...]:
        """See ports.KeptRows."""
        with _translated():
            rows = self.recorder.select_notifications(position, limit, inclusive_of_start=False)
        return tuple(_kept_row(row, row.id, erased=self._mapper.is_erased(row.state)) for row in rows)

    def open_row(self, row: KeptRow) -> Fact | None:
        """See ports.KeptRows."""
        return None if row.code == REPORT or self._mapper.is_erased(row.state) else self._open_fact(row)

    def _select(self, stream: Stream, after: int = 0) -> tuple[KeptRow, ...]:
        stream_id, of_a_person = self.stream_id(stream), stream.kind in (StreamKind.HISTORY, StreamKind.ACCESS)
        # Asked first: what is kept and sealed while the rows are read must not look like rows that are gone.
        least = self._sealed.version_of(stream_id) if self._sealed is not None and of_a_person else 0
        with _translated():
            rows = tuple(_kept_row(row, 0) for row in self.recorder.select_events(stream_id, gt=after or None))
        if len(rows) + after < least or any(row.version != place for place, row in enumerate(rows, start=after + 1)):
            raise Unreadable(0, "record_missing")
        return rows

    def _open_fact(self, row: KeptRow) -> Fact:
        return self._open_facts((row,))[0]

    def _open_facts(self, rows: tuple[KeptRow, ...]) -> tuple[Fact, ...]:
        kinds = tuple(kind_of(row) for row in rows)
        stored = tuple(Stored(Place(row.stream_id, row.version, row.code), row.state, row.position) for row in rows)
        opened = self._mapper.open_all(stored)
        return tuple(fact_in(*each) for each in zip(kinds, opened, rows, strict=True))

    def _maker(self, entries: tuple[Entry, ...]) -> tuple[Make, tuple[UUID, ...]]:
        """What seals the entries once it is known where they stand, and their streams; they are signed now."""
        owners = {entry.stream: owner_of(entry.stream) for entry in entries}
        self._mapper.prepare(frozenset(owners.values()))
        for name in {part.compartment for entry in entries for part in apart(entry)}:
            self._mapper.prepare(frozenset(owners[entry.stream] for entry in entries if apart(entry)), name)
        with self._signing:  # one at a time: more would only keep whoever commits for all from getting on
            ids = {stream: self.stream_id(stream) for stream in owners}
            signed = signed_in_order(entries, self._keys.signing, self._keys.clock.now())
            packed = tuple(
                (self._row_id(entry.event_id), envelope.pack(one), apart(entry))
                for entry, one in zip(entries, signed, strict=True)
            )

        def make(version_of: Callable[[UUID], int]) -> list[StoredEvent]:
            newest: dict[UUID, int] = {}
            rows: list[Row] = []
            for entry, (row_id, state, parts) in zip(entries, packed, strict=True):
                at = ids[entry.stream]
                if at not in newest:
                    newest[at] = version_of(at) if entry.expected is None else entry.expected
                newest[at] += 1
                place = Place(at, newest[at], code_of(entry.what))
                rows.append(Row(place, row_id, owners[entry.stream], state, parts))
            return list(self._mapper.seal_all(rows))

        return make, tuple(ids.values())

    def _row_id(self, event_id: UUID) -> UUID:
        """The id a row carries in clear: keyed, since an event id may be guessed from a record's number."""
        return self._ids.id_of("row", event_id.hex)

    def _refuse_lost_race(self, entries: tuple[Entry, ...]) -> None:
        """Raise if a stream whose version mattered has moved; otherwise the appends only need another try."""
        for entry in {entry.stream: entry for entry in reversed(entries)}.values():
            if entry.expected is None or self.recorder.version(self.stream_id(entry.stream)) == entry.expected:
                continue
            if entry.expected == 0 and entry.stream.kind is not StreamKind.HISTORY:
                raise AlreadyKept(entry.stream.kind.value)
            raise Conflict(entry.stream.kind.value)


def _kept_row(row: StoredEvent, position: int, *, erased: bool = False) -> KeptRow:
    if not isinstance(row.originator_id, UUID):
        raise Unreadable(position, "record_stream")
    return KeptRow(position, row.originator_id, row.originator_version, row.topic, row.state, erased)


class _Collided(Exception):
    """A row is already where one was to go."""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise _Collided from None
    except PersistenceError as refused:
        raise StoreUnavailable(type(refused).__name__) from None
