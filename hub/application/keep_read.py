"""A look at what is about no one child: a list, a count, a page of another role. It is on record all the same."""

from typing import Final, Literal
from uuid import UUID

from contracts.events.access import ReadDecided
from contracts.events.hub import Actor, Cited
from contracts.vocabulary import Purpose, StaffRole
from hub.application.ports import Clock, Entry, Store, Stream, StreamKind
from hub.domain.errors import AccessRefused

_OF_ROLE: Final = Cited(
    rule="page-of-role",
    citation="UK GDPR Art 5(1)(f), Art 25, Art 32(4); DPA 2018 s57",
    says="Each list and page belongs to the roles whose work it is.",
)


def keep_read(
    store: Store,
    clock: Clock,
    actor: Actor,
    what: tuple[Literal["list", "count", "page"], str],
    roles: frozenset[StaffRole],
    *,
    items: int = 0,
    subjects: tuple[UUID, ...] = (),
    kept_from: tuple[Cited, ...] = (),
) -> None:
    """Nothing, once the look is on record and the role may have it; `what` is its kind and code.

    `items` is how many lines it has, `subjects` who is on them; `kept_from`, why the reader is kept from one of them.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    kind, code = what
    bars = kept_from if actor.role in roles else (_OF_ROLE,)
    permitted = not bars
    decided = ReadDecided(
        decision_id=clock.new_id(),
        at=clock.now(),
        actor=actor,
        purpose=Purpose.AUDIT if actor.role is StaffRole.IG_OFFICER else None,
        kind=kind,
        what=code,
        effect="permitted" if permitted else "refused",
        law="",
        grounds=(_OF_ROLE,) if permitted else (),
        bars=bars,
        items=items if permitted else 0,
        subjects=subjects if permitted else (),
    )
    stream = Stream(StreamKind.READ, decided.decision_id.hex)
    store.keep((Entry(stream, decided.decision_id, decided, expected=0),))
    if not permitted:
        raise AccessRefused
