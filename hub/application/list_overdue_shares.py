"""Which shares nobody has acknowledged in time, across all children; the look is on record for each child listed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.strict_json import Json
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.stand_to import Deciding, Footing, alarms, each_acting
from hub.domain.errors import AccessRefused
from hub.domain.need_to_know import stamped
from hub.domain.shares import asked_by, decide_shares_list
from hub.domain.unread import NOBODY
from hub.views.shares import Unread, overdue


@dataclass(frozen=True, slots=True)
class ListingShares:
    """What the list needs. `rows` are those of the shares view."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding
    rows: Iterable[dict[str, Json]]


def list_overdue_shares(listing: ListingShares, actor: Actor) -> tuple[Unread, ...]:
    """Every share past its time, the longest overdue first, less those about a child from whom the reader is kept.

    Raises AccessRefused (on record with each child that would have been listed), StoreUnavailable, Unreadable.
    """
    asked = asked_by(actor, listing.clock.now())
    found = overdue(listing.rows, asked.at)
    stands = each_acting(listing, actor, asked.purpose, (one.person_id for one in found))
    shown = tuple(one for one in found if stands[one.person_id].ruling.permitted)
    counts = Counter(one.person_id for one in shown)
    people = (*counts, *(one for one, each in stands.items() if not each.ruling.permitted or one == NOBODY))
    decisions = tuple(
        decide_shares_list(asked, person_id, counts[person_id], listing.clock.new_id(), listing.law)
        for person_id in people
    )
    told = next((alarms(one.ruling, actor, listing.clock) for one in stands.values() if one.ruling.alarm), ())
    kept = (
        Entry(Stream.access(one.person_id), one.decision_id, _stamped(one, stands[one.person_id])) for one in decisions
    )
    listing.store.keep((*kept, *told))
    if told or any(one.effect != "permitted" for one in decisions):
        raise AccessRefused
    return shown


def _stamped(fact: AccessDecided, stands: Footing) -> AccessDecided:
    return stamped(fact, stands.ruling, stands.relations)
