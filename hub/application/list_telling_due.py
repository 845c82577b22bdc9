"""Who is still to be told, and whose silence is to be looked at again; the look is on record for each child listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.strict_json import Json
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.listing import decide_listing
from hub.domain.moment import day_in_london
from hub.domain.telling import TELLING, asking
from hub.domain.unread import NOBODY
from hub.views.telling import ToTell, to_tell


@dataclass(frozen=True, slots=True)
class ListingTelling:
    """What the list needs. `rows` are those of the telling view."""

    store: Store
    clock: Clock
    law: LawSettings
    rows: Iterable[dict[str, Json]]


def list_telling_due(listing: ListingTelling, actor: Actor, on: date | None = None) -> tuple[ToTell, ...]:
    """Everything not settled on a day (None: today), the longest neglected first.

    Raises AccessRefused (on record with each child that would have been listed), StoreUnavailable.
    """
    asked = Asked(actor, asking(actor), listing.clock.now())
    found = to_tell(listing.rows, on or day_in_london(asked.at))
    decisions = _decide(listing, asked, found)
    listing.store.keep(tuple(Entry(Stream.access(one.person_id), one.decision_id, one) for one in decisions))
    if asked.purpose is None or any(one.effect != "permitted" for one in decisions):
        raise AccessRefused
    return found


def _decide(listing: ListingTelling, asked: Asked, found: tuple[ToTell, ...]) -> tuple[AccessDecided, ...]:
    listed: dict[UUID, int] = {} if found else {NOBODY: 0}  # a list on which nobody stands is looked at too
    for one in found:
        listed[one.person_id] = listed.get(one.person_id, 0) + 1
    return tuple(
        decide_listing(TELLING, asked, person_id, listing.clock.new_id(), listed=count, settings=listing.law)
        for person_id, count in listed.items()
    )
