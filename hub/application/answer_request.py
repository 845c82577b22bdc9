"""An agency sees what it was asked, and answers: one press turns an empty lane into what the agency says it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.requests import Answer, InformationAnswered
from contracts.strict_json import Json
from hub.application.keep_read import keep_read
from hub.application.open_request import ANSWERED_FOR, see_who
from hub.application.ports import Entry, History, Stream
from hub.application.read_chronology import Reading
from hub.application.search_budget import Searching
from hub.application.stand_to import acting, each_acting
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.requests import ANSWERING, ASKING, Request, answered_before, owed_by, requests
from hub.domain.who_is_meant import NOT_TOLD, Meant, has_seen
from hub.views.requests import open_requests

ATTEMPTS = 5
SAYS_NOTHING_OF_THE_CHILD: Final = frozenset({"more_time", "cannot_share"})


@dataclass(frozen=True, slots=True)
class Made:
    """The answer to one request about one child; `due_by` where more time is asked for, `reason` where it cannot."""

    request_id: UUID
    person_id: UUID
    answer: Answer
    reason: str | None = None
    due_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A request, its answer as kept, and who it is about; NOT_TOLD where whoever answered was not told."""

    request: Request
    fact: InformationAnswered
    who: Meant


@dataclass(frozen=True, slots=True)
class Owed:
    """The requests that an agency owes an answer to, and those to which others owe it one; first due first."""

    by_us: tuple[Request, ...]
    to_us: tuple[Request, ...]


def list_requests(asking: Searching, actor: Actor, rows: Iterable[dict[str, Json]]) -> Owed:
    """What the actor's agency and others still owe an answer to, less what is about a child they are kept from.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    still = tuple(one for one in open_requests(rows) if actor.agency in (one.source, one.asked_by))
    stands = each_acting(asking, actor, ANSWERED_FOR, (one.person_id for one in still))
    unjudged = next((one.ruling.bars for one in stands.values() if one.ruling.alarm), ())
    still = tuple(one for one in still if stands[one.person_id].ruling.permitted)
    by_us = tuple(one for one in still if one.source == actor.agency)
    to_us = tuple(one for one in still if one.asked_by == actor.agency and actor.role in ASKING)
    subjects = tuple(dict.fromkeys(one.person_id for one in (*by_us, *to_us)))
    items = len(by_us) + len(to_us)
    store, clock, what = asking.store, asking.clock, "requests_to_us"
    keep_read(store, clock, actor, ("list", what), ANSWERING, items=items, subjects=subjects, kept_from=unjudged)
    return Owed(by_us, to_us)


def answer_request(reading: Reading, actor: Actor, made: Made) -> Answered:
    """The answer as kept, with who it is about: to show that is a look, and stands beside the answer.

    The same press once more is the same answer. Raises AccessRefused (a request that is not there, is another agency's,
    is answered, or is about a child from whom the actor is kept, whom they were not shown, or whom the hub may name to
    nobody: all alike, on record), Conflict, StoreUnavailable, WaitsForWitnesses, Unreadable.
    """
    store, clock = reading.store, reading.clock
    bars = acting(reading, actor, ANSWERED_FOR, made.person_id).ruling.bars
    what, subjects = "answer_request", (made.person_id,)
    keep_read(store, clock, actor, ("page", what), ANSWERING, subjects=subjects, kept_from=bars)
    access = store.read_access(made.person_id)
    for _ in range(ATTEMPTS):
        history = store.read_history(made.person_id)
        request = next((one for one in owed_by(actor.agency, history.facts) if one.request_id == made.request_id), None)
        if request is None:
            return _answered_before(history, actor, made)
        try:
            who = see_who(reading, actor, history, request) if has_seen(actor, access, request) else NOT_TOLD
            if made.answer not in SAYS_NOTHING_OF_THE_CHILD and not who.is_told:
                raise AccessRefused
            return Answered(request, keep_answer(reading, actor, made, history.version), who)
        except Conflict:
            continue
    raise Conflict("the history would not hold still")


def _answered_before(history: History, actor: Actor, made: Made) -> Answered:
    """The same press once more: what it did stands, and who is meant is told no more. Raises AccessRefused."""
    fact = answered_before(history.facts, actor, made.request_id, made.answer)
    request = next((one for one in requests(history.facts) if one.request_id == made.request_id), None)
    if fact is None or request is None or request.source != actor.agency:
        raise AccessRefused
    return Answered(request, fact, NOT_TOLD)


def keep_answer(reading: Reading, actor: Actor, made: Made, version: int) -> InformationAnswered:
    """The answer, kept at the version of the history that was read. Raises Conflict, StoreUnavailable."""
    fact = InformationAnswered(
        answer_id=reading.clock.new_id(),
        request_id=made.request_id,
        at=reading.clock.now(),
        person_id=made.person_id,
        actor=actor,
        answer=made.answer,
        reason=made.reason,
        due_by=made.due_by,
    )
    reading.store.keep((Entry(Stream.history(made.person_id), fact.answer_id, fact, expected=version),))
    return fact
