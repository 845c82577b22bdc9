"""The hub's own crossing: opens what agencies sealed to it, and seals its answers to them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from contracts import bundle, envelope, signature
from contracts.base64_text import from_text
from contracts.catalogue import wire_type
from contracts.envelope import PrivateKey, PublicKey, Sealed
from contracts.errors import ContractError, NotForUs, NotGenuine
from contracts.event import Fact
from contracts.events.hub import AgencyEnrolled, ReceiptIssued
from contracts.events.sharing import ReportShared, ShareAcknowledged
from contracts.signature import Attributes, Signed, SigningKey
from contracts.signed_root import ProvedRoots
from hub.adapters.own_hand import HUB_SOURCE
from hub.application.bus_port import Arrived, Letter
from hub.application.ports import Clock, Stream
from hub.domain.pinned_keys import PinnedKey, pinned

Enrolments = Callable[[], Mapping[str, AgencyEnrolled]]
Registered = Callable[[Stream], tuple[Fact, ...]]
Keys = Mapping[str, Mapping[str, Ed25519PublicKey]]


@dataclass(frozen=True, slots=True)
class Known:
    """The keys that prove what comes now, and those that were taken back, each by source and key id."""

    standing: Keys
    revoked: Keys


class Crossing:
    """See bus_port.Unsealer. Keys are those pinned at enrolment, never those a message brings."""

    def __init__(self, private: PrivateKey, registered: Registered, clock: Clock) -> None:
        """Open with the hub's private key; prove by the enrolled keys."""
        self._private = private
        self._registered = registered
        self._clock = clock

    def letters(self, arrived: tuple[Arrived, ...]) -> Iterator[Letter]:
        """See bus_port.Unsealer."""
        keys = _known(pinned(self._registered(Stream.registry())), self._clock.now())
        proved = ProvedRoots()
        for one in arrived:
            if bundle.is_bundle(one.message):
                yield from self._bundled(one, keys, proved)
            else:
                yield self._single(one, keys)

    def claimed(self, letter: Letter) -> tuple[str | None, str | None]:
        """See bus_port.Unsealer."""
        message = letter.arrived.message
        source, event_id = message.header("ce_source"), message.header("ce_id")
        if letter.inside is None:
            return _plain(source), _plain(event_id)
        try:
            inside = signature.claimed(letter.inside.jws)
        except ContractError:
            return _plain(source), _plain(event_id)
        return _plain(inside.source), str(inside.id)

    def alone(self, letter: Letter) -> Sealed:
        """See bus_port.Unsealer."""
        message = letter.arrived.message
        if letter.number == 0 or letter.inside is None:
            return message
        return bundle.seal_out_of(message, letter.arrived.topic, letter.inside, self._private.public_key())

    def _single(self, arrived: Arrived, keys: Known) -> Letter:
        try:
            inside = envelope.open_seal(arrived.message, arrived.topic, self._private)
        except ContractError as refused:
            return Letter(arrived, refused=refused)
        return _proved(Letter(arrived, inside=inside), inside, keys, ProvedRoots())

    def _bundled(self, arrived: Arrived, keys: Known, proved: ProvedRoots) -> Iterator[Letter]:
        try:
            inside = bundle.open_bundle(arrived.message, arrived.topic, self._private)
        except ContractError as refused:
            yield Letter(arrived, refused=refused)
            return
        for number, signed in enumerate(inside, start=1):
            letter = Letter(arrived, number, number == len(inside), signed)
            yield _proved(letter, signed, keys, proved)


def seal_receipts(
    receipts: tuple[ReceiptIssued, ...], to: AgencyEnrolled, topic: str, key: SigningKey, now: datetime
) -> Iterator[Sealed]:
    """The receipts in order, signed by the hub and sealed to the agency: many in one message."""
    recipient = X25519PublicKey.from_public_bytes(from_text(to.seal_key))
    kind = wire_type(ReceiptIssued)
    statements = tuple((receipt.to_bytes(), Attributes(uuid4(), HUB_SOURCE, kind, topic, now)) for receipt in receipts)
    for part in bundle.parts(statements):
        yield bundle.seal_together(part, key, recipient, uuid4())


def open_receipts(
    message: Sealed, topic: str, private: PrivateKey, hub: Mapping[str, Ed25519PublicKey]
) -> tuple[ReceiptIssued, ...]:
    """The hub's answers in one message, all proved to be the hub's. Raises NotForUs, NotGenuine, NotOfShape."""
    proved = ProvedRoots()
    inside = bundle.open_all(message, topic, private)
    stated = ((envelope.prove(one, message, topic, {HUB_SOURCE: hub}, proved), one) for one in inside)
    return tuple(_receipt(attributes, signed) for attributes, signed in stated)


def _receipt(attributes: Attributes, signed: Signed) -> ReceiptIssued:
    if attributes.type != wire_type(ReceiptIssued):
        raise NotForUs("not_a_receipt")
    return ReceiptIssued.from_bytes(signed.body, ReceiptIssued.VERSION)


def seal_shared(shared: ReportShared, to: AgencyEnrolled, topic: str, key: SigningKey, now: datetime) -> Sealed:
    """What is shared, signed by the hub and sealed to its recipient; the bus sees a random id in place of its own."""
    attributes = Attributes(shared.share_id, HUB_SOURCE, wire_type(ReportShared), topic, now)
    recipient = X25519PublicKey.from_public_bytes(from_text(to.seal_key))
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
    """The acknowledgement, signed by its agency and sealed to the hub; its id is made of share and state."""
    name = source if said.state == "read" else f"{source} {said.state}"
    attributes = Attributes(uuid5(said.share_id, name), source, wire_type(ShareAcknowledged), topic, said.at)
    return envelope.seal(said.to_bytes(), attributes, key, hub, uuid4())


def _proved(letter: Letter, inside: Signed, keys: Known, proved: ProvedRoots) -> Letter:
    arrived = letter.arrived
    try:
        attributes = envelope.prove(inside, arrived.message, arrived.topic, keys.standing, proved)
    except ContractError as refused:
        return replace(letter, refused=_why(arrived, inside, keys, refused))
    return replace(letter, proved=(attributes, inside))


def _why(arrived: Arrived, inside: Signed, keys: Known, refused: ContractError) -> ContractError:
    """Why it was refused: a key that was taken back proves it, which is another thing than a key nobody knows."""
    if refused.code != "sig_key":
        return refused
    try:
        envelope.prove(inside, arrived.message, arrived.topic, keys.revoked)
    except ContractError:
        return refused
    return NotGenuine("sig_revoked")


def _known(keys: tuple[PinnedKey, ...], now: datetime) -> Known:
    standing: dict[str, dict[str, Ed25519PublicKey]] = {}
    revoked: dict[str, dict[str, Ed25519PublicKey]] = {}
    for one in keys:
        stands = one.stands(now)
        for each in (standing, revoked):
            each.setdefault(one.source, {})
        if stands or one.revoked:
            (standing if stands else revoked)[one.source][one.key_id] = _signing_key(one.public_key)
    return Known(standing, revoked)


def _signing_key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(from_text(text))


def _plain(text: str | None) -> str | None:
    """What was claimed, if it is plain enough to be kept in a fact; whatever else it was stays in the message."""
    return text if text is not None and re.fullmatch(r"[\x21-\x7e]{1,200}", text) else None
