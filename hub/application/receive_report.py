"""A statement arrives: prove who stated it, read it, decide its path, keep it whole, answer its sender.

Four paths: taken in; seen before; set aside with a reason; set aside with an alarm. Nothing else, and nothing is lost.
"""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from contracts.catalogue import parse_report_type
from contracts.errors import AgreementBroken, ContractError, NotGenuine
from contracts.event_id import event_id
from contracts.events.hub import ReceiptIssued
from contracts.signature import Attributes, Signed
from hub.application.bus_port import Arrived, Letter
from hub.application.ports import Entry, Stream
from hub.application.receiving import Proved, Reason, Receiving
from hub.application.set_aside import set_aside
from hub.application.take_in_report import take_in_report
from hub.application.takers import TAKERS
from hub.domain import arrival, identity
from hub.domain.erasures import ERASED
from hub.domain.errors import AlreadyKept, Conflict
from hub.domain.moment import day_in_london
from hub.domain.record_places import REPORT, report_key

ATTEMPTS = 8

Read = Proved | Reason | None
"""What a letter was read as: a report, or why it is none. None: something else, with a taker of its own."""


def receive_report(receiving: Receiving, arrived: Arrived) -> ReceiptIssued:
    """The receipt for a message, of a bundle the last; durable when this returns. Raises StoreUnavailable, Conflict."""
    return [receive_letter(receiving, one, read_letter(receiving, one)) for one in _letters(receiving, arrived)][-1]


def read_letter(receiving: Receiving, letter: Letter) -> Read:
    """What a letter states; nothing kept is asked for."""
    if letter.proved is None:
        return Reason.of(letter.refused) if letter.refused is not None else Reason("not_opened", alarm=True)
    attributes, signed = letter.proved
    if attributes.type in TAKERS:
        return None
    try:
        return _read(receiving, attributes, signed)
    except ContractError as refused:
        return Reason.of(refused)


def receive_letter(receiving: Receiving, letter: Letter, read: Read) -> ReceiptIssued:
    """The receipt for one letter; what it says is the store's when this returns. Raises StoreUnavailable, Conflict."""
    try:
        if isinstance(read, Reason):
            return set_aside(receiving, letter, read)
        if isinstance(read, Proved):
            _check_may_state(receiving, read)
            return _receive(receiving, letter, read)
        return _take(receiving, letter)
    except ContractError as refused:
        return set_aside(receiving, letter, Reason.of(refused))


def _letters(receiving: Receiving, arrived: Arrived) -> tuple[Letter, ...]:
    return tuple(receiving.unsealer.letters((arrived,)))


def _take(receiving: Receiving, letter: Letter) -> ReceiptIssued:
    if letter.proved is None:
        raise NotGenuine("not_opened")
    attributes, signed = letter.proved
    return TAKERS[attributes.type](receiving.store, receiving.clock, attributes, signed)


def _receive(receiving: Receiving, letter: Letter, proved: Proved) -> ReceiptIssued:
    for _ in range(ATTEMPTS):
        receipts = _receipts(receiving, proved.attributes)
        if receipts and (receipts[0].body_sha256 != proved.body_sha256 or _stands(receiving, proved.attributes)):
            return _answer_again(receiving, letter, proved, receipts[0])
        try:
            return take_in_report(receiving, replace(proved, answered=len(receipts)) if receipts else proved)
        except (Conflict, AlreadyKept):
            continue
    raise Conflict("the history would not hold still")


def _read(receiving: Receiving, attributes: Attributes, signed: Signed) -> Proved:
    agreement = receiving.agreements.get(attributes.source)
    if agreement is None:
        raise AgreementBroken("agreement_missing")
    report_class, version = parse_report_type(attributes.type)
    report = report_class.from_bytes(signed.body, version)
    if attributes.id != event_id(attributes.source, report):
        raise NotGenuine("id_not_of_this_record")  # nobody states something under the id of another's report
    evidence = identity.evidence(report.subject(), attributes.source)
    return Proved(attributes, signed, report, version, agreement, evidence)


def _check_may_state(receiving: Receiving, proved: Proved) -> None:
    changed = proved.report.change.of
    if changed is not None and _is_anothers(receiving, proved.attributes.source, changed):
        raise NotGenuine("not_its_own_report")  # one agency never corrects or withdraws what another stated
    arrival.check_passage(proved.agreement, proved.report, day_in_london(receiving.clock.now()))


def _is_anothers(receiving: Receiving, source: str, report_id: UUID) -> bool:
    """Whether the id is of a report that the hub took in from another source."""
    others = (other for other in receiving.agreements if other != source)
    return any(receiving.store.read_stream(Stream.receipt(other, str(report_id))) for other in others)


def _receipts(receiving: Receiving, attributes: Attributes) -> tuple[ReceiptIssued, ...]:
    facts = receiving.store.read_stream(Stream.receipt(attributes.source, str(attributes.id)))
    return tuple(fact for fact in facts if isinstance(fact, ReceiptIssued))


def _stands(receiving: Receiving, attributes: Attributes) -> bool:
    """Whether a report that was answered for is still wherever it was linked, or was erased with whom it was about."""
    people = receiving.index.people_with(REPORT, report_key(attributes.source, attributes.id))
    return bool(people) and all(one == ERASED or receiving.store.holds(one, attributes.id) for one in people)


def _answer_again(receiving: Receiving, letter: Letter, proved: Proved, earlier: ReceiptIssued) -> ReceiptIssued:
    """The same answer for the same bytes; the same id over other bytes is set aside with an alarm."""
    if earlier.body_sha256 != proved.body_sha256:
        return set_aside(receiving, letter, Reason("altered_repeat", alarm=True))
    sequence = proved.attributes.sequence
    again = earlier.model_copy(update={"outcome": "duplicate", "sequence": sequence})
    if sequence:
        _hear(receiving, again)
    return again


def _hear(receiving: Receiving, again: ReceiptIssued) -> None:
    """That the number was heard is kept once, so that a repeat is never taken for a gap."""
    entry = Entry(Stream.receipt(again.source, f"seq {again.sequence}"), receiving.clock.new_id(), again, expected=0)
    with suppress(AlreadyKept):
        receiving.store.keep((entry,))
