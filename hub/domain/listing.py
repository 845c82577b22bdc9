"""Whether somebody may see that a child stands on a list of codes and dates, as a fact to keep for each child on it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from consent.decide import LawSettings, decide
from consent.request import FactsInLaw
from contracts.events.hub import AccessDecided
from contracts.vocabulary import FieldClass, LogOperation, StaffRole
from hub.domain.access import Asked, reading
from hub.domain.findings_kept import cited


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list it is, and whose work it is to look at it."""

    what: Literal["telling", "identity_question"]
    roles: frozenset[StaffRole]


def decide_listing(
    listing: Listing, asked: Asked, person_id: UUID, decision_id: UUID, *, listed: int, settings: LawSettings
) -> AccessDecided:
    """The decision about one child; `listed` is how many lines of the list are about that child."""
    outcome = decide(reading(asked), FactsInLaw(items=()), settings=settings)
    permitted = outcome.permitted and asked.actor.role in listing.roles
    return AccessDecided(
        decision_id=decision_id,
        at=asked.at,
        person_id=person_id,
        actor=asked.actor,
        purpose=asked.purpose,
        operation=LogOperation.CONSULTATION,
        what=listing.what,
        effect="permitted" if permitted else "refused",
        law=outcome.pack,
        grounds=cited(outcome.grounds),
        bars=cited(outcome.bars),
        warnings=cited(outcome.warnings),
        history_version=0,
        items_shown=listed if permitted else 0,
        classes=(FieldClass.ADMINISTRATIVE,) if permitted else (),
        withheld=(),
    )
