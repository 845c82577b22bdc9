"""An agency's edge collects what the hub shared with it: proved, put in its own form, kept, and said to be delivered.

That somebody has read it is said later, when somebody has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agencies.agency import Agency, Delivered
from agencies.edge import Outgoing
from contracts.envelope import PrivateKey, PublicKey
from contracts.errors import ContractError
from contracts.events.sharing import Reached, ShareAcknowledged
from contracts.signature import SigningKey
from hub.adapters.crossing import open_shared, seal_acknowledgement
from hub.adapters.edge_inbox import AboutReport, EdgeInbox, KeptShare
from hub.application.bus_port import Bus
from hub.application.ports import Clock

BATCH = 500


@dataclass(frozen=True, slots=True)
class EdgeDesk:
    """An edge as a reader: its keys, and the hub's public keys (`hub` to prove by, `hub_seal` to answer to)."""

    agency: Agency
    private: PrivateKey
    signing: SigningKey
    hub: Mapping[str, Ed25519PublicKey]
    hub_seal: PublicKey
    clock: Clock


def collect(desk: EdgeDesk, bus: Bus, inbox: EdgeInbox, by: str) -> tuple[Delivered, ...]:
    """What is new, oldest first; that it was delivered to `by` (a code) is on the bus, as is what has been read since.

    A message that is not the hub's, or not for this agency, is set aside and answered with nothing. Raises
    StoreUnavailable: what was not done with comes again.
    """
    topic, consumer = desk.agency.outbound_topic, f"edge-{desk.agency.name}-shared"
    found: list[Delivered] = []
    while batch := bus.poll(consumer, (topic,), BATCH):
        for arrived in batch:
            try:
                shared = open_shared(arrived.message, topic, desk.private, desk.hub, desk.agency.source)
            except ContractError as refused:
                inbox.set_aside(refused.code, arrived.message)
            else:
                about: AboutReport | None = AboutReport(shared.origin.report_id, shared.at)
                if shared.news == "recall" and about is not None:
                    inbox.recall(about)
                    about = None
                delivered = desk.agency.accept(shared)
                kept = KeptShare(shared.share_id, shared.disclosure_id)
                if inbox.keep(kept, delivered, _answer(desk, kept, "delivered", by), about):
                    found.append(delivered)
            _publish(bus, inbox)
            bus.done(consumer, arrived)
    _publish(bus, inbox)
    return tuple(found)


def is_role(text: str) -> bool:
    """Whether it is written as a role: small letters, digits and underscores."""
    return re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text, re.ASCII) is not None


def read(desk: EdgeDesk, inbox: EdgeInbox, name: str, by: str) -> bool | None:
    """Whether it is new that somebody in the role `by` (a code) has read what was delivered under that name.

    None: nothing was. It is said to the hub when the edge next collects. Raises StoreUnavailable.
    """
    share = inbox.find(name)
    return None if share is None else inbox.read(share.share_id, _answer(desk, share, "read", by))


def _answer(desk: EdgeDesk, share: KeptShare, state: Reached, by: str) -> Outgoing:
    said = ShareAcknowledged(
        share_id=share.share_id, disclosure_id=share.disclosure_id, state=state, by=by, at=desk.clock.now()
    )
    topic = desk.agency.inbound_topic
    message = seal_acknowledgement(said, desk.agency.source, topic, desk.signing, desk.hub_seal)
    return Outgoing(topic, str(uuid4()), message)


def _publish(bus: Bus, inbox: EdgeInbox) -> None:
    for owed, answer in inbox.unanswered(BATCH):
        bus.send(answer.topic, answer.key, answer.message)
        inbox.answered(owed)
