"""A child's chronology is opened in an emergency to somebody whose role does not open it: decided, kept, then shown.

No words are asked for, only a reason from a short list. Whose child it is finds it on a list at once (`reviews`), and
somebody other than the reader must look at it within a working day.
"""

from dataclasses import dataclass

from contracts.event import Fact
from contracts.events.access import BreakGlassAsked
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.find_person import Finding
from hub.application.ports import Entry, History, Kept, Stream
from hub.application.read_chronology import ATTEMPTS, Reading, protects, show
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.stand_to import Footing, alarms, footing
from hub.domain.access import Before, Decision
from hub.domain.chronology import Chronology
from hub.domain.emergency import Opening, decide_emergency, is_referred, state_opening, still_open
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.need_to_know import Action, Relation
from hub.domain.told import as_told
from hub.domain.unread import NOBODY, of_nobody


@dataclass(frozen=True, slots=True)
class Opened:
    """What may be seen, and the opening under which: this one, or one of the last hour that still stands."""

    chronology: Chronology
    opening: BreakGlassAsked


def break_glass(reading: Reading, opening: Opening, child: Identifier) -> Opened:
    """What may be seen in this emergency.

    Raises AccessRefused (on record; a child who is not there is answered alike), Conflict, StoreUnavailable (nothing
    could be put on record, so nothing is shown), Unreadable.
    """
    found = find_within_budget(reading, child, opening.actor, Purpose.EMERGENCY)
    for _ in range(ATTEMPTS):
        history = reading.store.read_history(found.person_id or NOBODY)
        # What was refused about nobody in particular lies in one stream and grows; an absent child's is read as empty.
        access = reading.store.read_stream(Stream.access(found.person_id or reading.clock.new_id()))
        more = frozenset({Relation.REFERRED}) if is_referred(opening.actor, access) else frozenset[Relation]()
        asked, places = (Action.EMERGENCY, Purpose.EMERGENCY), (reading.store, reading.index)
        stands = footing(reading.deciding, places, opening.actor, asked, found.person_id, more=more)
        decision, stated = _decide(reading, opening, history, stands)
        told = (
            *_entries(reading, decision, stated, access),
            *alarms(stands.ruling, opening.actor, reading.clock),
        )
        try:
            kept = _keep(reading, found, history, told)
        except Conflict:
            continue
        if not decision.permitted or found.person_id is None:
            raise AccessRefused
        shown = show(reading, history, decision, kept, own_only=False)
        return Opened(shown, still_open(opening.actor, access, opening.at) or stated)
    raise Conflict("the history would not hold still")


def _decide(reading: Reading, opening: Opening, history: History, stands: Footing) -> tuple[Decision, BreakGlassAsked]:
    links = as_told(history.standing(), history.facts)
    before = Before(history.person_id, history.version, links, protects(history))
    by = reading.clock.new_id(), reading.law
    decision = decide_emergency(opening, before, stands.ruling, stands.relations, by=by)
    if not history.linked():
        decision = Decision(of_nobody(decision.fact), {})
    return decision, state_opening(opening, decision.fact, links)


def _keep(reading: Reading, found: Finding, history: History, told: tuple[Entry, ...]) -> Kept:
    seen = ((Stream.history(history.person_id), history.version),)
    return keep_searched(reading, found, lambda search: reading.store.keep((search, *told), seen=seen))


def _entries(
    reading: Reading, decision: Decision, stated: BreakGlassAsked, access: tuple[Fact, ...]
) -> tuple[Entry, ...]:
    """The decision, and the opening, unless one of the last hour stands: then it is read under that."""
    stream = Stream.access(decision.fact.person_id)
    entries = (Entry(stream, decision.fact.decision_id, decision.fact),)
    again = decision.permitted and still_open(stated.actor, access, stated.at) is not None
    return entries if again else (*entries, Entry(stream, reading.clock.new_id(), stated))
