"""A report is to be moved to whom it is about: one person says so, another agrees within a week, or it lapses."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor, IdentityQuestioned, ReportUnlinked
from contracts.events.matching import MoveProposed, QuestionAnswered
from contracts.vocabulary import StaffRole
from hub.domain.assurance import MACHINE_ACCOUNT
from hub.domain.pinned_keys import is_other_person
from hub.domain.wrong_match import MoveRefused

ROLES: Final = frozenset({StaffRole.MASH_DECISION_MAKER, StaffRole.IG_OFFICER})
PROPOSED_FOR: Final = timedelta(days=7)
MOST_WORDS: Final = 500


def lapses(at: datetime) -> datetime:
    """From when on (UTC) nobody can agree to what was proposed then: it is proposed afresh."""
    return at + PROPOSED_FOR


def check_proved(actor: Actor) -> None:
    """Nothing, for somebody who proved who they are: else one person at the machine could be both of the two.

    Raises MoveRefused (not_proved).
    """
    if actor.assurance == MACHINE_ACCOUNT:
        raise MoveRefused("not_proved")


def check_reason(reason: str) -> None:
    """Nothing, where why is said. Raises MoveRefused (reason_needed)."""
    if not reason.strip() or len(reason) > MOST_WORDS:
        raise MoveRefused("reason_needed")


def waiting(move: MoveProposed, history: Iterable[Fact]) -> bool:
    """Whether the report was not moved since; `history` is that of whom it was to leave."""
    gone = (one for one in history if isinstance(one, ReportUnlinked) and one.report_id == move.report_id)
    return all(one.at < move.at for one in gone)


def check_agree(move: MoveProposed | None, history: Iterable[Fact], actor: Actor, now: datetime) -> MoveProposed:
    """The move, where who acts may agree to it now.

    Raises MoveRefused (not_proved, no_such_move, moved_already, two_people_needed, lapsed).
    """
    check_proved(actor)
    if move is None:
        raise MoveRefused("no_such_move")
    if not waiting(move, history):
        raise MoveRefused("moved_already")
    if not is_other_person(move.by, actor):
        raise MoveRefused("two_people_needed")
    if now >= lapses(move.at):
        raise MoveRefused("lapsed")
    return move


def open_question(report_id: UUID, person_id: UUID, facts: Iterable[Fact]) -> IdentityQuestioned | None:
    """The question about this report, put under this person, that nobody has settled; None where there is none."""
    found: IdentityQuestioned | None = None
    for fact in facts:
        match fact:
            case IdentityQuestioned() if (fact.report_id, fact.person_id) == (report_id, person_id):
                found = fact
            case QuestionAnswered() if fact.report_id == report_id and fact.answer != "not_sure":
                found = None
            case ReportUnlinked() if fact.report_id == report_id:
                found = None
    return found
