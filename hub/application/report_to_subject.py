"""Who has looked at my record: put together, reviewed by an information-governance officer, and only then a letter.

Both steps are on record, with the decision behind them, before anything is shown. What is suppressed, what is absent
and what is held back leave the same letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.events.subject_report import SubjectReportProposed, SubjectReportReviewed
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.answer_family import bearing_on, kept_away
from hub.application.find_person import Finding, find_person
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.stand_to import Deciding, acting, alarms
from hub.domain import registry
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused, NotOnRecord
from hub.domain.family_answer import Asker, FamilyDecision, Held, decide_family
from hub.domain.family_letter import outgoing
from hub.domain.moment import day_in_london
from hub.domain.subject_letter import as_page, report_letter
from hub.domain.subject_report import Review, check_review, listed_after, propose
from hub.domain.unread import NOBODY


@dataclass(frozen=True, slots=True)
class ReportingToSubjects:
    """What reporting needs. `called` gives people's names for agencies by source.

    `names_staff`: the partnership's policy lets the letter name who looked.
    """

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    called: Mapping[str, str]
    deciding: Deciding
    names_staff: bool = False


@dataclass(frozen=True, slots=True)
class ReportLetter:
    """The review as kept, and the letter: as text, as a web page, and as it leaves. All empty where it is delayed."""

    reviewed: SubjectReportReviewed
    text: str = ""
    page: str = ""
    outgoing: bytes = b""


def propose_report(
    reporting: ReportingToSubjects, actor: Actor, child: Identifier, asker: Asker
) -> SubjectReportProposed:
    """The report for review. Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable."""
    found, held, decision = _decided(reporting, actor, child, asker)
    looks = (one for one in held.access if isinstance(one, AccessDecided))
    before = (one for one in _kept(reporting, found) if isinstance(one, SubjectReportReviewed))
    proposed = propose(asker, decision, looks, before, reporting.clock.new_id())
    _keep(reporting, found, decision, proposed)
    return proposed


def review_report(
    reporting: ReportingToSubjects, actor: Actor, child: Identifier, report_id: UUID, review: Review
) -> ReportLetter:
    """The letter as reviewed; what has changed since it was proposed only ever takes looks away.

    Raises AccessRefused and NotOnRecord (the asking is on record), ReviewRefused, Conflict, StoreUnavailable,
    Unreadable.
    """
    proposed = _proposed(reporting, actor, child, report_id)
    asker = _asker_of(proposed) if proposed is not None else _SOMEBODY
    found, _, decision = _decided(reporting, actor, child, asker)
    if proposed is None:
        _keep(reporting, found, decision, None)
        raise NotOnRecord("subject report")
    reviews = (one for one in _kept(reporting, found) if isinstance(one, SubjectReportReviewed))
    earlier = tuple(one for one in reviews if one.report_id == report_id)
    check_review(proposed, earlier, actor, review, day_in_london(decision.fact.at))
    looks = listed_after(proposed, review, decision)
    named = _names(reporting) if reporting.names_staff else {}
    text = report_letter(decision, looks, asker.kind, reporting.called, named) if review.outcome != "delayed" else ""
    leaves = outgoing(text) if text else b""
    reviewed = SubjectReportReviewed(
        report_id=report_id,
        at=decision.fact.at,
        person_id=proposed.person_id,
        by=actor,
        outcome=review.outcome,
        held=review.held,
        listed=tuple(one.decision_id for one in looks),
        reason=review.reason,
        until=review.until,
        names_staff=reporting.names_staff,
        sha256=sha256(leaves).hexdigest() if leaves else "",
    )
    _keep(reporting, found, decision, reviewed)
    return ReportLetter(reviewed, text, as_page(text), leaves) if text else ReportLetter(reviewed)


_SOMEBODY = Asker("somebody", "other", "not_checked")


def _asker_of(proposed: SubjectReportProposed) -> Asker:
    named, also = frozenset(proposed.named), frozenset(proposed.also)
    return Asker(proposed.asker, proposed.asker_kind, proposed.proof, named, also)


def _decided(
    reporting: ReportingToSubjects, actor: Actor, child: Identifier, asker: Asker
) -> tuple[Finding, Held, FamilyDecision]:
    asked = Asked(actor, Purpose.SUBJECT_ACCESS, reporting.clock.now())
    found = find_person(reporting.index, child, actor, asked.purpose, asked.at)
    held = bearing_on(reporting.store, reporting.clock, found)
    stands = acting(reporting, actor, asked.purpose, found.person_id, child)
    decision = kept_away(decide_family(asked, asker, held, reporting.clock.new_id(), reporting.law), stands)
    if decision.fact.effect != "permitted":
        _keep(reporting, found, decision, None, alarms(stands.ruling, actor, reporting.clock))
        raise AccessRefused
    return found, held, decision


def _proposed(
    reporting: ReportingToSubjects, actor: Actor, child: Identifier, report_id: UUID
) -> SubjectReportProposed | None:
    found = find_person(reporting.index, child, actor, Purpose.SUBJECT_ACCESS, reporting.clock.now())
    kept = (one for one in _kept(reporting, found) if isinstance(one, SubjectReportProposed))
    return next((one for one in kept if one.report_id == report_id), None)


def _kept(reporting: ReportingToSubjects, found: Finding) -> tuple[object, ...]:
    """What is kept of the person's reports; of nobody's, where the child is not there."""
    return reporting.store.read_stream(Stream.access(found.person_id or NOBODY))


def _keep(
    reporting: ReportingToSubjects,
    found: Finding,
    decision: FamilyDecision,
    said: SubjectReportProposed | SubjectReportReviewed | None,
    told: tuple[Entry, ...] = (),
) -> None:
    fact, search_id = decision.fact, reporting.clock.new_id()
    access = Stream.access(fact.person_id)
    entries = (
        Entry(Stream.search(search_id), search_id, found.fact, expected=0),
        Entry(access, fact.decision_id, fact),
        Entry(access, reporting.clock.new_id(), decision.asked),
        *((Entry(access, reporting.clock.new_id(), said),) if said is not None else ()),
        *told,
    )
    reporting.store.keep(entries, seen=((Stream.history(fact.person_id), fact.history_version),))


def _names(reporting: ReportingToSubjects) -> Mapping[str, str]:
    staff = registry.ever_staff(reporting.store.read_stream(Stream.registry()))
    return {subject: enrolled.name for subject, enrolled in staff.items()}
