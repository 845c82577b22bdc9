"""Somebody decides not to share what was asked for: it is answered at once, and on record whatever the answer is.

A child whom the hub does not know is answered alike and the decision is kept alike, so recording one teaches nobody
whether a child is known here.
"""

from dataclasses import dataclass, replace

from consent.packs import LawSettings
from contracts.events.sharing import SharingRefused
from contracts.identifiers import Identifier
from hub.application.find_person import find_person
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.sign_in import name_of
from hub.domain.refusal import NotShared, decide_refusal


@dataclass(frozen=True, slots=True)
class RefusingToShare:
    """What recording a decision not to share needs."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings


def refuse_to_share(refusing: RefusingToShare, made: NotShared, child: Identifier) -> SharingRefused:
    """The decision as kept, with what the law says to it. Raises StoreUnavailable."""
    at = refusing.clock.now()
    found = find_person(refusing.index, child, made.actor, made.purpose, at)
    person_id = found.person_id or refusing.clock.new_id()
    made = replace(made, called=name_of(refusing.store, made.actor))
    fact = decide_refusal(made, person_id, at, refusing.clock.new_id(), refusing.law)
    search_id = refusing.clock.new_id()
    refusing.store.keep(
        (
            Entry(Stream.search(search_id), search_id, found.fact, expected=0),
            Entry(Stream.access(person_id), fact.refusal_id, fact),
        )
    )
    return fact
