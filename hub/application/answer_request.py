"""An agency sees what it was asked, and answers: one press turns an empty lane into what the agency says it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.requests import Answer, InformationAnswered
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.keep_read import keep_read
from hub.application.ports import Entry, Store, Stream
from hub.application.search_budget import Searching
from hub.application.stand_to import acting, each_acting
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.requests import ANSWERING, ASKING, Request, owed_by
from hub.domain.who_is_meant import has_seen
from hub.views.requests import open_requests

ATTEMPTS = 5
SAYS_NOTHING_OF_THE_CHILD: Final = frozenset({"more_time", "cannot_share"})
ANSWERED_FOR = Purpose.SECTION_17  # what the request itself was for is read only once its reader may act


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


def answer_request(asking: Searching, actor: Actor, made: Made) -> InformationAnswered:
    """The answer as kept.

    Raises AccessRefused (a request that is not there, is another agency's, is answered, or is about a child from whom
    the actor is kept, or whom they were not shown: all alike, on record), Conflict, StoreUnavailable, Unreadable.
    """
    store, clock = asking.store, asking.clock
    bars = acting(asking, actor, ANSWERED_FOR, made.person_id).ruling.bars
    what, subjects = "answer_request", (made.person_id,)
    keep_read(store, clock, actor, ("page", what), ANSWERING, subjects=subjects, kept_from=bars)
    for _ in range(ATTEMPTS):
        history = store.read_history(made.person_id)
        owed = {one.request_id: one for one in owed_by(actor.agency, history.facts)}
        if made.request_id not in owed or not _may_say(store, actor, made, owed[made.request_id]):
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


def _may_say(store: Store, actor: Actor, made: Made, request: Request) -> bool:
    """Whether who answers was shown which child is meant, or says nothing of the child."""
    if made.answer in SAYS_NOTHING_OF_THE_CHILD:
        return True
    return has_seen(actor, store.read_access(made.person_id), request)
