"""The bus and the store as telemetry watches them: what passes is counted and timed, and never looked into.

Use cases and the domain know nothing of it; it stands at the ports. The header `traceparent` is put on and taken off
here, so nothing behind these doors depends on a number that anybody could have written.
"""

from dataclasses import replace
from time import monotonic

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from contracts.event import Fact
from contracts.events.hub import AccessDecided
from contracts.events.sharing import DisclosureDecided
from contracts.trace_context import TRACE_HEADER, TraceContext, read_trace
from hub.adapters.edge_side import Road
from hub.adapters.event_store import EventStore, StoreKeys
from hub.adapters.recorder_port import Recorder, SealedVersions
from hub.adapters.sealing_mapper import SealingMapper
from hub.adapters.telemetry import Task, Telemetry
from hub.adapters.telemetry_words import Doing
from hub.application.bus_port import Arrived, Unread, agency_of
from hub.application.kept_rows import KeptRow, KeptRows
from hub.application.ports import Entry, Kept, Seen, Term
from hub.application.receive_together import Answered
from hub.application.take_messages import Answer


class WatchedBus:
    """See edge_side.Road."""

    def __init__(self, bus: Road, telemetry: Telemetry) -> None:
        """Before `bus`."""
        self._bus = bus
        self._telemetry = telemetry

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """See ports.Bus."""
        return tuple(self._heard(arrived) for arrived in self._bus.poll(consumer, topics, limit))

    def done(self, consumer: str, arrived: Arrived) -> None:
        """See ports.Bus."""
        self._bus.done(consumer, arrived)
        self._telemetry.done(arrived.topic, arrived.position)

    def done_all(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        """See ports.Bus."""
        self._bus.done_all(consumer, arrived)
        for one in arrived:
            self._telemetry.done(one.topic, one.position)

    def rest(self, consumer: str, topics: frozenset[str], seconds: float) -> None:
        """See ports.Bus."""
        self._bus.rest(consumer, topics, seconds)

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """See ports.Bus."""
        self.send_all((Outgoing(topic, key, message),))

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See ports.Bus."""
        if not outgoing:
            return
        with self._telemetry.doing(Doing.PUBLISH, agency_of(outgoing[0].topic)) as task:
            task.count = len(outgoing)
            traced = (replace(one, message=with_trace(one.message, task.context)) for one in outgoing)
            self._bus.send_all(tuple(traced))

    def publish(self, outgoing: Outgoing) -> None:
        """See agencies.edge.Publisher."""
        self.send_all((outgoing,))

    def reach(self) -> None:
        """See Road."""
        self._bus.reach()

    def lag(self, consumer: str, topics: tuple[str, ...]) -> tuple[Unread, ...]:
        """See Road."""
        return self._bus.lag(consumer, topics)

    def close(self) -> None:
        """See Road."""
        self._bus.close()

    def continuing(self, arrived: Arrived, answer: Sealed) -> Sealed:
        """See answers.Continuing: the answer in the trace of what it answers."""
        return with_trace(answer, self._telemetry.continued(arrived.topic, arrived.position))

    def _heard(self, arrived: Arrived) -> Arrived:
        """The message without the header, whose trace is noted where it is one.

        Taken off whether or not anything is watched: the same message sent twice in two traces is the same message.
        """
        said = [text for name, text in arrived.message.headers if name == TRACE_HEADER]
        self._telemetry.arrived(arrived.topic, arrived.position, read_trace(said[0] if len(said) == 1 else None))
        if len(said) != 1:
            return arrived  # twice is for the envelope to refuse
        headers = tuple(header for header in arrived.message.headers if header[0] != TRACE_HEADER)
        return replace(arrived, message=replace(arrived.message, headers=headers))


class WatchedAnswers:
    """See take_messages.Answer."""

    def __init__(self, answer: Answer, telemetry: Telemetry) -> None:
        """Before `answer`."""
        self._answer = answer
        self._telemetry = telemetry

    def __call__(self, answered: tuple[Answered, ...]) -> frozenset[str]:
        """See take_messages.Answer."""
        waiting = self._answer(answered)
        for one in (one for one in answered if one.arrived.topic not in waiting):
            place = (one.arrived.topic, one.arrived.position)
            self._telemetry.answered(*place, agency_of(one.arrived.topic), one.receipt.outcome, one.receipt.code)
        return waiting


class WatchedStore(EventStore):
    """The event store, timed where it keeps."""

    def __init__(
        self,
        recorder: Recorder,
        mapper: SealingMapper,
        keys: StoreKeys,
        sealed: SealedVersions | None,
        telemetry: Telemetry,
    ) -> None:
        """As EventStore, watched."""
        super().__init__(recorder, mapper, keys, sealed)
        self._telemetry = telemetry

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        decisions = tuple(said for said in (_decision(entry.what) for entry in entries) if said is not None)
        with self._telemetry.doing(_doing(decisions)) as task:
            began = monotonic()
            kept = super().keep(entries, terms, seen)
            task.count = len(entries)
        self._telemetry.kept(monotonic() - began, max(kept.positions, default=0))
        for about, effect in decisions:
            self._telemetry.decided(about, effect)
        return kept


class CountedRows:
    """The rows that a follower reads, counted into what it is doing."""

    def __init__(self, rows: KeptRows, task: Task) -> None:
        """Read from `rows`."""
        self._rows = rows
        self._task = task

    def rows_after(self, position: int, limit: int) -> tuple[KeptRow, ...]:
        """See application.kept_rows.KeptRows."""
        found = self._rows.rows_after(position, limit)
        self._task.count += len(found)
        return found

    def open_row(self, row: KeptRow) -> Fact | None:
        """See application.kept_rows.KeptRows."""
        return self._rows.open_row(row)


def with_trace(message: Sealed, context: TraceContext | None) -> Sealed:
    """The message in that trace; as it is where it is in one already, or where there is none."""
    if context is None or message.header(TRACE_HEADER) is not None:
        return message
    return replace(message, headers=(*message.headers, (TRACE_HEADER, context.written())))


def _decision(what: object) -> tuple[str, str] | None:
    if isinstance(what, AccessDecided):
        return what.what, what.effect
    if isinstance(what, DisclosureDecided):
        return _SHARING, what.effect
    return None


_SHARING = "sharing"


def _doing(decisions: tuple[tuple[str, str], ...]) -> Doing:
    if not decisions:
        return Doing.KEEP
    return Doing.SHARE if any(about == _SHARING for about, _ in decisions) else Doing.DECIDE
