"""A child's chronology is put on paper for somebody: on record, with a copy number, before any of it is opened."""

from dataclasses import dataclass, replace

from contracts.events.printing import PrintDecided
from contracts.identifiers import Identifier
from hub.application.find_person import Finding
from hub.application.permit import Act
from hub.application.ports import Entry, History, Kept, Stream
from hub.application.read_chronology import (
    ATTEMPTS,
    Reading,
    keep_refusal,
    protects,
    refusal_entries,
    refusal_unread,
    show,
)
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.stand_to import Footing, footing
from hub.domain.access import Asked, Before, decide_chronology
from hub.domain.chronology import Chronology
from hub.domain.errors import AccessRefused, AlreadyKept, Conflict
from hub.domain.minimised import places_in
from hub.domain.need_to_know import WORKS_WITH, Action, stamped
from hub.domain.printing import PrintDecision, Printing, copies_made, decide_print, without_places
from hub.domain.told import as_told


@dataclass(frozen=True, slots=True)
class Printed:
    """What is on the paper, and what is on record of it."""

    chronology: Chronology
    stated: PrintDecided


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """What is on record of a document that this recipient may not have; whoever asked may read the child."""

    stated: PrintDecided


def print_chronology(reading: Reading, asked: Printing, child: Identifier) -> Printed | NotPrinted:
    """What may be put on paper, once that is on record; or why this recipient may not have it.

    Raises AccessRefused (on record; a child who is not there is answered alike), Conflict, StoreUnavailable (nothing
    could be put on record, so nothing is made), WaitsForWitnesses, Unreadable.
    """
    found = find_within_budget(reading, child, asked.actor, asked.purpose)
    places, wanted = (reading.store, reading.index), (Action.PRINT, asked.purpose)
    stands = footing(reading.deciding, places, asked.actor, wanted, found.person_id)
    look = Asked(asked.actor, asked.purpose, asked.at, assigned=bool(stands.relations & WORKS_WITH))
    refusal = refusal_unread(reading, look, found, stands)
    if refusal is not None or found.person_id is None:
        keep_refusal(reading, found, refusal_entries(reading, refusal, stands))
        raise AccessRefused
    for _ in range(ATTEMPTS):
        history = reading.store.read_history(found.person_id)
        access_facts = reading.store.read_stream(Stream.access(found.person_id))
        decided = _decide(reading, (asked, look, stands), history, copies_made(access_facts))
        try:
            kept = _keep(reading, found, history, decided, len(access_facts))
        except (Conflict, AlreadyKept):
            continue
        if not decided.may_read:
            raise AccessRefused
        return _printed(reading, history, decided, kept)
    raise Conflict("the history would not hold still")


def _decide(reading: Reading, asked: tuple[Printing, Asked, Footing], history: History, earlier: int) -> PrintDecision:
    printing, look, stands = asked
    links = as_told(history.standing(), history.facts)
    before = Before(history.person_id, history.version, links, protects(history))
    read = decide_chronology(look, before, reading.clock.new_id(), reading.law)
    may_read = replace(read, fact=stamped(read.fact, stands.ruling, stands.relations))
    return decide_print(printing, before, may_read, earlier, reading.law)


def _keep(reading: Reading, found: Finding, history: History, decided: PrintDecision, looks: int) -> Kept:
    """Both facts in one write. Raises Conflict, AlreadyKept: somebody else may have taken the number meanwhile."""
    stream = Stream.access(history.person_id)
    fact = decided.access.fact
    entries = (
        Entry(stream, fact.decision_id, fact, expected=looks),
        Entry(stream, reading.clock.new_id(), decided.stated),
    )
    seen = ((Stream.history(history.person_id), history.version),)
    return keep_searched(reading, found, lambda search: reading.store.keep((search, *entries), seen=seen))


def _printed(reading: Reading, history: History, decided: PrintDecision, kept: Kept) -> Printed | NotPrinted:
    if not decided.access.permitted:
        return NotPrinted(decided.stated)
    shown = show(reading, history, decided.access, kept, own_only=False, act=Act.PRINT)
    if protects(history):
        opened = reading.store.open_reports(history, kept.permit, Act.PRINT)
        shown = without_places(shown, tuple(place for one in opened for place in places_in(one.report)))
    return Printed(shown, decided.stated)
