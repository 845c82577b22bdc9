"""The book of how witnesses stand begins on record: so that one which is gone, or another's, is not taken for new."""

from datetime import datetime
from typing import Protocol

from contracts.events.hub import Actor
from contracts.events.log import WitnessesAsked
from contracts.vocabulary import StaffRole
from hub.application.gather_cosignatures import BookTrouble
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import AccessRefused, Conflict

WHAT = "witness_book"


class Desk(Protocol):
    """Who keeps the book, under the policy of now."""

    @property
    def policy_id(self) -> str:
        """Who must cosign, as SHA-256."""

    def trouble(self, now: datetime) -> BookTrouble | None:
        """Why the book is not to be trusted; None where it is. Raises StoreUnavailable."""


def asked(store: Store) -> tuple[WitnessesAsked, ...]:
    """Each time that it was said on record that witnesses are asked. Raises StoreUnavailable, Unreadable."""
    return tuple(fact for fact in store.read_stream(Stream.log()) if isinstance(fact, WitnessesAsked))


def state_asked(store: Store, clock: Clock, policy_id: str) -> None:
    """Put on record that this policy's witnesses are asked, where that was not said last. Raises StoreUnavailable."""
    facts = store.read_stream(Stream.log())
    said = [fact.policy for fact in facts if isinstance(fact, WitnessesAsked)]
    if said[-1:] == [policy_id]:
        return
    fact = WitnessesAsked(at=clock.now(), policy=policy_id, why="policy")
    try:
        store.keep((Entry(Stream.log(), clock.new_id(), fact, expected=len(facts)),))
    except Conflict:
        return  # somebody else kept one meanwhile; it is looked at again


def begin_book(store: Store, clock: Clock, desk: Desk, actor: Actor) -> WitnessesAsked:
    """The act as kept; whoever holds the book may then begin it again.

    Raises AccessRefused (another role, or nothing is wrong with the book; on record), StoreUnavailable.
    """
    why = desk.trouble(clock.now())
    roles = frozenset({StaffRole.IG_OFFICER}) if why is not None else frozenset[StaffRole]()
    keep_read(store, clock, actor, ("page", WHAT), roles)
    if why is None:
        raise AccessRefused
    fact = WitnessesAsked(at=clock.now(), policy=desk.policy_id, why=why, by=actor)
    store.keep((Entry(Stream.log(), clock.new_id(), fact),))
    return fact
