"""An agency sees what it was asked, and answers: one press turns an empty lane into what the agency says it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.requests import Answer, InformationAnswered
from contracts.strict_json import Json
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.requests import ANSWERING, ASKING, Request, requests
from hub.views.requests import open_requests

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """The answer to one request about one child; `due_by` where more time is asked for, `reason` where it cannot."""

    request_id: UUID
    person_id: UUID
    answer: Answer
    reason: str | None = None
    due_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """The requests that an agency owes an answer to, and those to which others owe it one; first due first."""

    by_us: tuple[Request, ...]
    to_us: tuple[Request, ...]


def list_requests(store: Store, clock: Clock, actor: Actor, rows: Iterable[dict[str, Json]]) -> Owed:
    """What the actor's agency and others still owe an answer to. Raises AccessRefused (on record), StoreUnavailable."""
    still = open_requests(rows)
    by_us = tuple(one for one in still if one.source == actor.agency)
    to_us = tuple(one for one in still if one.asked_by == actor.agency and actor.role in ASKING)
    subjects = tuple(dict.fromkeys(one.person_id for one in (*by_us, *to_us)))
    items = len(by_us) + len(to_us)
    keep_read(store, clock, actor, ("list", "requests_to_us"), ANSWERING, items=items, subjects=subjects)
    return Owed(by_us, to_us)


def answer_request(store: Store, clock: Clock, actor: Actor, made: Made) -> InformationAnswered:
    """The answer as kept.

    Raises AccessRefused (a request that is not there, is another agency's or is answered: all alike, on record),
    Conflict, StoreUnavailable.
    """
    keep_read(store, clock, actor, ("page", "answer_request"), ANSWERING, subjects=(made.person_id,))
    for _ in range(ATTEMPTS):
        history = store.read_history(made.person_id)
        owed = {one.request_id for one in requests(history.facts) if one.is_open and one.source == actor.agency}
        if made.request_id not in owed:
            raise AccessRefused
        fact = InformationAnswered(
            answer_id=clock.new_id(),
            request_id=made.request_id,
            at=clock.now(),
            person_id=made.person_id,
            actor=actor,
            answer=made.answer,
            reason=made.reason,
            due_by=made.due_by,
        )
        try:
            store.keep((Entry(Stream.history(made.person_id), fact.answer_id, fact, expected=history.version),))
        except Conflict:
            continue
        return fact
    raise Conflict("the history would not hold still")
