"""Somebody opens one request to their agency and sees which child it is about: decided, kept, and only then shown."""

from dataclasses import dataclass
from typing import Final, Never
from uuid import UUID

from contracts.events.hub import Actor
from contracts.vocabulary import Purpose
from hub.application.keep_read import keep_read
from hub.application.open_shielded import open_shielded
from hub.application.permit import Act
from hub.application.ports import Entry, History, Kept, Stream
from hub.application.read_chronology import ATTEMPTS, Reading, protects
from hub.application.stand_to import acting, footing
from hub.domain.access import Asked, Before, Decision
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.need_to_know import NOT_LINKED, Action, Relation, stamped
from hub.domain.requests import ANSWERING, Request, owed_by
from hub.domain.told import as_told
from hub.domain.who_is_meant import MEANT, NOT_TOLD, Meant, decide_meant, keeps_place_shut, meant

ANSWERED_FOR: Final = Purpose.SECTION_17  # what the request itself was for is read only once its reader may act


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """A request that waits for the reader's agency, who is meant, and whether they may read the chronology besides."""

    request: Request
    meant: Meant
    may_read: bool


def open_request(reading: Reading, actor: Actor, request_id: UUID, person_id: UUID) -> OpenedRequest:
    """The request with who is meant; with nobody, on record, where the law leaves it to the MASH to say that.

    Raises AccessRefused (a request that is not there, is another agency's, is answered, or is about a child from whom
    the actor is kept: all alike, on record), Conflict, StoreUnavailable (nothing could be put on record, so nothing is
    shown), WaitsForWitnesses, Unreadable.
    """
    for _ in range(ATTEMPTS):
        history = reading.store.read_history(person_id)
        request = next((one for one in owed_by(actor.agency, history.facts) if one.request_id == request_id), None)
        if request is None:
            _refuse(reading, actor, person_id)
        try:
            who = see_who(reading, actor, history, request)
        except Conflict:
            continue
        read = acting(reading, actor, request.purpose, person_id, action=Action.READ)
        return OpenedRequest(request, who, read.ruling.permitted)
    raise Conflict("the history would not hold still")


def see_who(reading: Reading, actor: Actor, history: History, request: Request) -> Meant:
    """Who a request that the reader's agency owes an answer to is about, once that look is kept; NOT_TOLD: nobody may.

    Raises AccessRefused (on record), Conflict, StoreUnavailable, WaitsForWitnesses, Unreadable.
    """
    decision = _decide(reading, actor, history, request)
    entry = Entry(Stream.access(history.person_id), decision.fact.decision_id, decision.fact)
    kept = reading.store.keep((entry,), seen=((Stream.history(history.person_id), history.version),))
    return _meant(reading, history, decision, kept) if decision.permitted else NOT_TOLD


def _refuse(reading: Reading, actor: Actor, person_id: UUID) -> Never:
    """There is no such request: by the same look-ups as where there is one. Raises AccessRefused (on record)."""
    places, asked_of = (reading.store, reading.index), (Action.MEANT, ANSWERED_FOR)
    bars = footing(reading.deciding, places, actor, asked_of, person_id).ruling.bars or (NOT_LINKED,)
    keep_read(reading.store, reading.clock, actor, ("page", MEANT), ANSWERING, kept_from=bars)
    raise AccessRefused


def _decide(reading: Reading, actor: Actor, history: History, request: Request) -> Decision:
    """The decision to keep. Raises AccessRefused (on record)."""
    purpose, places = request.purpose, (reading.store, reading.index)
    more, asked_of = frozenset({Relation.ASKED}), (Action.MEANT, purpose)
    stands = footing(reading.deciding, places, actor, asked_of, history.person_id, more=more)
    if bars := stands.ruling.bars:
        keep_read(reading.store, reading.clock, actor, ("page", MEANT), ANSWERING, kept_from=bars)
    links = as_told(history.standing(), history.facts)
    before = Before(history.person_id, history.version, links, protects(history))
    asked = Asked(actor, purpose, reading.clock.now())
    decision = decide_meant(asked, before, history.linked(), reading.clock.new_id(), reading.law)
    fact = stamped(decision.fact, stands.ruling, stands.relations)
    return Decision(fact, decision.shown)


def _meant(reading: Reading, history: History, decision: Decision, kept: Kept) -> Meant:
    """Who it is, by what the decision lets through of each report, now that it is kept."""
    wanted = frozenset(decision.shown)
    opened = open_shielded((reading.store, reading.index), history, kept.permit, Act.SHOW, wanted)
    found = tuple((one.report, one.linked, decision.shown[one.linked.report_id]) for one in opened)
    shut = keeps_place_shut(history.linked(), protected=protects(history))
    return meant(found, decision.fact.actor.agency, shut=shut)
