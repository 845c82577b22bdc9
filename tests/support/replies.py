"""What somebody said about an entry, and the hub asked to keep it."""

from uuid import UUID

from consent.packs import LawSettings
from contracts.events.hub import Actor
from contracts.events.reply import Disputes, ReplyAttached, Whose
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Place
from contracts.vocabulary import Purpose, SensitivityTag
from hub.application.attach_reply import Attaching, attach_reply
from hub.application.ports import Store
from hub.domain.moment import day_in_london
from hub.domain.replies import NewReply
from tests.support.given import NOW, ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

CHILD = parse_identifier(f"nhs:{ROBIN}")
SAID = "They were refused once, and not twice"
DECIDES = an_actor()


def a_reply(report_id: UUID, words: str = SAID, actor: Actor = DECIDES) -> NewReply:
    """A parent says that what happened is wrong."""
    on = day_in_london(NOW)
    return NewReply(actor, report_id, Whose.PARENT_OR_CARER, Disputes.FACT, on, words)


def attach(hub: SmallHub, made: NewReply, child: Identifier = CHILD, store: Store | None = None) -> ReplyAttached:
    """The reply as kept."""
    attaching = Attaching(store or hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    return attach_reply(attaching, child, Purpose.SECTION_47, made)


def protect(hub: SmallHub) -> None:
    """Health says that Robin's address is protected, and which it is."""
    lives = a_child().model_copy(update={"address": Place(text="12 Acacia Avenue, Northborough", postcode="NB1 4QT")})
    marked = a_concern("H-1", tags=(SensitivityTag.ADDRESS_PROTECTED,))
    hub.receive(marked.model_copy(update={"people": (lives, *marked.people[1:])}), hub.health)
