"""An agency says its answer to the MASH, by telephone: somebody there who reads the child's record writes it down."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor, Cited
from contracts.events.requests import InformationAnswered
from contracts.identifiers import Scheme, identifier
from hub.application.answer_request import Made, keep_answer
from hub.application.keep_read import keep_read
from hub.application.open_request import ANSWERED_FOR
from hub.application.ports import History
from hub.application.read_chronology import ATTEMPTS, Reading, read_chronology
from hub.application.stand_to import acting
from hub.domain.chronology import Chronology
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.need_to_know import NOT_LINKED
from hub.domain.requests import ASKING, Request, answered_before, requests
from hub.domain.who_is_meant import has_read

WHAT: Final = "take_down_answer"  # what the record of access calls it


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that another agency owes the reader's an answer to, and the child as the reader was shown it."""

    request: Request
    shown: Chronology


@dataclass(frozen=True, slots=True)
class TakenDown:
    """The same, with the answer as kept."""

    request: Request
    shown: Chronology
    fact: InformationAnswered


def open_to_take_down(reading: Reading, actor: Actor, request_id: UUID, person_id: UUID) -> Pending:
    """The request and the child, read for what the agency was asked for.

    Raises AccessRefused (a request that is not there, that another agency made, or that is answered, and a child from
    whom the actor is kept: all alike, on record), Conflict, StoreUnavailable, WaitsForWitnesses, Unreadable.
    """
    if actor.role not in ASKING:
        raise AccessRefused(on_record=False)
    request = _asked(reading, actor, request_id, reading.store.read_history(person_id), still=True)
    return Pending(request, _read(reading, actor, request))


def take_down_answer(reading: Reading, actor: Actor, made: Made) -> TakenDown:
    """The answer as kept, by whoever wrote it down, once they were shown the child's record.

    The same press once more is the same answer. Raises as the other.
    """
    if actor.role not in ASKING:
        raise AccessRefused(on_record=False)
    store, clock = reading.store, reading.clock
    access = store.read_access(made.person_id)
    for _ in range(ATTEMPTS):
        history = store.read_history(made.person_id)
        before = answered_before(history.facts, actor, made.request_id, made.answer)
        request = _asked(reading, actor, made.request_id, history, still=before is None)
        keep_read(store, clock, actor, ("page", WHAT), ASKING, subjects=(made.person_id,))
        if not has_read(actor, access, request):
            raise AccessRefused
        shown = _read(reading, actor, request)
        try:
            fact = before if not request.is_open and before else keep_answer(reading, actor, made, history.version)
            return TakenDown(request, shown, fact)
        except Conflict:
            continue
    raise Conflict("the history would not hold still")


def _asked(reading: Reading, actor: Actor, request_id: UUID, history: History, *, still: bool) -> Request:
    """What the actor's agency asked of another, and is still owed an answer to. Raises AccessRefused (on record)."""
    bars: tuple[Cited, ...] = acting(reading, actor, ANSWERED_FOR, history.person_id).ruling.bars
    asked = {one.request_id: one for one in requests(history.facts) if one.asked_by == actor.agency != one.source}
    if bars or request_id not in asked or (still and not asked[request_id].is_open):
        keep_read(reading.store, reading.clock, actor, ("page", WHAT), ASKING, kept_from=bars or (NOT_LINKED,))
        raise AccessRefused
    return asked[request_id]


def _read(reading: Reading, actor: Actor, request: Request) -> Chronology:
    return read_chronology(reading, actor, identifier(Scheme.HUB, request.person_id.hex), request.purpose)
