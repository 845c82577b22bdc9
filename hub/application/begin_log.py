"""When a year is over, or a key is no longer to be trusted, the sealed log goes on under a new origin and a new key."""

from typing import Literal

from contracts.events.log import LogBegun
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import Conflict


def begin_log(store: Store, clock: Clock, origin: str, cause: Literal["year", "key_lost"]) -> bool:
    """Whether it was put on record now; not when it stands there already. Raises StoreUnavailable.

    The log itself goes on under the new origin when this row is sealed, so that no row before it is sealed there.
    """
    facts = store.read_stream(Stream.log())
    if any(isinstance(fact, LogBegun) and fact.origin == origin for fact in facts):
        return False
    fact = LogBegun(at=clock.now(), origin=origin, cause=cause)
    try:
        store.keep((Entry(Stream.log(), clock.new_id(), fact, expected=len(facts)),))
    except Conflict:
        return False
    return True
