"""A message arrives: prove who stated it, read it, decide its path, keep it whole, answer its sender.

Four paths: taken in; seen before; set aside with a reason; set aside with an alarm. Nothing else, and nothing is lost.
"""

import base64
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from consent.decide import LawSettings
from contracts.agreement import Agreement
from contracts.catalogue import parse_report_type
from contracts.errors import AgreementBroken, ContractError, NotGenuine
from contracts.event_id import event_id
from contracts.events.hub import IdentityQuestioned, Mark, ReceiptIssued, ReportLinked, ReportQuarantined
from contracts.report import RecordTokens, Report
from contracts.signature import Attributes, Signed
from contracts.vocabulary import SensitivityTag
from hub.application.ports import (
    REPORT,
    Arrived,
    Clock,
    Entry,
    IdentityIndex,
    Store,
    Stream,
    StreamKind,
    Term,
    Unsealer,
    marks_of,
    report_key,
)
from hub.application.take_acknowledgement import ACKNOWLEDGED, take_acknowledgement
from hub.domain import arrival, identity
from hub.domain.arrival import SignedReport
from hub.domain.errors import AlreadyKept, Conflict
from hub.domain.identity import Certainty, Evidence, Link
from hub.domain.kept_from import kept_from
from hub.domain.moment import day_in_london
from hub.domain.record_places import record_places
from hub.domain.unread import INVOLVED, involvement

ATTEMPTS = 8
_GONE = Mark(code="earlier_copy_gone", says="This report was taken in before and is gone from the store: alarm.")
_ALARMS = ("dup_key", "altered_repeat", "pii_in_context")


@dataclass(frozen=True, slots=True)
class Receiving:
    """What receiving needs. `agreements` is by source."""

    store: Store
    index: IdentityIndex
    unsealer: Unsealer
    clock: Clock
    agreements: Mapping[str, Agreement]
    law: LawSettings


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a message is set aside: a code, the place in our own field names, whether somebody must look at once."""

    code: str
    where: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class _Proved:
    """A message whose sender is proved and whose report has been read as today's version."""

    attributes: Attributes
    signed: Signed
    report: Report
    version: int
    agreement: Agreement
    answered: int = 0  # how often it was taken in before, when what was taken in is gone

    @property
    def body_sha256(self) -> str:
        return sha256(self.signed.body).hexdigest()


def receive_report(receiving: Receiving, arrived: Arrived) -> ReceiptIssued:
    """The receipt for one message; what it says is durable when this returns. Raises StoreUnavailable, Conflict."""
    try:
        attributes, signed = receiving.unsealer.unseal(arrived)
    except ContractError as refused:
        reason = _Reason(refused.code, refused.where, isinstance(refused, NotGenuine))
        return _set_aside(receiving, arrived, reason, None)
    try:
        if attributes.type == ACKNOWLEDGED:
            return take_acknowledgement(receiving.store, receiving.clock, attributes, signed)
        proved = _read(receiving, attributes, signed)
    except ContractError as refused:
        reason = _Reason(refused.code, refused.where, isinstance(refused, NotGenuine))
        return _set_aside(receiving, arrived, reason, attributes)
    for _ in range(ATTEMPTS):
        receipts = _receipts(receiving, attributes)
        if receipts and (receipts[0].body_sha256 != proved.body_sha256 or _stands(receiving, attributes)):
            return _answer_again(receiving, arrived, proved, receipts[0])
        try:
            return _take_in(receiving, replace(proved, answered=len(receipts)))
        except (Conflict, AlreadyKept):
            continue
    raise Conflict("the history would not hold still")


def _read(receiving: Receiving, attributes: Attributes, signed: Signed) -> _Proved:
    agreement = receiving.agreements.get(attributes.source)
    if agreement is None:
        raise AgreementBroken("agreement_missing")
    report_class, version = parse_report_type(attributes.type)
    report = report_class.from_bytes(signed.body, version)
    if attributes.id != event_id(attributes.source, report):
        raise NotGenuine("id_not_of_this_record")  # nobody states something under the id of another's report
    if report.change.of is not None and _is_anothers(receiving, attributes.source, report.change.of):
        raise NotGenuine("not_its_own_report")  # one agency never corrects or withdraws what another stated
    agreement.check_publish(report.TYPE, day_in_london(receiving.clock.now()))
    return _Proved(attributes, signed, report, version, agreement)


def _is_anothers(receiving: Receiving, source: str, report_id: UUID) -> bool:
    """Whether the id is of a report that the hub took in from another source."""
    others = (other for other in receiving.agreements if other != source)
    return any(receiving.store.read_stream(Stream.receipt(other, str(report_id))) for other in others)


def _receipts(receiving: Receiving, attributes: Attributes) -> tuple[ReceiptIssued, ...]:
    facts = receiving.store.read_stream(Stream.receipt(attributes.source, str(attributes.id)))
    return tuple(fact for fact in facts if isinstance(fact, ReceiptIssued))


def _stands(receiving: Receiving, attributes: Attributes) -> bool:
    """Whether a report that was answered for is still wherever it was linked."""
    people = receiving.index.people_with(REPORT, report_key(attributes.source, attributes.id))
    return bool(people) and all(receiving.store.holds(person, attributes.id) for person in people)


def _answer_again(receiving: Receiving, arrived: Arrived, proved: _Proved, earlier: ReceiptIssued) -> ReceiptIssued:
    """The same answer for the same bytes; the same id over other bytes is set aside with an alarm."""
    if earlier.body_sha256 != proved.body_sha256:
        return _set_aside(receiving, arrived, _Reason("altered_repeat", alarm=True), proved.attributes)
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


def _take_in(receiving: Receiving, proved: _Proved) -> ReceiptIssued:
    evidence = identity.evidence(proved.report.subject(), proved.attributes.source)
    link = _link(receiving, evidence)
    key = report_key(proved.attributes.source, proved.attributes.id)
    pointer = receiving.index.pointer(REPORT, key, link.person_id)
    by = involvement(proved.attributes.source, link.person_id)
    terms = (*_terms(receiving, evidence, link), pointer, receiving.index.pointer(INVOLVED, by, link.person_id))
    linked = _linked(receiving, proved, link).model_copy(update={"terms": marks_of(terms)})
    receipt = ReceiptIssued(
        source=proved.attributes.source,
        event_id=str(proved.attributes.id),
        outcome="accepted",
        code="",
        where="",
        at=linked.received,
        body_sha256=proved.body_sha256,
        marks=linked.marks,
        sequence=proved.attributes.sequence,
    )
    receiving.store.keep(_entries(receiving, proved, link, linked, receipt), terms)
    return receipt


def _link(receiving: Receiving, evidence: Evidence) -> Link:
    return identity.link(receiving.index.look_up(evidence), receiving.clock.new_id())


def _terms(receiving: Receiving, evidence: Evidence, link: Link) -> tuple[Term, ...]:
    """Where this evidence is to lead from now on. A match about which anything differs adds no number to anybody."""
    if link.certainty is Certainty.QUESTIONED or identity.BY_EVIDENCE in link.matched_on:
        return receiving.index.questioned_terms(evidence, link.person_id)
    sure = not link.differs and identity.BY_PEOPLE not in link.matched_on
    return receiving.index.terms(evidence if sure else replace(evidence, identifiers=()), link.person_id)


def _linked(receiving: Receiving, proved: _Proved, link: Link) -> ReportLinked:
    received = receiving.clock.now()
    signed = SignedReport(proved.attributes.id, proved.version, proved.body_sha256)
    linked = arrival.state_link(proved.report, signed, proved.agreement, link, received)
    overdue: tuple[Mark, ...] = arrival.agreement_marks(proved.agreement, day_in_london(received))
    gone = (_GONE,) if proved.answered else ()
    barred = kept_from(proved.report, receiving.agreements.values())
    marks = (*linked.marks, *overdue, *gone, *barred.marks)
    more = {"marks": marks, "record": _tokens(receiving, proved), "not_to_be_seen_by": barred.whom}
    return arrival.with_basis_marks(linked.model_copy(update=more), receiving.law)


def _tokens(receiving: Receiving, proved: _Proved) -> RecordTokens:
    places = record_places(proved.report, proved.attributes.source)
    item, record, *above = (
        receiving.index.token("record", place).hex() for place in (places.item, places.record, *places.above)
    )
    return RecordTokens(item=item, record=record, above=tuple(above), all_below=places.all_below)


def _entries(
    receiving: Receiving, proved: _Proved, link: Link, linked: ReportLinked, receipt: ReceiptIssued
) -> tuple[Entry, ...]:
    """The agency's bytes, the hub's own link, any question, and the receipt: kept all or none."""
    known = link.certainty is Certainty.KNOWN
    version = receiving.store.history_version(link.person_id) if known else 0
    history, report_id = Stream.history(link.person_id), proved.attributes.id
    entries = [
        Entry(history, report_id, proved.signed, expected=version),
        Entry(history, receiving.clock.new_id(), linked, expected=version),
    ]
    if link.certainty is Certainty.QUESTIONED:
        question = _question(link, linked)
        entries.append(Entry(history, receiving.clock.new_id(), question, expected=version))
        for candidate in link.candidates:
            there = receiving.store.history_version(candidate)
            entries.append(Entry(Stream.history(candidate), receiving.clock.new_id(), question, expected=there))
    stream = Stream.receipt(receipt.source, receipt.event_id)
    entries.append(Entry(stream, receiving.clock.new_id(), receipt, expected=proved.answered))
    return tuple(entries)


def _question(link: Link, linked: ReportLinked) -> IdentityQuestioned:
    return IdentityQuestioned(
        report_id=linked.report_id,
        person_id=link.person_id,
        candidates=link.candidates,
        why=link.why,
        at=linked.received,
        source=linked.source,
        protects_address=SensitivityTag.ADDRESS_PROTECTED in linked.tags,
    )


def _set_aside(receiving: Receiving, arrived: Arrived, reason: _Reason, attributes: Attributes | None) -> ReceiptIssued:
    """The message kept whole, and the answer that says why it was not taken in; `attributes` if they were proved."""
    source, event_id = receiving.unsealer.claimed(arrived)
    now = receiving.clock.now()
    sequence = attributes.sequence if attributes is not None else ""
    fact = ReportQuarantined(
        topic=arrived.topic,
        source=source,
        event_id=event_id,
        received=now,
        code=reason.code,
        where=reason.where,
        alarm=reason.alarm or reason.code in _ALARMS,
        proved=attributes is not None,
        sequence=sequence,
        held=_held(arrived),
    )
    key = f"{arrived.topic}\x1f{sha256(fact.held.encode()).hexdigest()}"
    entry = Entry(Stream(StreamKind.QUARANTINE, key), receiving.clock.new_id(), fact, expected=0)
    with suppress(AlreadyKept):  # the very same message was set aside before; once is enough
        receiving.store.keep((entry,))
    return ReceiptIssued(
        source=source or "",
        event_id=event_id or "",
        outcome="quarantined",
        code=reason.code,
        where=reason.where,
        at=now,
        sequence=sequence,
    )


def _held(arrived: Arrived) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in arrived.message.headers)
    return base64.b64encode(headers.encode("utf-8", "surrogatepass") + b"\n\n" + arrived.message.value).decode("ascii")
