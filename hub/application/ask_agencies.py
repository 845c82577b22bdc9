"""Agencies are asked what they hold on a child whose record the asker was just shown; each request is a fact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.requests import InformationRequested, Wanted
from contracts.vocabulary import Purpose
from hub.application.keep_read import keep_read
from hub.application.ports import Entry, Stream
from hub.application.search_budget import Searching
from hub.application.stand_to import acting
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.requests import ASKING, requests

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Which agencies (sources), for what purpose, what is wanted, by when (UTC)."""

    agencies: tuple[str, ...]
    purpose: Purpose
    wanted: tuple[Wanted, ...]
    due_by: datetime


def ask_agencies(asking: Searching, actor: Actor, person_id: UUID, to_ask: ToAsk) -> tuple[InformationRequested, ...]:
    """The requests as kept; an agency that already owes an answer is not asked again.

    Raises AccessRefused (the look that led here is on record, and that somebody is kept from the child), Conflict,
    StoreUnavailable, Unreadable.
    """
    if actor.role not in ASKING:
        raise AccessRefused(on_record=False)
    store, clock = asking.store, asking.clock
    _check(asking, actor, person_id, to_ask.purpose)
    for _ in range(ATTEMPTS):
        history = store.read_history(person_id)
        asked = {one.source for one in requests(history.facts) if one.is_open}
        now = clock.now()
        facts = tuple(
            InformationRequested(
                request_id=clock.new_id(),
                at=now,
                person_id=person_id,
                actor=actor,
                agency=agency,
                purpose=to_ask.purpose,
                wanted=to_ask.wanted,
                due_by=to_ask.due_by,
            )
            for agency in to_ask.agencies
            if agency not in asked
        )
        stream = Stream.history(person_id)
        entries = tuple(Entry(stream, one.request_id, one, expected=history.version) for one in facts)
        try:
            store.keep(entries)
        except Conflict:
            continue
        return facts
    raise Conflict("the history would not hold still")


def _check(asking: Searching, actor: Actor, person_id: UUID, purpose: Purpose) -> None:
    """Nothing, where who asks is not kept from the child. Raises AccessRefused (on record)."""
    bars = acting(asking, actor, purpose, person_id).ruling.bars
    if bars:
        what, subjects = "ask_agencies", (person_id,)
        keep_read(asking.store, asking.clock, actor, ("page", what), ASKING, subjects=subjects, kept_from=bars)
