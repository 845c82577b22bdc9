"""Somebody says that a report stands with the wrong child, and a second person, who proves who they are, agrees.

Nothing is opened until both have said so. Who was shown it meanwhile, and who was sent it, is named before and after.
"""

from dataclasses import dataclass
from uuid import UUID

from contracts.events.hub import Actor, ReportLinked
from contracts.events.matching import MoveProposed
from contracts.events.sharing import DisclosureDecided
from contracts.identifiers import Identifier
from contracts.vocabulary import LogOperation
from hub.application.move_report import Move, Moved, Moving, may_match, move_report
from hub.application.ports import Entry, History, Stream
from hub.application.search_budget import find_within_budget, keep_searched
from hub.domain.errors import NotOnRecord
from hub.domain.proposed_moves import check_agree, check_proved, check_reason, lapses, open_question, waiting
from hub.domain.registry import is_changed
from hub.domain.wrong_match import MoveRefused, Seen, purpose_of, who_saw


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report is to go from whom to whom (None: a person not known before), and why."""

    report_id: UUID
    from_person: UUID
    to_person: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from a move: the report as it was taken in, who was shown it, and which agencies were sent it.

    `in_question`: it stands under a reference of its own, so whoever was shown it there was not misled by it.
    """

    link: ReportLinked
    seen: tuple[Seen, ...]
    recipients: tuple[str, ...]
    in_question: bool


@dataclass(frozen=True, slots=True)
class ToAgree:
    """A move that waits, and what follows from it."""

    move: MoveProposed
    follows: Follows


def find_right_person(moving: Moving, actor: Actor, child: Identifier) -> UUID:
    """Whom an exact identifier leads to; the search is on record.

    Raises NotOnRecord (nobody, or several), AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    found = find_within_budget(moving, child, actor, purpose_of(actor))
    keep_searched(moving, found, lambda search: moving.store.keep((search,)))
    if found.person_id is None:
        raise NotOnRecord("child")
    return found.person_id


def what_follows(moving: Moving, actor: Actor, report_id: UUID, from_person: UUID) -> Follows:
    """What a move of this report would lead to, before anybody proposes it; the look is on record.

    Raises AccessRefused (on record), MoveRefused (not_linked_here), StoreUnavailable, Unreadable.
    """
    _keep_look(moving, actor, from_person)
    return _follows(moving, moving.store.read_history(from_person), report_id)


def propose_move(moving: Moving, actor: Actor, wanted: Wanted) -> MoveProposed:
    """The proposal, on record; nothing is moved before somebody else agrees.

    Raises AccessRefused (on record), MoveRefused (not_proved, reason_needed, same_person, not_linked_here,
    proposed_already), Conflict, StoreUnavailable, Unreadable.
    """
    people = (wanted.from_person, *((wanted.to_person,) if wanted.to_person is not None else ()))
    decisions = tuple(may_match(moving, actor, one) for one in people)
    asked = tuple(Entry(Stream.access(one.person_id), one.decision_id, one) for one in decisions)
    history = moving.store.read_history(wanted.from_person)
    now = moving.clock.now()
    try:
        check_proved(actor)
        check_reason(wanted.reason)
        if wanted.to_person == wanted.from_person:
            raise MoveRefused("same_person")
        if all(link.report_id != wanted.report_id for link in history.standing()):
            raise MoveRefused("not_linked_here")
        before = (one for one in _proposed(moving, wanted.from_person) if one.report_id == wanted.report_id)
        if any(now < lapses(one.at) and waiting(one, history.facts) and not _is_changed(moving, one) for one in before):
            raise MoveRefused("proposed_already")
    except MoveRefused:
        moving.store.keep(asked)
        raise
    proposed = MoveProposed(
        move_id=moving.clock.new_id(),
        at=now,
        by=actor,
        report_id=wanted.report_id,
        person_id=wanted.from_person,
        to_person=wanted.to_person,
        reason=wanted.reason,
    )
    entry = Entry(Stream.access(wanted.from_person), proposed.move_id, proposed)
    moving.store.keep((*asked, entry), seen=((Stream.history(history.person_id), history.version),))
    return proposed


def look_at_move(moving: Moving, actor: Actor, move_id: UUID, from_person: UUID) -> ToAgree:
    """The move as it was proposed, and what follows from it; the look is on record, and nothing is opened.

    Raises AccessRefused (on record), MoveRefused (no_such_move, moved_already), StoreUnavailable, Unreadable.
    """
    _keep_look(moving, actor, from_person)
    move, history = _named(moving, move_id, from_person), moving.store.read_history(from_person)
    if move is None:
        raise MoveRefused("no_such_move")
    if not waiting(move, history.facts):
        raise MoveRefused("moved_already")
    return ToAgree(move, _follows(moving, history, move.report_id))


def agree_move(moving: Moving, actor: Actor, move_id: UUID, from_person: UUID) -> Moved:
    """The report moved, by two people's word. Who acts has proved who they are, for this.

    Raises AccessRefused (on record), MoveRefused (as check_agree; proposer_left), Conflict, StoreUnavailable,
    Unreadable.
    """
    asked = may_match(moving, actor, from_person)
    moving.store.keep((Entry(Stream.access(from_person), asked.decision_id, asked),))
    history = moving.store.read_history(from_person)
    move = check_agree(_named(moving, move_id, from_person), history.facts, actor, moving.clock.now())
    if _is_changed(moving, move):
        raise MoveRefused("proposer_left")
    return move_report(moving, Move(move.report_id, from_person, move.to_person, move.by, actor, move.reason))


def _is_changed(moving: Moving, move: MoveProposed) -> bool:
    """Whether whoever proposed it has left since, or has another role: then it is one person's word, if that."""
    return is_changed(move.by, moving.deciding.registered)


def _keep_look(moving: Moving, actor: Actor, person_id: UUID) -> None:
    look = may_match(moving, actor, person_id).model_copy(update={"operation": LogOperation.CONSULTATION})
    moving.store.keep((Entry(Stream.access(person_id), look.decision_id, look),))


def _proposed(moving: Moving, person_id: UUID) -> tuple[MoveProposed, ...]:
    facts = moving.store.read_stream(Stream.access(person_id))
    return tuple(fact for fact in facts if isinstance(fact, MoveProposed))


def _named(moving: Moving, move_id: UUID, person_id: UUID) -> MoveProposed | None:
    return next((one for one in _proposed(moving, person_id) if one.move_id == move_id), None)


def _follows(moving: Moving, history: History, report_id: UUID) -> Follows:
    link = next((one for one in history.standing() if one.report_id == report_id), None)
    if link is None:
        raise MoveRefused("not_linked_here")
    seen = who_saw(report_id, link, moving.store.read_access(history.person_id))
    facts = moving.store.read_stream(Stream.access(history.person_id))
    sent = (one.recipient for one in facts if isinstance(one, DisclosureDecided) and _sent(one, report_id))
    asked = open_question(report_id, history.person_id, history.facts)
    return Follows(link, seen, tuple(dict.fromkeys(sent)), asked is not None)


def _sent(disclosed: DisclosureDecided, report_id: UUID) -> bool:
    return disclosed.effect == "permitted" and any(one.report_id == report_id for one in disclosed.items)
