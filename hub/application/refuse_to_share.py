"""Somebody decides not to share what was asked for: it is answered at once, and on record whatever the answer is.

A child whom the hub does not know is answered alike and the decision is kept alike, so recording one teaches nobody
whether a child is known here.
"""

from dataclasses import dataclass, replace

from consent.packs import LawSettings
from contracts.events.sharing import SharingRefused
from contracts.identifiers import Identifier
from hub.application.find_person import Finding, find_person
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.sign_in import name_of
from hub.application.stand_to import Deciding, Footing, acting, alarms
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.need_to_know import stamped
from hub.domain.refusal import NotShared, decide_refusal
from hub.domain.unread import NOBODY, decided_unread


@dataclass(frozen=True, slots=True)
class RefusingToShare:
    """What recording a decision not to share needs."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding


def refuse_to_share(refusing: RefusingToShare, made: NotShared, child: Identifier) -> SharingRefused:
    """The decision as kept, with what the law says to it.

    Raises AccessRefused (on record: who made it is kept from the child, whether or not the hub knows of one),
    StoreUnavailable, Unreadable.
    """
    at = refusing.clock.now()
    found = find_person(refusing.index, child, made.actor, made.purpose, at)
    stands = acting(refusing, made.actor, made.purpose, found.person_id, child)
    search_id = refusing.clock.new_id()
    search = Entry(Stream.search(search_id), search_id, found.fact, expected=0)
    if not stands.ruling.permitted:
        told = alarms(stands.ruling, made.actor, refusing.clock)
        refusing.store.keep((search, _kept_away(refusing, made, found, stands), *told))
        raise AccessRefused
    person_id = found.person_id or refusing.clock.new_id()
    made = replace(made, called=name_of(refusing.store, made.actor))
    fact = decide_refusal(made, person_id, at, refusing.clock.new_id(), refusing.law)
    refusing.store.keep((search, Entry(Stream.access(person_id), fact.refusal_id, fact)))
    return fact


def _kept_away(refusing: RefusingToShare, made: NotShared, found: Finding, stands: Footing) -> Entry:
    """That somebody was kept from deciding, in place of what they decided."""
    person_id, decision_id = found.person_id or NOBODY, refusing.clock.new_id()
    asked = Asked(made.actor, made.purpose, found.fact.at)
    version = refusing.store.history_version(person_id)
    unread = decided_unread(asked, person_id, version, decision_id, refusing.law)
    fact = stamped(unread.model_copy(update={"what": "shares"}), stands.ruling, stands.relations)
    return Entry(Stream.access(person_id), decision_id, fact)
