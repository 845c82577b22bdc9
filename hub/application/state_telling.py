"""Somebody states that a person was told, or why not yet, or that such a statement was wrong: kept, with the answer.

It is kept in the child's own history, under the version that was read, so that law and chronology read it there.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from consent.packs import LawSettings
from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.telling import TellingStated, TellingUndone
from contracts.identifiers import Identifier
from hub.application.ports import Clock, Entry, History, IdentityIndex, Store, Stream
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.sign_in import name_of
from hub.application.stand_to import Deciding, acting, alarms
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.listing import decide_listing
from hub.domain.need_to_know import stamped
from hub.domain.telling import STATING, asking
from hub.domain.told import NowTold, decide_told, later_words
from hub.domain.unread import NOBODY, of_nobody

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class StatingTelling:
    """What stating needs."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding


def state_telling(stating: StatingTelling, child: Identifier, made: NowTold) -> TellingStated:
    """The statement as kept; one that does not stand says why and changes nothing.

    Raises AccessRefused (on record; a child, report or person who is not there is answered alike), Conflict,
    StoreUnavailable, Unreadable.
    """
    found = _allowed(stating, child, made.actor)
    made = replace(made, called=name_of(stating.store, made.actor))
    for _ in range(ATTEMPTS):
        history = stating.store.read_history(found)
        link = next((one for one in history.standing() if one.report_id == made.report_id), None)
        if link is None:
            raise AccessRefused
        fact = decide_told(made, link, stating.clock.now(), stating.clock.new_id(), stating.law)
        if fact is None:
            raise AccessRefused
        if _kept(stating, history, fact.telling_id, fact):
            return fact
    raise Conflict("the history would not hold still")


def undo_telling(
    stating: StatingTelling, child: Identifier, actor: Actor, telling_id: UUID, reason: str
) -> TellingUndone:
    """The later fact by which a statement stands no more; what stood before it stands again.

    Raises AccessRefused (on record; a statement that is not there, or stands no more, is answered alike), Conflict,
    StoreUnavailable, Unreadable.
    """
    found = _allowed(stating, child, actor)
    for _ in range(ATTEMPTS):
        history = stating.store.read_history(found)
        if all(fact.telling_id != telling_id for fact in later_words(history.facts).values()):
            raise AccessRefused
        now = stating.clock.now()
        fact = TellingUndone(telling_id=telling_id, at=now, person_id=found, actor=actor, reason=reason)
        if _kept(stating, history, stating.clock.new_id(), fact):
            return fact
    raise Conflict("the history would not hold still")


def _allowed(stating: StatingTelling, child: Identifier, actor: Actor) -> UUID:
    """The child, once the look that this takes is decided and on record. Raises AccessRefused."""
    asked = Asked(actor, asking(actor), stating.clock.now())
    found = find_within_budget(stating, child, actor, asked.purpose)
    stands = acting(stating, actor, asked.purpose, found.person_id)
    listed = decide_listing(
        STATING, asked, found.person_id or NOBODY, stating.clock.new_id(), listed=0, settings=stating.law
    )
    decision = stamped(listed, stands.ruling, stands.relations)
    decision = decision if found.person_id is not None else of_nobody(decision)
    access = Entry(Stream.access(decision.person_id), decision.decision_id, decision)
    told = alarms(stands.ruling, actor, stating.clock)
    keep_searched(stating, found, lambda search: stating.store.keep((search, access, *told)))
    if found.person_id is None or decision.effect != "permitted":
        raise AccessRefused
    return found.person_id


def _kept(stating: StatingTelling, history: History, event_id: UUID, fact: Fact) -> bool:
    """Whether it is kept; not where something arrived since the history was read."""
    entry = Entry(Stream.history(history.person_id), event_id, fact, expected=history.version)
    try:
        stating.store.keep((entry,))
    except Conflict:
        return False
    return True
