"""An agency's edge collects what the hub shared with it: proved, turned into its own form, kept, and acknowledged."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agencies.agency import Agency, Delivered
from agencies.edge import Outgoing
from contracts.envelope import PrivateKey, PublicKey
from contracts.errors import ContractError
from contracts.events.sharing import ReportShared, ShareAcknowledged
from contracts.signature import SigningKey
from hub.adapters.crossing import open_shared, seal_acknowledgement
from hub.adapters.edge_inbox import EdgeInbox
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


def collect(desk: EdgeDesk, bus: Bus, inbox: EdgeInbox, read_by: str) -> tuple[Delivered, ...]:
    """What is new, oldest first; each was read in the role `read_by` (a code) and its acknowledgement is on the bus.

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
                delivered = desk.agency.accept(shared)
                if inbox.keep(shared.share_id, delivered, _answer(desk, shared, read_by)):
                    found.append(delivered)
            _publish(bus, inbox)
            bus.done(consumer, arrived)
    _publish(bus, inbox)
    return tuple(found)


def _answer(desk: EdgeDesk, shared: ReportShared, read_by: str) -> Outgoing:
    said = ShareAcknowledged(
        share_id=shared.share_id, disclosure_id=shared.disclosure_id, read_by=read_by, at=desk.clock.now()
    )
    topic = desk.agency.inbound_topic
    message = seal_acknowledgement(said, desk.agency.source, topic, desk.signing, desk.hub_seal)
    return Outgoing(topic, str(uuid4()), message)


def _publish(bus: Bus, inbox: EdgeInbox) -> None:
    for number, answer in inbox.unanswered(BATCH):
        bus.send(answer.topic, answer.key, answer.message)
        inbox.answered(number)
