"""A member of staff leaves, or changes role; their live sessions end at their next request."""

from collections.abc import Callable

from contracts.event import Fact
from contracts.events.hub import StaffEnrolled, StaffLeft
from contracts.vocabulary import StaffRole
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.errors import AlreadyKept, Conflict, NotEnrolled, StoreUnavailable

_ATTEMPTS = 20


def leave_staff(store: Store, clock: Clock, subject: str) -> None:
    """Nothing, once whoever signs in under that name may sign in no more. Raises NotEnrolled, StoreUnavailable."""
    _change(
        store,
        clock,
        subject,
        lambda here: StaffLeft(at=clock.now(), issuer=here.actor.issuer, subject=subject),
    )


def change_role(store: Store, clock: Clock, subject: str, role: StaffRole) -> None:
    """Nothing, once they have that role and no other. Raises NotEnrolled, StoreUnavailable."""
    _change(
        store,
        clock,
        subject,
        lambda here: here.model_copy(update={"at": clock.now(), "actor": here.actor.model_copy(update={"role": role})}),
    )


def _change(store: Store, clock: Clock, subject: str, decide: Callable[[StaffEnrolled], Fact]) -> None:
    for _ in range(_ATTEMPTS):
        facts = store.read_stream(Stream.registry())
        here = registry.staff(facts).get(subject)
        if here is None:
            raise NotEnrolled("staff")
        try:
            store.keep((Entry(Stream.registry(), clock.new_id(), decide(here), expected=len(facts)),))
        except (Conflict, AlreadyKept):
            continue  # something was added to the registry meanwhile, perhaps about them: read and decide again
        return
    raise StoreUnavailable("contention")
