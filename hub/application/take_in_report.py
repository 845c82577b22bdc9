"""A proved report is taken in: whose is it, what does the hub state of it, and what is kept, all or none."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from contracts.compartment import Compartment
from contracts.events.compartment import AddressNotProtected
from contracts.events.hub import IdentityQuestioned, Mark, ReceiptIssued, ReportLinked
from contracts.report import RecordTokens
from contracts.signature import Signed
from contracts.vocabulary import SensitivityTag
from hub.application.hold_apart import hold_apart
from hub.application.in_parts import InParts
from hub.application.ports import Entry, Stream, StreamKind, Term, marks_of
from hub.application.receiving import Proved, Receiving
from hub.domain import arrival, identity
from hub.domain.arrival import SignedReport
from hub.domain.identity import Certainty, Link
from hub.domain.kept_from import kept_from
from hub.domain.lives_at import LIVES_AT, address_of, bound
from hub.domain.moment import day_in_london
from hub.domain.record_places import REPORT, record_places, report_key
from hub.domain.three_factors import FACTORS, factors_of
from hub.domain.unread import INVOLVED, involvement

_NO_HOME = frozenset({Compartment.REFUGE, Compartment.ADOPTION})  # where the address is held apart, it leads nowhere
_GONE = Mark(code="earlier_copy_gone", says="This report was taken in before and is gone from the store: alarm.")


def take_in_report(receiving: Receiving, proved: Proved) -> ReceiptIssued:
    """The receipt for a report that was not taken in before; it is the store's when this returns.

    Raises Conflict, AlreadyKept (something came between reading and keeping), StoreUnavailable.
    """
    link = identity.link(receiving.index.look_up(proved.evidence), receiving.clock.new_id())
    key = report_key(proved.attributes.source, proved.attributes.id)
    pointer = receiving.index.pointer(REPORT, key, link.person_id)
    held = hold_apart(receiving, proved, link)
    by = involvement(proved.attributes.source, link.person_id)
    involved = receiving.index.pointer(INVOLVED, by, link.person_id)
    home = () if _NO_HOME & set(held.held_apart) else _home(receiving, proved, link)
    found_by = _found_by(receiving, proved, link, protected=held.protected)
    terms = (*_terms(receiving, proved, link), pointer, involved, *home, *found_by, *held.terms)
    apart: dict[str, object] = {"held_apart": held.held_apart, "protects": held.protects, "lived": held.lived}
    apart |= {"to_review": held.to_review, "telling": held.standard.telling, "bases": held.standard.bases}
    apart |= {"not_to_be_seen_by": kept_from(held.standard, receiving.agreements.values()).whom}
    linked = _linked(receiving, proved, link, terms, apart)
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
    entries = _entries(receiving, proved, link, linked, (receipt, held.what))
    receiving.store.keep((*entries, *_not_protected(receiving, linked, held.unread)), terms)
    return receipt


def _terms(receiving: Receiving, proved: Proved, link: Link) -> tuple[Term, ...]:
    """Where this evidence is to lead from now on. A match about which anything differs adds no number to anybody."""
    evidence = proved.evidence
    if link.certainty is Certainty.QUESTIONED or identity.BY_EVIDENCE in link.matched_on:
        return receiving.index.questioned_terms(evidence, link.person_id)
    sure = not link.differs and identity.BY_PEOPLE not in link.matched_on
    return receiving.index.terms(evidence if sure else replace(evidence, identifiers=()), link.person_id)


def _found_by(receiving: Receiving, proved: Proved, link: Link, *, protected: bool) -> tuple[Term, ...]:
    """By what somebody who knows no number may look for the person; of one in question, nothing."""
    if link.certainty is Certainty.QUESTIONED:
        return ()
    factors = factors_of(proved.report.subject(), protected=protected)
    return tuple(receiving.index.pointer(FACTORS, one.key, link.person_id) for one in factors)


def _home(receiving: Receiving, proved: Proved, link: Link) -> tuple[Term, ...]:
    """The address, with the person, so that a look by somebody who lives there can be asked about."""
    key = address_of(proved.report)
    return (receiving.index.pointer(LIVES_AT, bound(link.person_id, key), link.person_id),) if key else ()


def _linked(
    receiving: Receiving, proved: Proved, link: Link, terms: tuple[Term, ...], apart: Mapping[str, object]
) -> ReportLinked:
    received = receiving.clock.now()
    signed = SignedReport(proved.attributes.id, proved.version, proved.body_sha256)
    linked = arrival.state_link(proved.report, signed, proved.agreement, link, received)
    overdue: tuple[Mark, ...] = arrival.agreement_marks(proved.agreement, proved.report, day_in_london(received))
    gone = (_GONE,) if proved.answered else ()
    barred = kept_from(proved.report, receiving.agreements.values())
    more = {
        "marks": (*linked.marks, *overdue, *gone, *barred.marks, *arrival.basis_marks(linked, receiving.law)),
        "record": _tokens(receiving, proved),
        "terms": marks_of(terms),
    }
    return linked.model_copy(update={**more, **apart})


def _tokens(receiving: Receiving, proved: Proved) -> RecordTokens:
    places = record_places(proved.report, proved.attributes.source)
    item, record, *above = (
        receiving.index.token("record", place).hex() for place in (places.item, places.record, *places.above)
    )
    return RecordTokens(item=item, record=record, above=tuple(above), all_below=places.all_below)


def _entries(
    receiving: Receiving,
    proved: Proved,
    link: Link,
    linked: ReportLinked,
    ends: tuple[ReceiptIssued, Signed | InParts],
) -> tuple[Entry, ...]:
    """The agency's bytes, whole or in parts, the hub's own link, any question, and the receipt: kept all or none."""
    receipt, what = ends
    known = link.certainty is Certainty.KNOWN
    version = receiving.store.history_version(link.person_id) if known else 0
    history, report_id = Stream.history(link.person_id), proved.attributes.id
    entries = [
        Entry(history, report_id, what, expected=version),
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


def _not_protected(receiving: Receiving, linked: ReportLinked, unread: tuple[UUID, ...]) -> Iterator[Entry]:
    """What those who check are told of, for each whose last address should be protected and could not be read."""
    for person_id in unread:
        fact = AddressNotProtected(
            alarm_id=receiving.clock.new_id(),
            at=linked.received,
            person_id=person_id,
            report_id=linked.report_id,
            source=linked.source,
        )
        yield Entry(Stream(StreamKind.READ, fact.alarm_id.hex), fact.alarm_id, fact, expected=0)


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
