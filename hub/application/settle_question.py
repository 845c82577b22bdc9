"""Whose is it: a person looks at a report in question beside each child it may be about, and says what they find.

The hub settles nothing by itself. That it is the same child moves the report, which takes a second person.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from contracts.events.hub import Actor, IdentityQuestioned
from contracts.events.matching import MoveProposed, QuestionAnswered
from contracts.identifiers import Scheme, identifier
from contracts.vocabulary import Purpose
from hub.application.move_report import Moving, is_known, may_match
from hub.application.ports import Entry, Stream
from hub.application.propose_move import Wanted, propose_move
from hub.application.read_chronology import Reading, read_chronology
from hub.domain.chronology import Chronology
from hub.domain.errors import NotOnRecord
from hub.domain.proposed_moves import check_proved, check_reason, open_question
from hub.domain.wrong_match import MoveRefused

Answer = Literal["same", "different", "not_sure"]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A question, what is shown of the person under whom its report was put, and of each whom it may be about."""

    question: IdentityQuestioned
    here: Chronology
    candidates: tuple[Chronology, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody found: which report, under whom it is, whether it is the same child (and which), and why."""

    report_id: UUID
    person_id: UUID
    answer: Answer
    reason: str
    same_as: UUID | None = None


def compare_candidates(
    reading: Reading, actor: Actor, report_id: UUID, person_id: UUID, purpose: Purpose | None
) -> SideBySide:
    """What this reader may see of each, side by side: a look at every one of them, decided and on record as any is.

    Raises AccessRefused (on record), NotOnRecord (no such question waits), StoreUnavailable, WaitsForWitnesses,
    Conflict, Unreadable.
    """
    here = _chronology(reading, actor, person_id, purpose)
    question = open_question(report_id, person_id, reading.store.read_history(person_id).facts)
    if question is None:
        raise NotOnRecord("question")
    known = tuple(one for one in question.candidates if is_known(reading.index, one))
    return SideBySide(question, here, tuple(_chronology(reading, actor, one, purpose) for one in known))


def settle_question(moving: Moving, actor: Actor, said: Said) -> QuestionAnswered | MoveProposed:
    """What is on record now: the answer, or the move that a second person has to agree to.

    Raises AccessRefused (on record), MoveRefused (not_proved, reason_needed, settled, not_a_candidate,
    proposed_already), Conflict, StoreUnavailable, Unreadable.
    """
    decided = may_match(moving, actor, said.person_id)
    history = moving.store.read_history(said.person_id)
    question = open_question(said.report_id, said.person_id, history.facts)
    named = question.candidates if question is not None else ()
    people = tuple(one for one in named if is_known(moving.index, one))  # who was erased is no candidate any more
    decisions = (decided, *(may_match(moving, actor, one) for one in people))
    moving.store.keep(tuple(Entry(Stream.access(one.person_id), one.decision_id, one) for one in decisions))
    check_proved(actor)
    check_reason(said.reason)
    if question is None:
        raise MoveRefused("settled")
    if said.answer == "same":
        if said.same_as not in people:
            raise MoveRefused("not_a_candidate")
        return propose_move(moving, actor, Wanted(said.report_id, said.person_id, said.same_as, said.reason))
    answered = QuestionAnswered(
        report_id=said.report_id,
        person_id=said.person_id,
        candidates=question.candidates,
        at=moving.clock.now(),
        by=actor,
        answer=said.answer,
        reason=said.reason,
    )
    versions = {said.person_id: history.version}
    versions |= {one: moving.store.history_version(one) for one in people if said.answer == "different"}
    moving.store.keep(
        tuple(Entry(Stream.history(one), moving.clock.new_id(), answered, at) for one, at in versions.items())
    )
    return answered


def _chronology(reading: Reading, actor: Actor, person_id: UUID, purpose: Purpose | None) -> Chronology:
    return read_chronology(reading, actor, identifier(Scheme.HUB, person_id.hex), purpose)
