"""Which records may be of one child or of two; the look is on record for each child listed before it is shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.strict_json import Json
from hub.application.move_report import is_known
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.stand_to import Deciding, Footing, alarms, each_acting
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.listing import decide_listing
from hub.domain.need_to_know import stamped
from hub.domain.questions_list import PURPOSE, QUESTIONS
from hub.domain.unread import NOBODY
from hub.views.questions import Question, in_order


@dataclass(frozen=True, slots=True)
class ListingQuestions:
    """What the list needs. `rows` are those of the questions view."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding
    rows: Iterable[dict[str, Json]]


def list_questions(listing: ListingQuestions, actor: Actor) -> tuple[Question, ...]:
    """The questions, newest first, less those about a child from whom the reader is kept.

    Raises AccessRefused (on record with each child that would have been listed), StoreUnavailable,
    Unreadable.
    """
    asked = Asked(actor, PURPOSE, listing.clock.now())
    asked_of = (_less_erased(listing.index, one) for one in in_order(listing.rows))
    found = tuple(one for one in asked_of if one is not None)
    stands = each_acting(listing, actor, asked.purpose, _people(found))
    shown = tuple(one for one in found if all(stands[each].ruling.permitted for each in _people((one,))))
    decisions = _decide(listing, asked, shown, stands)
    told = next((alarms(one.ruling, actor, listing.clock) for one in stands.values() if one.ruling.alarm), ())
    kept = tuple(
        Entry(Stream.access(one.person_id), one.decision_id, _stamped(one, stands[one.person_id])) for one in decisions
    )
    listing.store.keep((*kept, *told))
    if told or any(one.effect != "permitted" for one in decisions):
        raise AccessRefused
    return shown


def _less_erased(index: IdentityIndex, question: Question) -> Question | None:
    """The question, less those who were erased since it came up; None where nobody is left to ask about."""
    left = tuple(one for one in question.candidates if is_known(index, one))
    are_there = is_known(index, question.person_id) and bool(left or not question.candidates)
    return replace(question, candidates=left) if are_there else None


def _decide(
    listing: ListingQuestions, asked: Asked, shown: tuple[Question, ...], stands: Mapping[UUID, Footing]
) -> tuple[AccessDecided, ...]:
    """One about each child listed, and about each who is left out because the reader is kept from them."""
    counts = Counter(_people(shown))
    people = (*counts, *(one for one, each in stands.items() if not each.ruling.permitted or one == NOBODY))
    law = listing.law
    return tuple(
        decide_listing(QUESTIONS, asked, person_id, listing.clock.new_id(), listed=counts[person_id], settings=law)
        for person_id in people
    )


def _stamped(fact: AccessDecided, stands: Footing) -> AccessDecided:
    return stamped(fact, stands.ruling, stands.relations)


def _people(found: tuple[Question, ...]) -> tuple[UUID, ...]:
    """Whoever each question is about; one who is in several, so often."""
    return tuple(person_id for one in found for person_id in (one.person_id, *one.candidates))
