"""The hub's own crossing: opens what agencies sealed to it, and seals its answers to them."""

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import uuid4, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from contracts import envelope, signature
from contracts.catalogue import wire_type
from contracts.envelope import PrivateKey, PublicKey, Sealed
from contracts.errors import ContractError, NotForUs
from contracts.events.hub import AgencyEnrolled, ReceiptIssued
from contracts.events.sharing import ReportShared, ShareAcknowledged
from contracts.signature import Attributes, Signed, SigningKey
from hub.adapters.event_store import HUB_SOURCE
from hub.application.ports import Arrived

Enrolments = Callable[[], Mapping[str, AgencyEnrolled]]


class Crossing:
    """See ports.Unsealer. Keys are those pinned at enrolment, never those a message brings."""

    def __init__(self, private: PrivateKey, enrolments: Enrolments) -> None:
        """Open with the hub's private key; prove by the enrolled keys."""
        self._private = private
        self._enrolments = enrolments

    def unseal(self, arrived: Arrived) -> tuple[Attributes, Signed]:
        """See ports.Unsealer."""
        keys = {source: {one.key_id: _signing_key(one)} for source, one in self._enrolments().items()}
        return envelope.unseal(arrived.message, arrived.topic, self._private, keys)

    def claimed(self, arrived: Arrived) -> tuple[str | None, str | None]:
        """See ports.Unsealer."""
        source, event_id = arrived.message.header("ce_source"), arrived.message.header("ce_id")
        try:
            inside = signature.claimed(envelope.open_seal(arrived.message, arrived.topic, self._private).jws)
        except ContractError:
            return _plain(source), _plain(event_id)
        return _plain(inside.source), str(inside.id)


def seal_receipt(
    receipt: ReceiptIssued, to: AgencyEnrolled, topic: str, key: SigningKey, now: datetime
) -> tuple[str, Sealed]:
    """The routing key and the receipt, signed by the hub and sealed to the agency."""
    answer_id = uuid4()
    attributes = Attributes(answer_id, HUB_SOURCE, wire_type(ReceiptIssued), topic, now)
    recipient = X25519PublicKey.from_public_bytes(base64.b64decode(to.seal_key))
    return str(answer_id), envelope.seal(receipt.to_bytes(), attributes, key, recipient)


def open_receipt(
    message: Sealed, topic: str, private: PrivateKey, hub: Mapping[str, Ed25519PublicKey]
) -> ReceiptIssued:
    """The hub's answer, proved to be the hub's. Raises NotForUs, NotGenuine, NotOfShape."""
    attributes, signed = envelope.unseal(message, topic, private, {HUB_SOURCE: hub})
    if attributes.type != wire_type(ReceiptIssued):
        raise NotForUs("not_a_receipt")
    return ReceiptIssued.from_bytes(signed.body, ReceiptIssued.VERSION)


def seal_shared(shared: ReportShared, to: AgencyEnrolled, topic: str, key: SigningKey, now: datetime) -> Sealed:
    """What is shared, signed by the hub and sealed to its recipient; the bus sees a random id in place of its own."""
    attributes = Attributes(shared.share_id, HUB_SOURCE, wire_type(ReportShared), topic, now)
    recipient = X25519PublicKey.from_public_bytes(base64.b64decode(to.seal_key))
    return envelope.seal(shared.to_bytes(), attributes, key, recipient, uuid4())


def open_shared(
    message: Sealed, topic: str, private: PrivateKey, hub: Mapping[str, Ed25519PublicKey], reader: str
) -> ReportShared:
    """What the hub shared with `reader`, proved to be the hub's. Raises NotForUs, NotGenuine, NotOfShape, NotReadable.

    Of today's version: an edge that is behind the hub sets aside what it cannot read.
    """
    attributes, signed = envelope.unseal(message, topic, private, {HUB_SOURCE: hub})
    if attributes.type != wire_type(ReportShared):
        raise NotForUs("not_shared")
    shared = ReportShared.from_bytes(signed.body, ReportShared.VERSION)
    if shared.recipient != reader:
        raise NotForUs("not_for_this_reader")
    return shared


def seal_acknowledgement(said: ShareAcknowledged, source: str, topic: str, key: SigningKey, hub: PublicKey) -> Sealed:
    """The acknowledgement, signed by its agency and sealed to the hub; its id is made from the share it is for."""
    attributes = Attributes(uuid5(said.share_id, source), source, wire_type(ShareAcknowledged), topic, said.at)
    return envelope.seal(said.to_bytes(), attributes, key, hub, uuid4())


def _signing_key(enrolled: AgencyEnrolled) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(enrolled.public_key))


def _plain(text: str | None) -> str | None:
    """What was claimed, if it is plain enough to be kept in a fact; whatever else it was stays in the message."""
    return text if text is not None and re.fullmatch(r"[\x21-\x7e]{1,200}", text) else None
