"""A child's record is asked to be erased, held, and agreed to: nothing is destroyed here (see carry_out_erasure).

Whoever asks, agrees or holds is on record, also where the answer is no. Nothing of the child's record is opened.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from consent.decide import LawSettings
from contracts.event import Fact
from contracts.events.erasure import (
    ErasureApproved,
    ErasureAsked,
    ErasureGround,
    HoldLifted,
    HoldPlaced,
    HoldReason,
)
from contracts.events.hub import Actor
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose, StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream, StreamKind
from hub.application.search_budget import Searching, find_within_budget, keep_searched
from hub.application.stand_to import acting, alarms, enquiries_of
from hub.domain.emergency import to_review
from hub.domain.enquiries import open_enquiries
from hub.domain.erasing_in_law import check_law, class_of_record
from hub.domain.erasures import (
    Erasure,
    ErasureRefused,
    Register,
    check_approve,
    check_ask,
    check_proved,
    register,
    state_of,
)
from hub.domain.errors import AlreadyKept, Conflict, NotOnRecord
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import Action
from hub.domain.record_places import REPORT, report_key

ERASURES: Final = Stream(StreamKind.ERASURE, "")
WORKS: Final = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})
CHECKS: Final = frozenset({StaffRole.IG_OFFICER})


class ErasingOn(Searching, Protocol):
    """What asking, agreeing and holding need."""

    @property
    def law(self) -> LawSettings:
        """Which law is taken to be in force."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: an erasure, how far it is, and the holds that stand against it."""

    erasure: Erasure
    state: str
    holds: tuple[HoldPlaced, ...]


def ask_erasure(erasing: ErasingOn, actor: Actor, child: Identifier, ground: ErasureGround) -> ErasureAsked:
    """The asking, on record.

    Raises AccessRefused (on record), NotOnRecord (nobody is known by that; the asking is on record), ErasureRefused
    (not_proved, held, asked_already, enquiry_open, emergency_unreviewed, too_early), Conflict, StoreUnavailable,
    Unreadable.
    """
    person_id = _found(erasing, actor, child)
    check_proved(actor)
    facts = erasing.store.read_stream(ERASURES)
    history, now = erasing.store.read_history(person_id), erasing.clock.now()
    check_ask(register_of(erasing.store, erasing.index, facts, (person_id,)), person_id, history.version)
    check_nothing_waits(erasing.store, person_id)
    check_law(history.linked(), (actor, ground), day_in_london(now), erasing.law, held=False)
    of = class_of_record(history.linked())
    asked = ErasureAsked(
        erasure_id=erasing.clock.new_id(),
        at=now,
        person_id=person_id,
        by=actor,
        ground=ground,
        history_version=history.version,
        retention_class=of.code if of is not None else "",
    )
    keep_in(erasing.store, erasing.clock, asked, len(facts))
    return asked


def approve_erasure(erasing: ErasingOn, actor: Actor, erasure_id: UUID) -> Erasure:
    """The erasure as it stands after who acts agreed to it.

    Raises AccessRefused (on record), ErasureRefused (not_proved, no_such_erasure, and as check_approve), Conflict,
    StoreUnavailable.
    """
    facts = _named(erasing, actor)
    check_proved(actor)
    person_id = register(facts).named(erasure_id).asked.person_id
    may_act(erasing, actor, person_id)
    held = register_of(erasing.store, erasing.index, facts, (person_id,))
    one = held.named(erasure_id)
    check_approve(held, one, actor, erasing.store.history_version(one.asked.person_id))
    approved = ErasureApproved(erasure_id=erasure_id, at=erasing.clock.now(), by=actor)
    keep_in(erasing.store, erasing.clock, approved, len(facts))
    return register((*facts, approved)).named(erasure_id)


def place_hold(
    erasing: ErasingOn, actor: Actor, child: Identifier | None, reason: HoldReason, review_on: date
) -> HoldPlaced:
    """The hold on one child's record, or (None) on everybody's; it stands until it is lifted. Raises as ask_erasure."""
    person_id = _found(erasing, actor, child) if child is not None else None
    facts = _named(erasing, actor) if child is None else erasing.store.read_stream(ERASURES)
    placed = HoldPlaced(
        hold_id=erasing.clock.new_id(),
        at=erasing.clock.now(),
        person_id=person_id,
        by=actor,
        reason=reason,
        review_on=review_on,
    )
    keep_in(erasing.store, erasing.clock, placed, len(facts))
    return placed


def lift_hold(erasing: ErasingOn, actor: Actor, hold_id: UUID) -> HoldLifted:
    """The hold ended, by somebody who checks.

    Raises AccessRefused (on record), ErasureRefused (not_proved, no_such_hold), Conflict, StoreUnavailable.
    """
    facts = _named(erasing, actor, CHECKS)
    check_proved(actor)
    hold = register(facts).hold(hold_id)
    if hold.person_id is not None:
        may_act(erasing, actor, hold.person_id)
    lifted = HoldLifted(hold_id=hold_id, at=erasing.clock.now(), by=actor)
    keep_in(erasing.store, erasing.clock, lifted, len(facts))
    return lifted


def list_erasures(erasing: ErasingOn, actor: Actor) -> tuple[tuple[Listed, ...], tuple[HoldPlaced, ...]]:
    """Every erasure, the newest first, and every hold that stands; for those who check, and on record.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    facts = erasing.store.read_stream(ERASURES)
    waiting = (one.asked.person_id for one in register(facts).erasures.values() if one.begun is None)
    held = register_of(erasing.store, erasing.index, facts, waiting)
    people = _people(held)
    keep_read(
        erasing.store, erasing.clock, actor, ("list", "erasures"), CHECKS, items=len(held.erasures), subjects=people
    )
    versions = {person: erasing.store.history_version(person) for person in people}
    listed = (_listed(held, one, versions[one.asked.person_id]) for one in held.erasures.values())
    return tuple(sorted(listed, key=lambda one: one.erasure.asked.at, reverse=True)), held.holds


def look_at_erasure(erasing: ErasingOn, actor: Actor, erasure_id: UUID) -> Listed:
    """One erasure, for whoever may agree to it: who asked, why, and how far it is.

    Raises AccessRefused (on record), ErasureRefused (no_such_erasure), StoreUnavailable, Unreadable.
    """
    facts = _named(erasing, actor)
    person_id = register(facts).named(erasure_id).asked.person_id
    may_act(erasing, actor, person_id)
    held = register_of(erasing.store, erasing.index, facts, (person_id,))
    return _listed(held, held.named(erasure_id), erasing.store.history_version(person_id))


def read_erasure(erasing: ErasingOn, actor: Actor, erasure_id: UUID) -> Erasure:
    """One erasure, for those who check. Raises AccessRefused (on record), ErasureRefused (no_such_erasure)."""
    return register(_named(erasing, actor, CHECKS)).named(erasure_id)


def check_nothing_waits(store: Store, person_id: UUID) -> None:
    """Nothing, where nobody is at work on the child and nobody has still to review who opened the record.

    Raises ErasureRefused (enquiry_open, emergency_unreviewed: erased, nobody could judge it), StoreUnavailable.
    """
    if open_enquiries(store.read_stream(enquiries_of(person_id))):
        raise ErasureRefused("enquiry_open")
    if to_review(store.read_stream(Stream.access(person_id))):
        raise ErasureRefused("emergency_unreviewed")


def register_of(store: Store, index: IdentityIndex, facts: tuple[Fact, ...], people: Iterable[UUID]) -> Register:
    """What the facts say, and of these people with whom else a report of theirs stood: a hold there holds here too.

    Raises StoreUnavailable, Unreadable.
    """
    if not any(isinstance(fact, HoldPlaced) and fact.person_id is not None for fact in facts):
        return register(facts)
    return register(facts, {one: _beside(store, index, one) for one in dict.fromkeys(people)})


def _beside(store: Store, index: IdentityIndex, person_id: UUID) -> frozenset[UUID]:
    """Everybody in whose history a report was put that is, or ever was, in this one."""
    keys = {report_key(link.source, link.report_id) for link in store.read_history(person_id).linked()}
    return frozenset(one for key in keys for one in index.people_with(REPORT, key)) - {person_id}


def may_act(erasing: ErasingOn, actor: Actor, person_id: UUID | None, child: Identifier | None = None) -> None:
    """Nothing, where the policies let who acts erase or hold the record; it is on record. Raises AccessRefused."""
    stands = acting(erasing, actor, Purpose.AUDIT, person_id, child, action=Action.ERASE)
    if stands.ruling.alarm:
        erasing.store.keep(alarms(stands.ruling, actor, erasing.clock))
    subjects, bars = (person_id,) if person_id is not None else (), stands.ruling.bars
    keep_read(erasing.store, erasing.clock, actor, ("page", "erasure"), WORKS, subjects=subjects, kept_from=bars)


def keep_in(store: Store, clock: Clock, fact: Fact, version: int) -> None:
    """Keep the fact, where nothing was kept in the stream meanwhile. Raises Conflict, StoreUnavailable."""
    with in_turn():
        store.keep((Entry(ERASURES, clock.new_id(), fact, expected=version),))


@contextmanager
def in_turn() -> Iterator[None]:
    """A fact that would have been the first is refused as any other that came too late: by Conflict."""
    try:
        yield
    except AlreadyKept:
        raise Conflict("something was asked, held or agreed to meanwhile") from None


def _found(erasing: ErasingOn, actor: Actor, child: Identifier) -> UUID:
    """Whom the identifier leads to, once it is on record who asked and that they may."""
    found = find_within_budget(erasing, child, actor, Purpose.AUDIT)
    keep_searched(erasing, found, lambda search: erasing.store.keep((search,)))
    may_act(erasing, actor, found.person_id, child)
    if found.person_id is None:
        raise NotOnRecord("child")
    return found.person_id


def _named(erasing: ErasingOn, actor: Actor, roles: frozenset[StaffRole] = WORKS) -> tuple[Fact, ...]:
    """What is kept of erasures, once it is on record who asked. Raises AccessRefused (on record)."""
    keep_read(erasing.store, erasing.clock, actor, ("page", "erasure"), roles)
    return erasing.store.read_stream(ERASURES)


def _listed(held: Register, one: Erasure, version: int) -> Listed:
    return Listed(one, state_of(held, one, version), held.holding(one.asked.person_id))


def _people(held: Register) -> tuple[UUID, ...]:
    people: Iterable[UUID | None] = (
        *(one.asked.person_id for one in held.erasures.values()),
        *(one.person_id for one in held.holds),
    )
    return tuple(dict.fromkeys(one for one in people if one is not None))
