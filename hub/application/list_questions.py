"""Which records may be of one child or of two; the look is on record for each child listed before it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.strict_json import Json
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.listing import decide_listing
from hub.domain.questions_list import PURPOSE, QUESTIONS
from hub.domain.unread import NOBODY
from hub.views.questions import Question, in_order


@dataclass(frozen=True, slots=True)
class ListingQuestions:
    """What the list needs. `rows` are those of the questions view."""

    store: Store
    clock: Clock
    law: LawSettings
    rows: Iterable[dict[str, Json]]


def list_questions(listing: ListingQuestions, actor: Actor) -> tuple[Question, ...]:
    """The questions, newest first.

    Raises AccessRefused (on record with each child that would have been listed), StoreUnavailable.
    """
    asked = Asked(actor, PURPOSE, listing.clock.now())
    found = in_order(listing.rows)
    decisions = _decide(listing, asked, found)
    listing.store.keep(tuple(Entry(Stream.access(one.person_id), one.decision_id, one) for one in decisions))
    if any(one.effect != "permitted" for one in decisions):
        raise AccessRefused
    return found


def _decide(listing: ListingQuestions, asked: Asked, found: tuple[Question, ...]) -> tuple[AccessDecided, ...]:
    listed: dict[UUID, int] = {} if found else {NOBODY: 0}  # a list on which nobody stands is looked at too
    for one in found:
        for person_id in (one.person_id, *one.candidates):
            listed[person_id] = listed.get(person_id, 0) + 1
    return tuple(
        decide_listing(QUESTIONS, asked, person_id, listing.clock.new_id(), listed=count, settings=listing.law)
        for person_id, count in listed.items()
    )
