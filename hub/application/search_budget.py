"""A search is kept with the hour of who makes it, and refused where the hour has had enough of them.

The count is taken by the same reading whoever is asked for, and what it comes to does not hang on who is found.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from contracts.event import Fact
from contracts.events.access import ReadDecided
from contracts.events.hub import Actor, SearchMade, StaffEnrolled
from contracts.events.need import AlarmKind
from contracts.vocabulary import Purpose
from hub.application.find_person import Finding, find_person
from hub.application.ports import Clock, Entry, Kept, Store, Stream, StreamKind
from hub.application.stand_to import Deciding, Placed, alarm
from hub.domain import registry
from hub.domain.errors import AccessRefused, AlreadyKept, Conflict
from hub.domain.searching import SPENT, asked_for, hour_of, is_told
from hub.domain.three_factors import Sought

_ATTEMPTS: Final = 50
_AT_ONCE: Final = 100  # more requests than the hub answers in one moment


class Searching(Placed, Protocol):
    """What looking for somebody needs; `deciding` also says how much an hour has room for, and who is of the agency."""

    @property
    def clock(self) -> Clock:
        """Which hour it is."""


def find_within_budget(searching: Searching, child: Sought, actor: Actor, purpose: Purpose | None) -> Finding:
    """Who the identifier, or the three factors, lead to, where the hour has room for one more to be looked for.

    Raises AccessRefused (on record, and those who check are told once an hour), StoreUnavailable, Unreadable.
    """
    found = find_person(searching.index, child, actor, purpose, searching.clock.now())
    hours = _hours(searching, actor)
    return replace(found, hour=(hours[0], _refuse_beyond(searching, found.fact, hours)))


def keep_searched(searching: Searching, found: Finding, keep: Callable[[Entry], Kept]) -> Kept:
    """What `keep` answers, given the search to keep beside what it keeps: only while the hour still has room for it.

    Of several requests in one moment each is counted before the next is let in, so that none goes beyond the budget.
    Raises what `keep` raises, and AccessRefused as `find_within_budget` does.
    """
    hours = _hours(searching, found.fact.actor)
    own, version = found.hour or (hours[0], _refuse_beyond(searching, found.fact, hours))
    for _ in range(_ATTEMPTS):
        try:
            kept = keep(Entry(own, searching.clock.new_id(), found.fact, expected=version))
        except (Conflict, AlreadyKept):
            if searching.store.versions((own,)) == (version,):
                raise
            version = _refuse_beyond(searching, found.fact, (own, *hours))
            continue
        _refuse_after(searching, found.fact, tuple(dict.fromkeys((own, *hours))))
        return kept
    raise Conflict("the hour would not hold still")


def _hours(searching: Searching, actor: Actor) -> tuple[Stream, ...]:
    """The hour of who asks, and then those of everybody of the agency."""
    colleagues = (one.actor for one in _staff(searching.deciding, actor))
    hours = (_hour(actor, searching.clock), *(_hour(one, searching.clock) for one in colleagues))
    return tuple(dict.fromkeys(hours))


def _refuse_after(searching: Searching, search: SearchMade, hours: tuple[Stream, ...]) -> None:
    """Nothing, where the agency's hour had room for what is now kept, in the order in which all of it was kept.

    Colleagues have hours of their own, so what they ask for in one moment is put in order only here.
    """
    store, most = searching.store, searching.deciding.budget.agency
    if sum(store.versions(hours)) <= most - _AT_ONCE:
        return
    kept = (pair for hour in hours for pair in zip(store.positions(hour), store.read_stream(hour), strict=False))
    ordered = tuple(fact for _, fact in sorted(kept, key=lambda pair: pair[0]))
    tokens = tuple(dict.fromkeys(fact.token for fact in ordered if isinstance(fact, SearchMade)))
    if search.token in tokens[most:]:
        spent = (AlarmKind.BUDGET_OF_AGENCY, most, ordered)
        _refuse(store, searching.clock, search.actor, search.purpose, spent)


def _refuse_beyond(searching: Searching, search: SearchMade, hours: tuple[Stream, ...]) -> int:
    """The version of the first of these hours, where there is room in it and in all. Raises AccessRefused."""
    store, clock, deciding = searching.store, searching.clock, searching.deciding
    actor, purpose, token = search.actor, search.purpose, search.token
    hours = tuple(dict.fromkeys(hours))
    own = hours[0]
    counts = dict(zip(hours, store.versions(hours), strict=True))
    if counts[own] >= deciding.budget.person:
        facts = store.read_stream(own)
        found = asked_for(facts)
        if token not in found and len(found) >= deciding.budget.person:
            _refuse(store, clock, actor, purpose, (AlarmKind.BUDGET_OF_PERSON, len(found), facts))
    if sum(counts.values()) >= deciding.budget.agency:
        facts = tuple(fact for hour in hours if counts[hour] for fact in store.read_stream(hour))
        found = asked_for(facts)
        if token not in found and len(found) >= deciding.budget.agency:
            _refuse(store, clock, actor, purpose, (AlarmKind.BUDGET_OF_AGENCY, len(found), facts))
    return counts[own]


def _refuse(
    store: Store, clock: Clock, actor: Actor, purpose: Purpose | None, spent: tuple[AlarmKind, int, tuple[Fact, ...]]
) -> None:
    kind, count, facts = spent
    decided = ReadDecided(
        decision_id=clock.new_id(),
        at=clock.now(),
        actor=actor,
        purpose=purpose,
        kind="page",
        what="search",
        effect="refused",
        law="",
        bars=(SPENT,),
    )
    entries = [Entry(Stream(StreamKind.READ, decided.decision_id.hex), decided.decision_id, decided, expected=0)]
    if not is_told(facts, kind):
        raised = alarm(kind, actor, clock, count)
        entries.append(Entry(_hour(actor, clock), raised.event_id, raised.what))
    store.keep(tuple(entries))
    raise AccessRefused


def _hour(actor: Actor, clock: Clock) -> Stream:
    return Stream(StreamKind.SEARCH, hour_of(actor.issuer, actor.subject, clock.now()))


def _staff(deciding: Deciding, actor: Actor) -> tuple[StaffEnrolled, ...]:
    return tuple(one for one in registry.staff(deciding.registered).values() if one.actor.agency == actor.agency)
