"""Agencies are asked what they hold on a child whose record the asker was just shown; each request is a fact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.requests import InformationRequested, Wanted
from contracts.vocabulary import Purpose
from hub.application.ports import Clock, Entry, Store, Stream
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


def ask_agencies(
    store: Store, clock: Clock, actor: Actor, person_id: UUID, to_ask: ToAsk
) -> tuple[InformationRequested, ...]:
    """The requests as kept; an agency that already owes an answer is not asked again.

    Raises AccessRefused (the look that led here is on record), Conflict, StoreUnavailable.
    """
    if actor.role not in ASKING:
        raise AccessRefused(on_record=False)
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
