"""An information-governance officer asks why a kept decision came out as it did; the asking is on record first."""

from dataclasses import dataclass
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.events.sharing import DisclosureDecided, SharingRefused
from contracts.vocabulary import Purpose
from hub.application.kept_rows import KeptRows
from hub.application.ports import Clock, Entry, History, IdentityIndex, Store, Stream
from hub.application.read_chronology import protects
from hub.application.stand_to import Deciding, acting, alarms
from hub.domain.access import Asked, Before
from hub.domain.decision_note import note_of
from hub.domain.errors import AccessRefused
from hub.domain.need_to_know import stamped
from hub.domain.share_note import refusal_note, share_note
from hub.domain.told import as_told
from hub.domain.unopened import decide_access_record
from hub.domain.unread import NOBODY

BATCH = 500


@dataclass(frozen=True, slots=True)
class Explaining:
    """What explaining needs; `rows` is the store in its one order, in which the decision is looked for."""

    store: Store
    rows: KeptRows
    clock: Clock
    law: LawSettings
    index: IdentityIndex
    deciding: Deciding


def explain_decision(explaining: Explaining, actor: Actor, decision_id: UUID) -> str:
    """The note on the decision.

    Raises AccessRefused (on record with the child, or with nobody: both are answered alike; so is whoever is kept from
    the child), StoreUnavailable, Unreadable.
    """
    kept = _find(explaining, decision_id)
    person_id = kept.person_id if kept is not None else NOBODY
    history = explaining.store.read_history(person_id)
    asked = Asked(actor, Purpose.AUDIT, explaining.clock.now())
    stands = acting(explaining, actor, asked.purpose, kept.person_id if kept is not None else None)
    own = decide_access_record(asked, person_id, history.version, explaining.clock.new_id())
    decision = stamped(own, stands.ruling, stands.relations)
    told = alarms(stands.ruling, actor, explaining.clock)
    explaining.store.keep((Entry(Stream.access(person_id), decision.decision_id, decision), *told))
    if decision.effect != "permitted" or kept is None:
        raise AccessRefused
    if isinstance(kept, DisclosureDecided):
        return share_note(kept)
    if isinstance(kept, SharingRefused):
        return refusal_note(kept)
    then = as_it_stood(history, kept.history_version)
    links = as_told(then.standing(kept.as_known_on), then.facts, kept.as_known_on)
    stood = Before(then.person_id, then.version, links, protects(then))
    return note_of(kept, stood, explaining.law)


def as_it_stood(history: History, version: int) -> History:
    """The history as it was at an earlier version: reports and facts are numbered together, from 1."""
    sealed = tuple(one for one in history.sealed if one.version <= version)
    return History(history.person_id, version, history.facts[: version - len(sealed)], sealed)


def _find(explaining: Explaining, decision_id: UUID) -> AccessDecided | DisclosureDecided | SharingRefused | None:
    position = 0
    while batch := explaining.rows.rows_after(position, BATCH):
        for row in batch:
            fact = explaining.rows.open_row(row)
            if isinstance(fact, AccessDecided | DisclosureDecided | SharingRefused) and _id(fact) == decision_id:
                return fact
        position = batch[-1].position
    return None


def _id(fact: AccessDecided | DisclosureDecided | SharingRefused) -> UUID:
    match fact:
        case AccessDecided():
            return fact.decision_id
        case DisclosureDecided():
            return fact.disclosure_id
        case SharingRefused():
            return fact.refusal_id
