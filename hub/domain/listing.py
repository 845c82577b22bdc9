"""Whether somebody may see that a child stands on a list of codes and dates, as a fact to keep for each child on it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided
from contracts.vocabulary import FieldClass, LogOperation, StaffRole
from hub.domain.access import Asked
from hub.domain.unopened import Unopened, decide_unopened


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list it is, and whose work it is to look at it."""

    what: Literal["telling", "identity_question"]
    roles: frozenset[StaffRole]


def decide_listing(
    listing: Listing, asked: Asked, person_id: UUID, decision_id: UUID, *, listed: int, settings: LawSettings
) -> AccessDecided:
    """The decision about one child; `listed` is how many lines of the list are about that child."""
    looking = Unopened(listing.what, LogOperation.CONSULTATION, FieldClass.ADMINISTRATIVE, items=listed)
    theirs = asked.actor.role in listing.roles
    return decide_unopened(looking, asked, (person_id, 0), decision_id, settings, theirs=theirs)
