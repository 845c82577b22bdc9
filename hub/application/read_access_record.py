"""An information-governance officer asks who looked at a child; that too is on record before it is shown."""

from dataclasses import dataclass
from uuid import UUID

from contracts.events.hub import AccessDecided, Actor, SearchMade
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.find_person import find_person
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.domain.access import Asked, decide_access_record
from hub.domain.errors import AccessRefused


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """Every decision about one person's chronology, newest first, where each is on record, and what let it be read."""

    person_id: UUID
    decision_id: UUID
    position: int
    decisions: tuple[AccessDecided, ...]
    positions: tuple[int, ...]


def read_access_record(
    store: Store, index: IdentityIndex, clock: Clock, actor: Actor, child: Identifier
) -> AccessRecord:
    """Who asked to see the child, for what, and what was decided.

    Raises AccessRefused (on record; a child who is not there is answered alike), StoreUnavailable, Unreadable.
    """
    asked = Asked(actor, Purpose.AUDIT, clock.now())
    found = find_person(index, child, actor, asked.purpose, asked.at)
    search = _search(clock, found.fact)
    if found.person_id is None:
        store.keep((search,))
        raise AccessRefused
    version = store.history_version(found.person_id)
    decision = decide_access_record(asked, found.person_id, version, clock.new_id())
    kept = store.keep((search, Entry(Stream.access(found.person_id), decision.decision_id, decision)))
    if decision.effect != "permitted":
        raise AccessRefused
    stream = Stream.access(found.person_id)
    facts = zip(store.read_stream(stream), store.positions(stream), strict=False)
    decisions = [(fact, position) for fact, position in facts if isinstance(fact, AccessDecided)][::-1]
    return AccessRecord(
        person_id=found.person_id,
        decision_id=decision.decision_id,
        position=kept.positions[-1],
        decisions=tuple(fact for fact, _ in decisions),
        positions=tuple(position for _, position in decisions),
    )


def _search(clock: Clock, fact: SearchMade) -> Entry:
    search_id = clock.new_id()
    return Entry(Stream.search(search_id), search_id, fact, expected=0)
