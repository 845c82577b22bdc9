"""Which shares nobody has acknowledged in time, across all children; the look is on record for each child listed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from consent.decide import LawSettings
from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import AccessRefused
from hub.domain.shares import asked_by, decide_shares_list
from hub.domain.unread import NOBODY
from hub.views.shares import Unread, overdue


@dataclass(frozen=True, slots=True)
class ListingShares:
    """What the list needs. `rows` are those of the shares view."""

    store: Store
    clock: Clock
    law: LawSettings
    rows: Iterable[dict[str, Json]]


def list_overdue_shares(listing: ListingShares, actor: Actor) -> tuple[Unread, ...]:
    """Every share past its time, the longest overdue first.

    Raises AccessRefused (on record with each child that would have been listed), StoreUnavailable.
    """
    asked = asked_by(actor, listing.clock.now())
    found = overdue(listing.rows, asked.at)
    decisions = tuple(
        decide_shares_list(asked, person_id, count, listing.clock.new_id(), listing.law)
        for person_id, count in (Counter(one.person_id for one in found) or {NOBODY: 0}).items()
    )
    listing.store.keep(tuple(Entry(Stream.access(one.person_id), one.decision_id, one) for one in decisions))
    if asked.purpose is None or any(one.effect != "permitted" for one in decisions):
        raise AccessRefused
    return found
