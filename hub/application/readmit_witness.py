"""Somebody who checks says that a witness which had forgotten what it cosigned counts again; on record first."""

from datetime import datetime
from typing import Literal, Protocol

from contracts.events.hub import Actor
from contracts.events.log import WitnessReadmitted
from contracts.vocabulary import StaffRole
from hub.application.gather_cosignatures import Standing
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import AccessRefused

WHAT = "witness_readmitted"


class Desk(Protocol):
    """Who witnesses the log."""

    def gone_back(self, name: str, now: datetime) -> Standing | None:
        """The witness of that name, if it went back and does not count. Raises StoreUnavailable."""


def readmit_witness(
    store: Store,
    clock: Clock,
    desk: Desk,
    actor: Actor,
    name: str,
    *,
    why: Literal["copy_put_back", "had_not_gone_back"],
) -> WitnessReadmitted:
    """The act as kept; whoever holds the book of witnesses may then ask the witness again.

    Raises AccessRefused (another role, or no such witness that is left out; on record), StoreUnavailable.
    """
    found = desk.gone_back(name, clock.now())
    roles = frozenset({StaffRole.IG_OFFICER}) if found is not None else frozenset[StaffRole]()
    keep_read(store, clock, actor, ("page", WHAT), roles)
    if found is None or found.went_back is None:
        raise AccessRefused
    fact = WitnessReadmitted(at=clock.now(), by=actor, witness=name, key_id=found.key, since=found.went_back, why=why)
    store.keep((Entry(Stream.log(), clock.new_id(), fact),))
    return fact
