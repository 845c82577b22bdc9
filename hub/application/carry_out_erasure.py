"""An approved erasure is carried out, step by step, so that it goes on wherever it was broken off.

First one write, all or none, under the lock of the store: no hold has come, nothing was added to the record, nobody
opened it meanwhile or began to work on it, and no identifier leads to the child any more. From then on it cannot be
called back. Then a line in the journal, which lies outside every copy of the store; then the keys; then the views; then
what is left is looked at. A copy that is put back is held against the journal before it is used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.erasure import ErasureBegun, ErasureDone, SaidBy, Taken
from contracts.events.hub import Actor, ReceiptIssued
from hub.application.erase_record import ERASURES, check_nothing_waits, in_turn, may_act, register_of
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream, Term, marks_of
from hub.application.stand_to import Deciding, enquiries_of
from hub.domain.erasing_in_law import check_law
from hub.domain.erasures import ERASED, Erasure, check_begin, check_proved, register
from hub.domain.errors import StoreUnavailable, WaitsForWitnesses
from hub.domain.moment import day_in_london
from hub.domain.record_places import ERASED_REPORT, REPORT, report_key
from hub.domain.witnessed import WitnessState


@dataclass(frozen=True, slots=True)
class Left:
    """What there still is of a child: keys, pointers, rows that open; and rows that nothing opens."""

    keys: int
    pointers: int
    opening: int
    rows: int


class Shredder(Protocol):
    """The machines that hold what is destroyed."""

    def keys_of(self, person_id: UUID) -> tuple[str, ...]:
        """The ids of the person's keys, in every compartment (hex). Raises StoreUnavailable."""

    def pointers_of(self, person_id: UUID) -> tuple[str, ...]:
        """The marks of what leads to the person. Raises StoreUnavailable."""

    def destroy_keys(self, person_id: UUID) -> None:
        """The person's keys are gone from every file, and no process holds one. Raises StoreUnavailable."""

    def make_views_again(self) -> None:
        """The views are emptied, and follow again from the start. Raises StoreUnavailable."""

    def left(self, person_id: UUID) -> Left:
        """What there is of the person. Raises StoreUnavailable."""

    def gone(self) -> frozenset[UUID]:
        """Whose keys are destroyed here, and whom nothing leads to any more. Raises StoreUnavailable."""


class Journal(Protocol):
    """What was erased, kept where no copy of the store or of the keys puts it back."""

    def lines(self) -> tuple[ErasureBegun, ...]:
        """Every erasure that was begun. Raises StoreUnavailable: it is not as the hub wrote it."""

    def add(self, begun: ErasureBegun) -> None:
        """Write it down, once; durable when this returns. Raises StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What erasing needs. `backup_days`: for how long copies of the keys are kept.

    `send_owed` sends what agencies are owed of what they were sent: once the keys are gone nobody can work it out.
    `witnessed`: how fresh the witnesses' word on the log is; a copy that is put back is erased again whatever it is.
    """

    store: Store
    index: IdentityIndex
    clock: Clock
    deciding: Deciding
    law: LawSettings
    shredder: Shredder
    journal: Journal
    backup_days: int
    send_owed: Callable[[], None]
    witnessed: Callable[[], WitnessState]


def erase(erasing: Erasing, actor: Actor, erasure_id: UUID) -> ErasureDone:
    """The erasure, carried out and verified; one that was broken off goes on.

    Raises AccessRefused (on record), ErasureRefused (not_proved, no_such_erasure, enquiry_open, emergency_unreviewed,
    as check_begin), WaitsForWitnesses (it is not begun), Conflict, StoreUnavailable, Unreadable.
    """
    held = register(erasing.store.read_stream(ERASURES))
    person_id = held.named(erasure_id).asked.person_id
    may_act(erasing, actor, person_id)
    check_proved(actor)
    begun = held.named(erasure_id).begun or _begin(erasing, actor, erasure_id)
    return _finish(erasing, begun, replayed=False)


def settle(erasing: Erasing) -> tuple[ErasureDone, ...]:
    """What was begun and broken off, or stands in the journal and not in this copy, carried out to its end.

    Before anybody is served. Raises StoreUnavailable, Conflict.
    """
    done: list[ErasureDone] = []
    for begun, here in _unsettled(erasing):
        if here is None:
            _begin_again(erasing, begun)
        done.append(_finish(erasing, begun, replayed=here is None or bool(here.done)))
    return tuple(done)


def is_settled(erasing: Erasing) -> bool:
    """Whether every erasure that was ever begun is carried out here, and in the journal. Raises StoreUnavailable."""
    return not _unsettled(erasing) and not _unwritten(erasing)


def write_again(erasing: Erasing) -> int:
    """How many lines the journal had lost that the store knows of; they stand there again. Raises StoreUnavailable."""
    lost = _unwritten(erasing)
    for begun in lost:
        erasing.journal.add(begun)
    return len(lost)


def _begin(erasing: Erasing, actor: Actor, erasure_id: UUID) -> ErasureBegun:
    if erasing.witnessed() is WitnessState.REFUSE:
        raise WaitsForWitnesses
    erasing.send_owed()
    facts = erasing.store.read_stream(ERASURES)
    person_id = register(facts).named(erasure_id).asked.person_id
    held = register_of(erasing.store, erasing.index, facts, (person_id,))
    one, history = held.named(erasure_id), erasing.store.read_history(person_id)
    check_begin(held, one, history.version)
    waiting = Stream.access(person_id), enquiries_of(person_id)
    versions = erasing.store.versions(waiting)
    check_nothing_waits(erasing.store, person_id)
    on, asked = day_in_london(erasing.clock.now()), (one.asked.by, one.asked.ground)
    check_law(history.linked(), asked, on, erasing.law, held=bool(held.holding(person_id)))
    links = history.standing()  # what was found to be about somebody else stays with them
    taken = tuple(Taken(source=x.source, report_id=x.report_id, body_sha256=x.body_sha256) for x in links)
    terms = _repeats(erasing.index, taken)
    begun = ErasureBegun(
        erasure_id=erasure_id,
        at=erasing.clock.now(),
        person_id=person_id,
        by=actor,
        asked=SaidBy(by=one.asked.by, at=one.asked.at),
        approved=tuple(SaidBy(by=each.by, at=each.at) for each in one.approved),
        ground=one.asked.ground,
        retention_class=one.asked.retention_class,
        history_version=history.version,
        keys=erasing.shredder.keys_of(person_id),
        pointers=erasing.shredder.pointers_of(person_id),
        taken=taken,
        terms=marks_of(terms),
    )
    entry = Entry(ERASURES, erasing.clock.new_id(), begun, expected=len(facts), forgets=person_id)
    with in_turn():
        erasing.store.keep(
            (entry,), terms, seen=((Stream.history(person_id), history.version), *zip(waiting, versions, strict=True))
        )
    return begun


def _begin_again(erasing: Erasing, begun: ErasureBegun) -> None:
    """In a copy from before: what the journal says, and what answers a repeat of a report that came after the copy."""
    terms, version = _repeats(erasing.index, begun.taken), len(erasing.store.read_stream(ERASURES))
    entry = Entry(ERASURES, erasing.clock.new_id(), begun, expected=version, forgets=begun.person_id)
    receipts = (_receipt(erasing, one, begun) for one in begun.taken)
    with in_turn():
        erasing.store.keep((entry, *(one for one in receipts if one is not None)), terms)


def _receipt(erasing: Erasing, one: Taken, begun: ErasureBegun) -> Entry | None:
    stream = Stream.receipt(one.source, str(one.report_id))
    if erasing.store.versions((stream,)) != (0,):
        return None
    receipt = ReceiptIssued(
        source=one.source,
        event_id=str(one.report_id),
        outcome="accepted",
        code="",
        where="",
        at=begun.at,
        body_sha256=one.body_sha256,
    )
    return Entry(stream, erasing.clock.new_id(), receipt, expected=0)


def _finish(erasing: Erasing, begun: ErasureBegun, *, replayed: bool) -> ErasureDone:
    erasing.journal.add(begun)
    erasing.shredder.destroy_keys(begun.person_id)
    erasing.shredder.make_views_again()
    left = erasing.shredder.left(begun.person_id)
    if left.keys or left.pointers or left.opening:
        raise StoreUnavailable("erasure_not_verified")
    now = erasing.clock.now()
    done = ErasureDone(
        erasure_id=begun.erasure_id,
        at=now,
        person_id=begun.person_id,
        keys=len(begun.keys),
        pointers=len(begun.pointers),
        rows=left.rows,
        backups_until=day_in_london(now) + timedelta(days=erasing.backup_days),
        replayed=replayed,
    )
    erasing.store.keep((Entry(ERASURES, erasing.clock.new_id(), done),))
    return done


def _repeats(index: IdentityIndex, taken: tuple[Taken, ...]) -> tuple[Term, ...]:
    """What tells an erased report for one, come again or still lying where it once stood: pointers to nobody."""
    keys = tuple(report_key(one.source, one.report_id) for one in taken)
    return tuple(index.pointer(scheme, key, ERASED) for key in keys for scheme in (REPORT, ERASED_REPORT))


def _unwritten(erasing: Erasing) -> tuple[ErasureBegun, ...]:
    written = {one.erasure_id for one in erasing.journal.lines()}
    held = register(erasing.store.read_stream(ERASURES)).erasures
    begun = tuple(one.begun for one in held.values() if one.begun is not None)
    return tuple(one for one in begun if one.erasure_id not in written)


def _unsettled(erasing: Erasing) -> tuple[tuple[ErasureBegun, Erasure | None], ...]:
    """What was begun and is not at its end here, with what this store knows of it (None: nothing)."""
    held = register(erasing.store.read_stream(ERASURES))
    gone = erasing.shredder.gone()
    here = {key: one for key, one in held.erasures.items() if one.begun is not None}
    begun = {one.erasure_id: one for one in erasing.journal.lines()}
    begun |= {key: one.begun for key, one in here.items() if one.begun is not None}
    return tuple(
        (one, here.get(key))
        for key, one in begun.items()
        if key not in here or not here[key].done or one.person_id not in gone
    )
