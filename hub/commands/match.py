"""`hub match list|settle|move|agree`: whose a report is, said by a person; moving one takes a second person's word."""

import argparse
from typing import Final

from contracts.events.hub import Actor
from contracts.events.matching import MoveProposed
from contracts.strict_json import Json
from hub.application.list_moves import list_moves
from hub.application.list_questions import ListingQuestions, list_questions
from hub.application.move_report import Moving
from hub.application.propose_move import Wanted, agree_move, find_right_person, propose_move
from hub.application.settle_question import Answer, Said, settle_question
from hub.commands import typed
from hub.commands.one_line import one_line
from hub.commands.own_proof import Refusing, run_step
from hub.domain import words
from hub.domain.proposed_moves import lapses
from hub.domain.questions_list import QUESTIONS as IN_QUESTION
from hub.domain.questions_list import WHY
from hub.domain.wrong_match import MoveRefused
from hub.settings import Settings
from hub.views.moves import MOVES, Waiting, waiting_moves
from hub.views.questions import QUESTIONS, Question, in_order
from hub.wiring import Hub

NAMES = frozenset({"match"})
ANSWERS: Final[dict[str, Answer]] = {"same": "same", "different": "different", "not-sure": "not_sure"}
SAYS: Final = {
    "settled": "somebody has settled it already, or there is no such question: `hub match list`",
    "not_a_candidate": "it was not asked whether it is that child: `hub match list`",
    "reason_needed": "say why, in at most 500 characters",
    "not_proved": "whoever says whose a report is proves who they are",
    "same_person": "it stands with that child already",
    "not_linked_here": "it does not stand with that child",
    "proposed_already": "somebody has proposed to move it already: `hub match list`",
    "no_such_move": "nothing of that number waits: `hub match list`",
    "moved_already": "it was moved already",
    "gone": "whom it was to go to is not known here any more: propose it afresh",
    "two_people_needed": "you proposed it: somebody else agrees",
    "proposer_left": "whoever proposed it has left, or has another role now: propose it again",
    "lapsed": "it lapsed after 7 days: propose it again",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub match` and what stands under it."""
    match = commands.add_parser("match", help="whose a report is: questions, answers, and moves by two people")
    steps = match.add_subparsers(dest="step", required=True, metavar="STEP")
    listed = steps.add_parser("list", help="reports in question (for who decides), and moves that wait for a second")
    settle = steps.add_parser("settle", help="say whether a report in question is about the same child")
    settle.add_argument("report", type=typed.reference, metavar="REPORT", help="its number, from `hub match list`")
    settle.add_argument("--answer", required=True, choices=tuple(ANSWERS))
    settle.add_argument("--as-child", type=typed.identifier, metavar="CHILD", help="with --answer same: which child")
    move = steps.add_parser("move", help="propose that a report goes to the child whom it is about")
    move.add_argument("report", type=typed.reference, metavar="REPORT", help="its number")
    move.add_argument("--from", dest="child", required=True, type=typed.identifier, metavar="CHILD", help="where it is")
    whom = move.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    whom.add_argument("--to-somebody-new", action="store_true", help="whom the hub does not know yet")
    agree = steps.add_parser("agree", help="agree to a move that somebody else proposed; it is done at once")
    agree.add_argument("move", type=typed.reference, metavar="MOVE", help="its number, from `hub match list`")
    for one in (settle, move):
        one.add_argument("--reason", required=True, type=typed.said, metavar="WORDS", help="what you looked at")
    for one in (listed, settle, move, agree):
        typed.staff(one)
        typed.json(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when done, 1 when refused. Raises AccessRefused (on record), NotEnrolled, Conflict, StoreUnavailable."""
    hub = Hub(settings)
    refusing = Refusing(MoveRefused, SAYS, on_record=True)
    return run_step(
        hub, arguments, lambda actor: _step(hub, actor, arguments), refusing, proves=arguments.step != "list"
    )


def _step(hub: Hub, actor: Actor, arguments: argparse.Namespace) -> tuple[str, dict[str, Json]]:
    """What to tell, for people and as an object."""
    hub.follow()
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding(), hub.law)
    match arguments.step:
        case "list":
            return _list(hub, moving, actor)
        case "settle":
            return _settle(hub, moving, actor, arguments)
        case "move":
            to_person = find_right_person(moving, actor, arguments.to) if arguments.to is not None else None
            stands = find_right_person(moving, actor, arguments.child)
            return _waits(propose_move(moving, actor, Wanted(arguments.report, stands, to_person, arguments.reason)))
        case _:
            return _agree(hub, moving, actor, arguments)


def _settle(hub: Hub, moving: Moving, actor: Actor, arguments: argparse.Namespace) -> tuple[str, dict[str, Json]]:
    same = find_right_person(moving, actor, arguments.as_child) if arguments.as_child is not None else None
    asked = (one for one in in_order(hub.view_rows.read(QUESTIONS)) if one.report_id == arguments.report)
    question = next(asked, None)
    person_id = question.person_id if question is not None else arguments.report
    answer = ANSWERS[arguments.answer]
    kept = settle_question(moving, actor, Said(arguments.report, person_id, answer, arguments.reason, same))
    if isinstance(kept, MoveProposed):
        return _waits(kept)
    said = {"different": "It is of another child", "not_sure": "It stays in question"}[kept.answer]
    return f"On record. {said}.", {"report": str(kept.report_id), "answer": kept.answer}


def _agree(hub: Hub, moving: Moving, actor: Actor, arguments: argparse.Namespace) -> tuple[str, dict[str, Json]]:
    waits = (one for one in waiting_moves(hub.view_rows.read(MOVES)) if one.move_id == arguments.move)
    move = next(waits, None)
    person_id = move.person_id if move is not None else arguments.move
    moved = agree_move(moving, actor, arguments.move, person_id)
    told = [f"Moved to child hub:{moved.person_id}. Who was sent it is sent a recall."]
    told += [f"  was shown it: {one.subject}, {words.moment(one.at)}" for one in moved.seen_by]
    seen: list[Json] = [
        {"subject": one.subject, "agency": one.agency, "at": one.at.isoformat()} for one in moved.seen_by
    ]
    return "\n".join(one_line(one) for one in told), {"person": str(moved.person_id), "seen_by": seen}


def _waits(move: MoveProposed) -> tuple[str, dict[str, Json]]:
    ends = lapses(move.at)
    told = f"Proposed: {move.move_id}. Nothing is moved until somebody else agrees, before {words.moment(ends)}:"
    return f"{told}\n  hub match agree {move.move_id} --as STAFF", {
        "move": str(move.move_id),
        "until": ends.isoformat(),
    }


def _list(hub: Hub, moving: Moving, actor: Actor) -> tuple[str, dict[str, Json]]:
    waits = list_moves(moving, hub.view_rows.read(MOVES), actor)
    rows = hub.view_rows.read(QUESTIONS)
    listing = ListingQuestions(hub.store, hub.index, hub.clock, hub.law, moving.deciding, rows)
    asked = list_questions(listing, actor) if actor.role in IN_QUESTION.roles else ()
    told = [*(_question_said(one) for one in asked), *(_move_said(one) for one in waits)]
    said: dict[str, Json] = {"questions": [_question(one) for one in asked], "moves": [_move(one) for one in waits]}
    return "\n".join(one_line(one) for one in told) or "Nothing is in question, and nothing waits to be moved.", said


def _question_said(one: Question) -> str:
    others = ", ".join(f"hub:{each}" for each in one.candidates) or "nobody the hub knows"
    why = WHY.get(one.why, one.why)
    return f"{one.report_id}  in question since {words.moment(one.at)}: {why}; under hub:{one.person_id}, or {others}"


def _move_said(one: Waiting) -> str:
    to_person = f"hub:{one.to_person}" if one.to_person is not None else "somebody new"
    by = f"proposed by {one.by}, lapses {words.moment(lapses(one.at))}"
    return f"{one.move_id}  MOVE: report {one.report_id} from hub:{one.person_id} to {to_person}; {by}"


def _question(one: Question) -> dict[str, Json]:
    candidates: list[Json] = [str(each) for each in one.candidates]
    who: dict[str, Json] = {"report": str(one.report_id), "person": str(one.person_id), "candidates": candidates}
    return {**who, "why": one.why, "since": one.at.isoformat()}


def _move(one: Waiting) -> dict[str, Json]:
    to_person = str(one.to_person) if one.to_person is not None else None
    who: dict[str, Json] = {"move": str(one.move_id), "report": str(one.report_id), "from": str(one.person_id)}
    return {**who, "to": to_person, "by": one.by, "until": lapses(one.at).isoformat()}
