"""How the open enquiries about one child stand, by what is kept of that child alone: no list of every child is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.hub import Actor
from contracts.vocabulary import StaffRole
from hub.application.lead_enquiry import OfChild
from hub.application.list_enquiries import Listed, listed
from hub.application.ports import Clock, Store, Stream
from hub.application.stand_to import Deciding, enquiries_of
from hub.domain.clocks import AS_GUIDED, Clocks
from hub.domain.enquiries import Enquiry, as_assignees, first_decision, open_enquiries
from hub.domain.known_of_staff import known_of
from hub.domain.requests import Request
from hub.views.enquiries import OpenEnquiry


@dataclass(frozen=True, slots=True)
class Standing:
    """What it takes to say how a child's enquiries stand, and for whom: the area's clocks, and who reads."""

    store: Store
    clock: Clock
    deciding: Deciding
    actor: Actor
    clocks: Clocks = AS_GUIDED


def told_of(standing: Standing, person_id: UUID) -> tuple[Listed, ...]:
    """The open enquiries about a child whose record the reader is being shown, the newest first.

    Who decides at the MASH is told of all, others of theirs; that they look at the child is on record already. Who was
    asked is not among it: the record says that itself. Raises StoreUnavailable, Unreadable.
    """
    found = open_enquiries(standing.store.read_stream(enquiries_of(person_id)))
    every = _in_order(standing, OfChild(person_id, found), ())
    return tuple(one for one in every if one.mine or standing.actor.role is StaffRole.MASH_DECISION_MAKER)


def stand(standing: Standing, of: OfChild, asked: Iterable[Request]) -> tuple[Listed, ...]:
    """How each of the enquiries that the reader was let look at stands, the newest first.

    `asked`: every request made of agencies. Raises StoreUnavailable, Unreadable.
    """
    return _in_order(standing, of, tuple(one for one in asked if one.person_id == of.person_id))


def _in_order(standing: Standing, of: OfChild, asked: tuple[Request, ...]) -> tuple[Listed, ...]:
    if not of.enquiries:
        return ()
    looked = standing.store.read_stream(Stream.access(of.person_id))
    ways = frozenset(as_assignees(standing.actor, known_of(standing.actor, standing.deciding.registered).teams))
    at = standing.clocks, standing.clock.now()
    return tuple(
        listed(_as_row(one, first_decision(looked, one.opened.at)), asked, at, mine=not ways.isdisjoint(one.assignees))
        for one in reversed(of.enquiries)
    )


def _as_row(one: Enquiry, decided: datetime | None) -> OpenEnquiry:
    begun = one.opened
    return OpenEnquiry(
        begun.enquiry_id, begun.person_id, begun.at, begun.by.subject, begun.purpose, one.assignees, decided, one.rating
    )
