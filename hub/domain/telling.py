"""Whether somebody may see who is still to be told, or state that somebody was, as facts to keep for each child."""

from contracts.events.hub import Actor
from contracts.vocabulary import Purpose, StaffRole
from hub.domain.listing import Listing

_PURPOSE = {StaffRole.IG_OFFICER: Purpose.AUDIT, StaffRole.MASH_DECISION_MAKER: Purpose.SECTION_17}
TELLING = Listing("telling", frozenset(_PURPOSE))
# Who decides about a child states how it stands with telling; whoever checks looks on, and states nothing.
STATING = Listing("telling", frozenset({StaffRole.MASH_DECISION_MAKER}))


def asking(actor: Actor) -> Purpose | None:
    """The purpose for which this role reads the list; None where the list is not that role's."""
    return _PURPOSE.get(actor.role)
