"""A message in an agency's name that a stranger signed, which the hub sets aside."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import envelope
from contracts.catalogue import wire_type
from contracts.event_id import event_id
from contracts.signature import Attributes, SigningKey
from hub.wiring import Hub
from tests.support.given import POLICE, a_concern


def forge(hub: Hub, record: str) -> None:
    """A message in the name of the police, signed by a stranger, is on the road, and taken off it."""
    report, stranger = a_concern(record), SigningKey("police-1", Ed25519PrivateKey.generate())
    attributes = Attributes(
        event_id(POLICE, report), POLICE, wire_type(type(report)), "in.police.v1", hub.clock.now(), "0a0b0c0d.9"
    )
    message = envelope.seal(report.to_bytes(), attributes, stranger, hub.seal_key.public_key())
    hub.bus.send("in.police.v1", str(hub.clock.new_id()), message)
    hub.work()
