"""A report is found to be about somebody else: two people say so, it moves whole, and everybody who saw it is named.

Nothing is erased: the wrong link, the move and its reason stay on record where it stood.
"""

from dataclasses import dataclass, field
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor, ReportLinked, ReportUnlinked
from contracts.events.matching import QuestionAnswered, ReadersNamed, SawIt
from contracts.identifiers import Scheme
from hub.application.hold_apart import shield_moved
from hub.application.permit import Act
from hub.application.ports import Clock, Entry, History, IdentityIndex, Kept, Store, Stream, marks_of
from hub.application.stand_to import Deciding, acting, alarms
from hub.domain import identity
from hub.domain.access import Asked
from hub.domain.errors import AccessRefused
from hub.domain.need_to_know import Action, stamped
from hub.domain.proposed_moves import open_question
from hub.domain.record_places import REPORT, report_key
from hub.domain.replies import carried
from hub.domain.three_factors import FACTORS, factors_of
from hub.domain.unread import INVOLVED, involvement
from hub.domain.wrong_match import MoveRefused, Seen, check_move, decide_match, purpose_of, who_saw


@dataclass(frozen=True, slots=True)
class Moving:
    """What moving a report needs."""

    store: Store
    index: IdentityIndex
    clock: Clock
    deciding: Deciding
    law: LawSettings = field(default_factory=LawSettings)


@dataclass(frozen=True, slots=True)
class Move:
    """Which report, from whom, to whom (None: a person not known before), who says so and who agrees, and why."""

    report_id: UUID
    from_person: UUID
    to_person: UUID | None
    by: Actor
    approved_by: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the report now stands, and everybody who had seen it where it stood: with no child, while in question."""

    person_id: UUID
    seen_by: tuple[Seen, ...]
    was_in_question: bool = False


def move_report(moving: Moving, move: Move) -> Moved:
    """The report stands with the right person, and the same evidence leads there from now on.

    Raises MoveRefused, AccessRefused (on record: it is not the work of one of the two, or they are kept from one of
    the children), Conflict (something arrived meanwhile: try again), StoreUnavailable, Unreadable.
    """
    if move.to_person == move.from_person:
        raise MoveRefused("same_person")
    history = moving.store.read_history(move.from_person)
    link = check_move(move.report_id, history.standing(), move.by.subject, move.approved_by.subject)
    kept = _permit(moving, move, history)
    seen = who_saw(move.report_id, link, moving.store.read_access(move.from_person))
    to_person = move.to_person or moving.clock.new_id()
    signed = moving.store.open_signed(history, kept.permit, move.report_id)
    (opened,) = moving.store.open_reports(history, kept.permit, Act.MOVE, frozenset({move.report_id}))
    evidence = identity.evidence(opened.report.subject(), link.source)
    pointer = moving.index.pointer(REPORT, report_key(link.source, move.report_id), to_person)
    involved = moving.index.pointer(INVOLVED, involvement(link.source, to_person), to_person)
    shield = shield_moved((moving.store, moving.index), link, opened.report, to_person)
    factors = factors_of(opened.report.subject(), protected=shield is not None)
    found_by = tuple(moving.index.pointer(FACTORS, one.key, to_person) for one in factors)
    shields, protects = (shield.terms, shield.protects) if shield is not None else ((), link.protects)
    terms = (*moving.index.moved_terms(evidence, move.from_person, to_person), pointer, involved, *found_by, *shields)
    there = Stream.history(to_person)
    version = moving.store.history_version(to_person)
    of_here = marks_of(tuple(one for one in terms if one.person_id == move.from_person))
    of_there = marks_of(tuple(one for one in terms if one.person_id != move.from_person))
    here, unlinked = Stream.history(move.from_person), _unlinked(moving, move, to_person, of_here)
    entries = (
        Entry(here, moving.clock.new_id(), unlinked, history.version),
        Entry(there, move.report_id, signed, version),
        Entry(there, moving.clock.new_id(), _relinked(moving, link, to_person, (of_there, protects)), version),
        *_replies(moving, move, history, to_person),
        *_settled(moving, move, history, to_person),
        *_named(moving, move, history, seen),
    )
    moving.store.keep(entries, terms)
    return Moved(to_person, seen, open_question(move.report_id, move.from_person, history.facts) is not None)


def _replies(moving: Moving, move: Move, history: History, to_person: UUID) -> tuple[Entry, ...]:
    """What people said about the report, to be kept where it goes; the entries before them pin the versions."""
    there = Stream.history(to_person)
    return tuple(Entry(there, moving.clock.new_id(), one) for one in carried(history.facts, move.report_id, to_person))


def _settled(moving: Moving, move: Move, history: History, to_person: UUID) -> tuple[Entry, ...]:
    """For each other child of whom it was asked whether the report is theirs: that it is not in question any more."""
    question = open_question(move.report_id, move.from_person, history.facts)
    if question is None:
        return ()
    answered = QuestionAnswered(
        report_id=move.report_id,
        person_id=move.from_person,
        candidates=question.candidates,
        at=moving.clock.now(),
        by=move.approved_by,
        answer="moved",
    )
    return tuple(
        Entry(Stream.history(one), moving.clock.new_id(), answered, moving.store.history_version(one))
        for one in question.candidates
        if one != to_person and is_known(moving.index, one)
    )


def _named(moving: Moving, move: Move, history: History, seen: tuple[Seen, ...]) -> tuple[Entry, ...]:
    """Who was shown it with a child whom it is not about, to be told; nobody, while it was in question."""
    if not seen or open_question(move.report_id, move.from_person, history.facts) is not None:
        return ()
    readers = tuple(
        SawIt(issuer=one.issuer, subject=one.subject, at=one.at, decision_id=one.decision_id) for one in seen
    )
    named = ReadersNamed(report_id=move.report_id, person_id=move.from_person, at=moving.clock.now(), readers=readers)
    return (Entry(Stream.access(move.from_person), moving.clock.new_id(), named),)


def is_known(index: IdentityIndex, person_id: UUID) -> bool:
    """Whether the hub knows of the person still: not once they are erased. Raises StoreUnavailable."""
    return bool(index.people_with(Scheme.HUB, person_id.hex.upper()))


def may_match(moving: Moving, actor: Actor, person_id: UUID) -> AccessDecided:
    """That who acts may say whose this person's reports are, to be kept.

    Raises AccessRefused (on record: it is not their work, or they are kept from the person), StoreUnavailable.
    """
    purpose, version = purpose_of(actor), moving.store.history_version(person_id)
    asked = Asked(actor, purpose, moving.clock.now())
    said = decide_match(asked, person_id, moving.clock.new_id(), version, moving.law)
    stands = acting(moving, actor, purpose, person_id, action=Action.MATCH)
    decision = stamped(said, stands.ruling, stands.relations)
    if decision.effect != "permitted":
        entry = Entry(Stream.access(person_id), decision.decision_id, decision)
        moving.store.keep((entry, *alarms(stands.ruling, actor, moving.clock)))
        raise AccessRefused
    return decision


def _permit(moving: Moving, move: Move, history: History) -> Kept:
    """The opening that moving takes, on record before it is done: both of the two are asked about both children.

    Raises AccessRefused (on record), MoveRefused (gone: whom it was to go to was erased).
    """
    people = (move.from_person, *((move.to_person,) if move.to_person is not None else ()))
    for person_id in people[1:]:
        for actor in (move.by, move.approved_by):
            may_match(moving, actor, person_id)
    may_match(moving, move.by, move.from_person)
    decision = may_match(moving, move.approved_by, move.from_person)
    if not all(is_known(moving.index, one) for one in people[1:]):
        raise MoveRefused("gone")
    entry = Entry(Stream.access(move.from_person), decision.decision_id, decision)
    return moving.store.keep((entry,), seen=((Stream.history(move.from_person), history.version),))


def _unlinked(moving: Moving, move: Move, to_person: UUID, terms: tuple[str, ...]) -> ReportUnlinked:
    return ReportUnlinked(
        report_id=move.report_id,
        person_id=move.from_person,
        moved_to=to_person,
        at=moving.clock.now(),
        by=move.by.subject,
        approved_by=move.approved_by.subject,
        reason=move.reason,
        terms=terms,
    )


def _relinked(
    moving: Moving, link: ReportLinked, to_person: UUID, leads: tuple[tuple[str, ...], tuple[str, ...]]
) -> ReportLinked:
    """The same statement about the same report, with the right person: received when it was, linked here only now."""
    decided = {"person_id": to_person, "certainty": "known", "matched_on": (identity.BY_PEOPLE,)}
    terms, protects = leads
    return link.model_copy(update={**decided, "linked_at": moving.clock.now(), "terms": terms, "protects": protects})
