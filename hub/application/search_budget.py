"""A search is kept with the hour of who makes it, and refused where the hour has had enough of them.

The count is taken by the same reading whoever is asked for, and what it comes to does not hang on who is found.
"""

from typing import Protocol

from contracts.event import Fact
from contracts.events.access import ReadDecided
from contracts.events.hub import Actor, SearchMade, StaffEnrolled
from contracts.events.need import AlarmKind
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.find_person import Finding, find_person
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream, StreamKind
from hub.application.stand_to import Deciding, alarm
from hub.domain import registry
from hub.domain.errors import AccessRefused
from hub.domain.searching import SPENT, asked_for, hour_of, is_told


class Searching(Protocol):
    """What looking for somebody needs."""

    @property
    def store(self) -> Store:
        """Where searches are kept."""

    @property
    def index(self) -> IdentityIndex:
        """Where identifiers lead."""

    @property
    def clock(self) -> Clock:
        """Which hour it is."""

    @property
    def deciding(self) -> Deciding:
        """How much the hour has room for, and who else is of the agency."""


def searched(clock: Clock, fact: SearchMade) -> Entry:
    """The search, to be kept with the hour of who made it."""
    return Entry(_hour(fact.actor, clock), clock.new_id(), fact)


def find_within_budget(searching: Searching, child: Identifier, actor: Actor, purpose: Purpose | None) -> Finding:
    """Who the identifier leads to, where the hour has room for one more to be looked for.

    Raises AccessRefused (on record, and those who check are told once an hour), StoreUnavailable, Unreadable.
    """
    found = find_person(searching.index, child, actor, purpose, searching.clock.now())
    _refuse_beyond(searching.store, searching.clock, searching.deciding, found.fact)
    return found


def _refuse_beyond(store: Store, clock: Clock, deciding: Deciding, search: SearchMade) -> None:
    actor, purpose, token = search.actor, search.purpose, search.token
    colleagues = {(one.actor.issuer, one.actor.subject): one.actor for one in _staff(deciding, actor)}
    own = _hour(actor, clock)
    hours = tuple(dict.fromkeys((own, *(_hour(one, clock) for one in colleagues.values()))))
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
