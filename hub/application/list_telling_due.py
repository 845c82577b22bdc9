"""Who is still to be told, and whose silence is to be looked at again; the look is on record for each child listed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.strict_json import Json
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.stand_to import Deciding, Footing, alarms, each_acting
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.listing import decide_listing
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import stamped
from hub.domain.telling import TELLING, asking
from hub.domain.unread import NOBODY
from hub.views.telling import ChildToTell, ToTell, by_child, to_tell

MOST_CHILDREN = 25


@dataclass(frozen=True, slots=True)
class ListingTelling:
    """What the list needs. `rows` are those of the telling view."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding
    rows: Iterable[dict[str, Json]]


@dataclass(frozen=True, slots=True)
class PartOfList:
    """Some of the children on the list: which part of how many, and how much there is on the whole list."""

    children: tuple[ChildToTell, ...]
    number: int
    parts: int
    all_children: int
    all_matters: int
    late: int


def list_children_to_tell(listing: ListingTelling, actor: Actor, number: int = 1) -> PartOfList:
    """A part of the list, by child, the longest neglected first; the first is 1, the last stands for any after it.

    Each child of the part is on record as listed, and no other.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    asked = Asked(actor, asking(actor), listing.clock.now())
    shown, stands = _shown(listing, asked, day_in_london(asked.at))
    every = by_child(shown)
    parts = max(1, -(-len(every) // MOST_CHILDREN))
    number = min(number, parts)
    children = every[(number - 1) * MOST_CHILDREN : number * MOST_CHILDREN]
    _keep(listing, asked, tuple(matter for one in children for matter in one.matters), stands)
    return PartOfList(children, number, parts, len(every), len(shown), sum(one.late for one in every))


def list_telling_due(listing: ListingTelling, actor: Actor, on: date | None = None) -> tuple[ToTell, ...]:
    """Everything not settled on a day (None: today), the longest neglected first.

    What is about a child from whom the reader is kept is left out.

    Raises AccessRefused (on record with each child that would have been listed), StoreUnavailable,
    Unreadable.
    """
    asked = Asked(actor, asking(actor), listing.clock.now())
    shown, stands = _shown(listing, asked, on or day_in_london(asked.at))
    _keep(listing, asked, shown, stands)
    return shown


def _shown(listing: ListingTelling, asked: Asked, on: date) -> tuple[tuple[ToTell, ...], Mapping[UUID, Footing]]:
    """What the reader may be shown, and how they stand to each child that there is something to tell of."""
    found = to_tell(listing.rows, on)
    stands = each_acting(listing, asked.actor, asked.purpose, (one.person_id for one in found))
    return tuple(one for one in found if stands[one.person_id].ruling.permitted), stands


def _keep(listing: ListingTelling, asked: Asked, shown: tuple[ToTell, ...], stands: Mapping[UUID, Footing]) -> None:
    """The look is on record for each child listed. Raises AccessRefused (on record), StoreUnavailable."""
    decisions = _decide(listing, asked, shown, stands)
    told = next((alarms(one.ruling, asked.actor, listing.clock) for one in stands.values() if one.ruling.alarm), ())
    kept = tuple(
        Entry(Stream.access(one.person_id), one.decision_id, _stamped(one, stands[one.person_id])) for one in decisions
    )
    listing.store.keep((*kept, *told))
    if asked.purpose is None or told or any(one.effect != "permitted" for one in decisions):
        raise AccessRefused


def _decide(
    listing: ListingTelling, asked: Asked, shown: tuple[ToTell, ...], stands: Mapping[UUID, Footing]
) -> tuple[AccessDecided, ...]:
    """One about each child listed, and about each who is left out because the reader is kept from them."""
    counts = Counter(one.person_id for one in shown)
    people = (*counts, *(one for one, each in stands.items() if not each.ruling.permitted or one == NOBODY))
    law = listing.law
    return tuple(
        decide_listing(TELLING, asked, person_id, listing.clock.new_id(), listed=counts[person_id], settings=law)
        for person_id in people
    )


def _stamped(fact: AccessDecided, stands: Footing) -> AccessDecided:
    return stamped(fact, stands.ruling, stands.relations)
