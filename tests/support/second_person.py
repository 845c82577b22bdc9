"""A second person who agrees that somebody opens what takes two."""

from uuid import UUID

from contracts.events.compartment import OpeningAgreed
from contracts.events.hub import Actor
from contracts.identifiers import Identifier
from hub.application.agree_opening import Second, agree_opening
from hub.application.open_apart import OpeningApart, open_apart
from hub.application.ports import Stream
from hub.domain.compartment_access import SecondPersonNeeded, Wanted
from hub.views.openings import project
from hub.wiring import Hub
from tests.support.given import an_actor
from tests.support.small_hub import SmallHub

DOT = an_actor("dot")


def proposed(opening: OpeningApart, child: Identifier, wanted: Wanted) -> UUID:
    """The number of what somebody else is to agree to, once it is asked for. Raises AssertionError where it opened."""
    try:
        open_apart(opening, child, wanted)
    except SecondPersonNeeded as needed:
        return needed.proposed.proposal_id
    raise AssertionError("it took one person")


def agree(hub: SmallHub | Hub, person_id: UUID, proposal_id: UUID, actor: Actor = DOT) -> OpeningAgreed:
    """Somebody who has just proved who they are agrees to it."""
    facts = hub.store.read_stream(Stream.access(person_id))
    rows = tuple(row.values for place, fact in enumerate(facts) for row in project(fact, place))
    return agree_opening(hub.reading(), rows, Second(actor, hub.clock.now()), proposal_id)[1]
