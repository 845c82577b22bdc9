"""A recipient says that it has what it was sent, or has read it: believed from it alone, kept beside the disclosure.

Silence never closes a share, nor does delivery: it stays unread until somebody is said to have read it.
"""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from contracts.base64_text import to_text
from contracts.catalogue import parse_wire_type, wire_types
from contracts.errors import NotForUs, NotGenuine, UnknownType
from contracts.events.hub import ReceiptIssued
from contracts.events.sharing import AcknowledgementKept, ShareAcknowledged, SharePrepared
from contracts.signature import Attributes, Signed
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.errors import AlreadyKept, Erased

ACKNOWLEDGED = wire_types(ShareAcknowledged)
_CLOCKS_APART = timedelta(minutes=5)


def take_acknowledgement(store: Store, clock: Clock, attributes: Attributes, signed: Signed) -> ReceiptIssued:
    """The receipt for an acknowledgement whose signer is proved; what it says is durable when this returns.

    Raises NotForUs (share_unknown), NotGenuine (share_not_theirs, share_not_yet_sent, altered_repeat), NotOfShape,
    NotReadable, UnknownType, StoreUnavailable.
    """
    kind, version = parse_wire_type(attributes.type)
    if kind is not ShareAcknowledged:
        raise UnknownType("type")
    said = ShareAcknowledged.from_bytes(signed.body, version)
    prepared = _prepared(store, said.disclosure_id)
    if prepared.recipient != attributes.source or said.share_id not in prepared.shares:
        raise NotGenuine("share_not_theirs")
    if said.at + _CLOCKS_APART < prepared.at:
        raise NotGenuine("share_not_yet_sent")
    digest = sha256(signed.body).hexdigest()
    earlier = _earlier(store, attributes)
    if earlier is None:
        receipt = _receipt(attributes, clock, digest)
        entries = _entries(clock, prepared.person_id, said, receipt, signed)
        try:
            _keep(store, entries)
        except AlreadyKept:
            earlier = _earlier(store, attributes)
        else:
            return receipt
    if earlier is None or earlier.body_sha256 != digest:
        raise NotGenuine("altered_repeat")
    return earlier.model_copy(update={"outcome": "duplicate"})


def _keep(store: Store, entries: tuple[Entry, ...]) -> None:
    """Nothing is added to a record that was erased; its recipient is answered all the same."""
    try:
        store.keep(entries)
    except Erased:
        store.keep(entries[1:])


def _prepared(store: Store, disclosure_id: UUID) -> SharePrepared:
    facts = store.read_stream(Stream.disclosure(disclosure_id))
    found = next((fact for fact in facts if isinstance(fact, SharePrepared)), None)
    if found is None:
        raise NotForUs("share_unknown")
    return found


def _earlier(store: Store, attributes: Attributes) -> ReceiptIssued | None:
    facts = store.read_stream(Stream.receipt(attributes.source, str(attributes.id)))
    return next((fact for fact in facts if isinstance(fact, ReceiptIssued)), None)


def _receipt(attributes: Attributes, clock: Clock, digest: str) -> ReceiptIssued:
    return ReceiptIssued(
        source=attributes.source,
        event_id=str(attributes.id),
        outcome="accepted",
        code="",
        where="",
        at=clock.now(),
        body_sha256=digest,
        sequence=attributes.sequence,
    )


def _entries(
    clock: Clock, person_id: UUID, said: ShareAcknowledged, receipt: ReceiptIssued, signed: Signed
) -> tuple[Entry, ...]:
    kept = AcknowledgementKept(
        share_id=said.share_id,
        disclosure_id=said.disclosure_id,
        person_id=person_id,
        source=receipt.source,
        received=receipt.at,
        at=said.at,
        state=said.state,
        by=said.by,
        jws=signed.jws,
        body=to_text(signed.body),
    )
    stream = Stream.receipt(receipt.source, receipt.event_id)
    return (
        Entry(Stream.access(person_id), clock.new_id(), kept),
        Entry(stream, clock.new_id(), receipt, expected=0),
    )
