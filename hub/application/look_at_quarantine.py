"""Every look at what was set aside is decided by role and purpose, and on record, before anything is shown or done."""

from dataclasses import dataclass
from uuid import UUID

from consent.decide import LawSettings
from hub.application.ports import Clock, Entry, Store, Stream, StreamKind
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.quarantine_look import Look, decide_look


@dataclass(frozen=True, slots=True)
class Looking:
    """What a look needs."""

    store: Store
    clock: Clock
    law: LawSettings


def keep_look(looking: Looking, asked: Asked, look: Look, items: int) -> UUID:
    """The id of the decision that permits the look, once it is kept.

    Raises AccessRefused (on record all the same), StoreUnavailable.
    """
    decided = decide_look(look, asked, looking.clock.new_id(), items=items, settings=looking.law)
    stream = Stream(StreamKind.SET_ASIDE, f"look {decided.decision_id.hex}")
    looking.store.keep((Entry(stream, decided.decision_id, decided, expected=0),))
    if decided.effect != "permitted":
        raise AccessRefused
    return decided.decision_id
