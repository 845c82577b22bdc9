"""An information-governance officer asks why a kept decision came out as it did; the asking is on record first."""

from dataclasses import dataclass
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.vocabulary import Purpose
from hub.application.kept_rows import KeptRows
from hub.application.ports import Clock, Entry, History, Store, Stream
from hub.application.read_chronology import protects
from hub.domain.access import Asked, Before, decide_access_record
from hub.domain.decision_note import note_of
from hub.domain.errors import AccessRefused

BATCH = 500


@dataclass(frozen=True, slots=True)
class Explaining:
    """What explaining needs; `rows` is the store in its one order, in which the decision is looked for."""

    store: Store
    rows: KeptRows
    clock: Clock
    law: LawSettings


def explain_decision(explaining: Explaining, actor: Actor, decision_id: UUID) -> str:
    """The note on the decision.

    Raises AccessRefused (on record with the child; a decision that is not there is answered alike), StoreUnavailable,
    Unreadable.
    """
    kept = _find(explaining, decision_id)
    if kept is None:
        raise AccessRefused
    history = explaining.store.read_history(kept.person_id)
    asked = Asked(actor, Purpose.AUDIT, explaining.clock.now())
    decision = decide_access_record(asked, kept.person_id, history.version, explaining.clock.new_id())
    explaining.store.keep((Entry(Stream.access(kept.person_id), decision.decision_id, decision),))
    if decision.effect != "permitted":
        raise AccessRefused
    then = as_it_stood(history, kept.history_version)
    stood = Before(then.person_id, then.version, then.standing(kept.as_known_on), protects(then))
    return note_of(kept, stood, explaining.law)


def as_it_stood(history: History, version: int) -> History:
    """The history as it was at an earlier version: reports and facts are numbered together, from 1."""
    sealed = tuple(one for one in history.sealed if one.version <= version)
    return History(history.person_id, version, history.facts[: version - len(sealed)], sealed)


def _find(explaining: Explaining, decision_id: UUID) -> AccessDecided | None:
    position = 0
    while batch := explaining.rows.rows_after(position, BATCH):
        for row in batch:
            fact = explaining.rows.open_row(row)
            if isinstance(fact, AccessDecided) and fact.decision_id == decision_id:
                return fact
        position = batch[-1].position
    return None
