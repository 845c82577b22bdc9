"""Whose record's period is over, as a proposal: nothing is erased because a day has come (UK GDPR Art 5(1)(e))."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.erase_record import CHECKS, ERASURES, register_of
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, IdentityIndex, Store
from hub.domain.retention import Due, due
from hub.views.retained import kept


@dataclass(frozen=True, slots=True)
class ListingDue:
    """What the list needs. `rows` are those of the view of what is retained."""

    store: Store
    index: IdentityIndex
    clock: Clock
    rows: Iterable[dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A record whose period is over, and whether a hold stands against erasing it, or it is asked already."""

    due: Due
    held: bool
    asked: bool


def list_due(listing: ListingDue, actor: Actor, on: date) -> tuple[Proposed, ...]:
    """The records whose period is over by that day, the longest over first.

    Raises AccessRefused (on record, with each child that would have been listed), StoreUnavailable.
    """
    found = due(kept(listing.rows), on)
    people = tuple(one.person_id for one in found)
    keep_read(listing.store, listing.clock, actor, ("list", "retention_due"), CHECKS, items=len(found), subjects=people)
    held = register_of(listing.store, listing.index, listing.store.read_stream(ERASURES), people)
    asked = {one.asked.person_id for one in held.erasures.values() if not one.done}
    return tuple(Proposed(one, bool(held.holding(one.person_id)), one.person_id in asked) for one in found)
