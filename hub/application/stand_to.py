"""How somebody who acts stands to a child, worked out afresh for each request, and what the policies make of it.

The same look-ups are made for a child who is there, one who is not, and one who may not be seen. More is read only for
somebody to whom an enquiry about this very child was assigned once, who knows of the child already.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.need import AlarmKind, AlarmRaised
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import Purpose
from hub.application.need_port import Policies
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream, StreamKind
from hub.domain.enquiries import ENQUIRED, as_assignees, key_of, open_enquiries, relations_in
from hub.domain.identity import index_term
from hub.domain.known_of_staff import known_of
from hub.domain.need_to_know import Action, Relation, Ruling, situation
from hub.domain.searching import USUAL, Budget
from hub.domain.unread import INVOLVED, NOBODY, involvement


@dataclass(frozen=True, slots=True)
class Deciding:
    """What deciding who may act needs: the policies, what the hub's registry held when this request came, a budget."""

    policies: Policies
    registered: tuple[Fact, ...]
    budget: Budget = USUAL


class Placed(Protocol):
    """A use case, as far as it knows how somebody stands to a child."""

    @property
    def store(self) -> Store:
        """Where enquiries are kept."""

    @property
    def index(self) -> IdentityIndex:
        """Where identifiers lead."""

    @property
    def deciding(self) -> Deciding:
        """The policies, and what the registry holds."""


@dataclass(frozen=True, slots=True)
class Footing:
    """How somebody stands to a child, and what the policies answer."""

    relations: frozenset[Relation]
    ruling: Ruling


def enquiries_of(person_id: UUID) -> Stream:
    """The enquiries about one person."""
    return Stream(StreamKind.ENQUIRY, person_id.hex)


def footing(
    deciding: Deciding,
    places: tuple[Store, IdentityIndex],
    actor: Actor,
    asked: tuple[Action, Purpose | None],
    person_id: UUID | None,
    *,
    more: frozenset[Relation] = frozenset(),
) -> Footing:
    """How who acts stands to the person (None: nobody was found), and whether the policies let them do what is asked.

    `more` is what the use case knows besides. Raises StoreUnavailable, Unreadable.
    """
    action, purpose = asked
    stands = _relations(deciding, places, actor, person_id or NOBODY) | more
    return Footing(stands, deciding.policies.judge(situation(actor, action, purpose, stands)))


def acting(
    placed: Placed,
    actor: Actor,
    purpose: Purpose | None,
    person_id: UUID | None,
    child: Identifier | None = None,
    *,
    action: Action = Action.ACT,
) -> Footing:
    """Whether the policies let somebody do for the person (None: nobody was found) what the law and their role let.

    With the identifier that was given, whoever is kept from that child is kept away though the hub knows of nobody:
    an answer that is not the same would tell them whether it does. Raises StoreUnavailable, Unreadable.
    """
    more = _kept_by_name(placed.deciding, actor, child) if child is not None else frozenset[Relation]()
    return footing(placed.deciding, (placed.store, placed.index), actor, (action, purpose), person_id, more=more)


def each_acting(
    placed: Placed, actor: Actor, purpose: Purpose | None, people: Iterable[UUID]
) -> Mapping[UUID, Footing]:
    """How it stands with each child of a list; a list on which nobody stands is asked about too."""
    each = tuple(dict.fromkeys(people)) or (NOBODY,)
    return {person_id: acting(placed, actor, purpose, person_id) for person_id in each}


def _kept_by_name(deciding: Deciding, actor: Actor, child: Identifier) -> frozenset[Relation]:
    wanted = index_term(child, actor.agency)
    kept = known_of(actor, deciding.registered).kept_from
    return frozenset(one.relation for one in kept if index_term(parse_identifier(one.child), one.agency) == wanted)


def _relations(
    deciding: Deciding, places: tuple[Store, IdentityIndex], actor: Actor, person: UUID
) -> frozenset[Relation]:
    store, index = places
    known = known_of(actor, deciding.registered)
    found = {
        kept.relation
        for kept in known.kept_from
        if person in index.people_with(*index_term(parse_identifier(kept.child), kept.agency))
    }
    if index.people_with(INVOLVED, involvement(actor.agency, person)):
        found.add(Relation.REPORTED)
    ways = as_assignees(actor, known.teams)
    pointers = [index.people_with(ENQUIRED, key) for key in dict.fromkeys(key_of(one, person) for one in ways)]
    if any(pointers):
        found |= relations_in(open_enquiries(store.read_stream(enquiries_of(person))), ways)
    return frozenset(found)


def alarms(ruling: Ruling, actor: Actor, clock: Clock) -> tuple[Entry, ...]:
    """What is kept beside a refusal that the policies could not be judged for: those who check are told."""
    if not ruling.alarm:
        return ()
    return (alarm(AlarmKind.POLICIES, actor, clock),)


def alarm(kind: AlarmKind, actor: Actor, clock: Clock, count: int = 0) -> Entry:
    """An alarm, to be kept."""
    alarm_id = clock.new_id()
    fact = AlarmRaised(alarm_id=alarm_id, at=clock.now(), kind=kind, actor=actor, count=count)
    return Entry(Stream(StreamKind.READ, alarm_id.hex), alarm_id, fact, expected=0)
