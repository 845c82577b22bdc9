"""Who may sign in here, in which role, for which agency and in which teams; on record before it is shown."""

from dataclasses import dataclass
from typing import Final

from contracts.events.hub import Actor, StaffEnrolled
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Store, Stream
from hub.domain import registry
from hub.domain.known_of_staff import known_of

ROLES: Final = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})


@dataclass(frozen=True, slots=True)
class OneOfStaff:
    """A member of staff who may sign in, and the teams that they are in, by name."""

    enrolled: StaffEnrolled
    teams: tuple[str, ...]


def list_staff(store: Store, clock: Clock, actor: Actor) -> tuple[OneOfStaff, ...]:
    """Everybody who may sign in, by sign-in name; what ties somebody to a child is never shown.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    facts = store.read_stream(Stream.registry())
    enrolled = tuple(one for _, one in sorted(registry.staff(facts).items()))
    keep_read(store, clock, actor, ("list", "staff"), ROLES, items=len(enrolled))
    return tuple(OneOfStaff(one, tuple(sorted(known_of(one.actor, facts).teams))) for one in enrolled)
