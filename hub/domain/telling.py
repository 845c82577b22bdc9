"""Whether somebody may see who is still to be told, as facts to keep: one for each child on the list."""

from contracts.events.hub import Actor
from contracts.vocabulary import Purpose, StaffRole
from hub.domain.listing import Listing

_PURPOSE = {StaffRole.IG_OFFICER: Purpose.AUDIT, StaffRole.MASH_DECISION_MAKER: Purpose.SECTION_17}
TELLING = Listing("telling", frozenset(_PURPOSE))


def asking(actor: Actor) -> Purpose | None:
    """The purpose for which this role reads the list; None where the list is not that role's."""
    return _PURPOSE.get(actor.role)
