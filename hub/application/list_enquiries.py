"""Which enquiries are open: all to who decides at the MASH, to others those that are theirs; on record first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Store
from hub.domain.enquiries import as_assignees
from hub.domain.known_of_staff import known_of
from hub.views.enquiries import Alarm, Escalated, OpenEnquiry, alarms, escalated, open_now

WORKERS: Final = frozenset({StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER, StaffRole.PRACTITIONER})
CHECKERS: Final = frozenset({StaffRole.IG_OFFICER})


@dataclass(frozen=True, slots=True)
class ListingEnquiries:
    """What the lists need. `rows` are those of the enquiries view, `registered` the facts of the registry."""

    store: Store
    clock: Clock
    rows: Iterable[dict[str, Json]]
    registered: tuple[Fact, ...] = ()


def list_enquiries(listing: ListingEnquiries, actor: Actor) -> tuple[OpenEnquiry, ...]:
    """The open enquiries that are this reader's to see, the newest first.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    found = open_now(listing.rows)
    if actor.role is not StaffRole.MASH_DECISION_MAKER:
        ways = frozenset(as_assignees(actor, known_of(actor, listing.registered).teams))
        found = tuple(one for one in found if not ways.isdisjoint(one.assignees))
    people = tuple(dict.fromkeys(one.person_id for one in found))
    keep_read(listing.store, listing.clock, actor, ("list", "enquiries"), WORKERS, items=len(found), subjects=people)
    return found


def list_alarms(listing: ListingEnquiries, actor: Actor) -> tuple[tuple[Escalated, ...], tuple[Alarm, ...]]:
    """The emergencies that nobody reviewed in time, and of what those who check were told, the newest first.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    rows = tuple(listing.rows)
    late, found = escalated(rows), alarms(rows)
    people = tuple(dict.fromkeys(one.person_id for one in found if one.person_id is not None))
    items = len(late) + len(found)
    keep_read(listing.store, listing.clock, actor, ("list", "alarms"), CHECKERS, items=items, subjects=people)
    return late, found
