"""A report that stands with the wrong child: one person says so, another agrees, and everybody who saw it is told."""

from typing import Final
from uuid import UUID

from starlette.responses import Response

from contracts.catalogue import report_class
from contracts.vocabulary import Purpose
from hub.application.list_moves import list_moves, list_seen_wrongly
from hub.application.move_report import Moving
from hub.application.propose_move import (
    Follows,
    Wanted,
    agree_move,
    find_right_person,
    look_at_move,
    propose_move,
    what_follows,
)
from hub.domain.errors import NotOnRecord
from hub.domain.proposed_moves import ROLES, lapses
from hub.domain.wrong_match import MoveRefused
from hub.web.forms import Wrong, read_child
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.audit_parts import names, of_this_role

REFUSED: Final = {
    "settled": "Somebody has settled it already, or there is no such question. Look at the list again",
    "not_a_candidate": "It was not asked whether it is that child. Look at the list again",
    "reason_needed": "Say why, in words",
    "not_proved": "Whoever says whose a report is proves who they are: sign in as yourself",
    "same_person": "It stands with that child already",
    "not_linked_here": "It does not stand with this child: it was moved already, or never was here",
    "proposed_already": "Somebody has proposed to move it already: a second person agrees, or it lapses after 7 days",
    "no_such_move": "Nothing of that number waits",
    "moved_already": "It was moved already",
    "gone": "Whom it was to go to is not known here any more: propose it afresh",
    "two_people_needed": "You proposed it: somebody else agrees",
    "proposer_left": "Whoever proposed it has left, or has another role now: propose it again",
    "lapsed": "It was proposed more than 7 days ago and has lapsed: propose it again",
}


def moving(visit: Visit) -> Moving:
    """What saying whose a report is needs."""
    reading = visit.parts.reading()
    return Moving(reading.store, reading.index, visit.parts.clock, reading.deciding, reading.law)


def an_id(visit: Visit, name: str) -> UUID:
    """The id in a field of the form. Raises NoSuchPage."""
    try:
        return UUID(visit.field(name))
    except ValueError:
        raise NoSuchPage from None


def listed(visit: Visit) -> Response:
    """The moves that wait. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    rows = visit.parts.rows_of("moves")
    found = of_this_role(lambda: list_moves(moving(visit), rows, visit.member.actor))
    now = visit.parts.clock.now()
    waits = tuple((one, lapses(one.at), now >= lapses(one.at)) for one in found)
    return visit.show("moves.html", waits=waits, names=names(visit))


def ask(visit: Visit) -> Response:
    """Who was shown it and who was sent it, and to whom it should go. Raises AccessRefused (on record), NoSuchPage."""
    return _form(visit, {})


def propose(visit: Visit) -> Response:
    """What waits for a second person now; or the form again. Raises AccessRefused (on record), NoSuchPage, Conflict."""
    wrong: Wrong = {}
    whom, reason = visit.field("belongs"), visit.field("because")
    child = read_child(visit.field("child")) if whom == "known" else None
    if whom not in ("known", "new"):
        wrong["belongs"] = "Select to whom it belongs"
    if isinstance(child, str):
        wrong["child"] = child
    if not reason:
        wrong["because"] = "Enter why: what you looked at and whom you asked"
    if wrong or isinstance(child, str):
        return _form(visit, wrong, 422)
    needs, actor = moving(visit), visit.member.actor
    try:
        to_person = find_right_person(needs, actor, child) if child is not None else None
        wanted = Wanted(an_id(visit, "of-report"), an_id(visit, "person"), to_person, reason)
        kept = propose_move(needs, actor, wanted)
    except NotOnRecord:
        return _form(visit, {"child": "Nobody is known here by that number. That you asked is on record"}, 422)
    except MoveRefused as refused:
        return visit.show("not_moved.html", 422, says=REFUSED[str(refused)])
    return visit.show("move_proposed.html", move=kept, until=lapses(kept.at), purpose=_purpose(visit))


def look(visit: Visit) -> Response:
    """One move that waits, and what follows from it. Raises AccessRefused (on record), NoSuchPage."""
    move_id, person_id = an_id(visit, "move"), an_id(visit, "person")
    try:
        found = look_at_move(moving(visit), visit.member.actor, move_id, person_id)
    except MoveRefused as refused:
        return visit.show("not_moved.html", 404, says=REFUSED[str(refused)])
    now, own = visit.parts.clock.now(), found.move.by.subject == visit.member.actor.subject
    until = lapses(found.move.at)
    return visit.show(
        "move.html",
        move=found.move,
        title=_title(found.follows),
        until=until,
        lapsed=now >= until,
        own_word=own,
        of=found.follows,
        names=names(visit),
    )


def agree(visit: Visit) -> Response:
    """The report moved. Raises AccessRefused (on record), NoSuchPage, Conflict, StoreUnavailable, Unreadable."""
    move_id, person_id = an_id(visit, "move"), an_id(visit, "person")
    needs, actor = moving(visit), visit.member.actor
    try:
        moved = agree_move(needs, actor, move_id, person_id)
    except MoveRefused as refused:
        return visit.show("not_moved.html", 422, says=REFUSED[str(refused)])
    return visit.show("moved.html", moved=moved, from_person=person_id, names=names(visit))


def seen(visit: Visit) -> Response:
    """What the reader was shown with the wrong child; on record. Raises StoreUnavailable."""
    found = list_seen_wrongly(moving(visit), visit.parts.rows_of("moves"), visit.member.actor)
    return visit.show("seen_wrongly.html", found=found)


def _form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    report_id, person_id = an_id(visit, "of-report"), an_id(visit, "person")
    try:
        follows = what_follows(moving(visit), visit.member.actor, report_id, person_id)
    except MoveRefused as refused:
        return visit.show("not_moved.html", 404, says=REFUSED[str(refused)])
    given = {name: visit.field(name) for name in ("belongs", "because")}
    return visit.show(
        "move_ask.html",
        status,
        person_id=person_id,
        purpose=_purpose(visit),
        title=_title(follows),
        wrong=wrong,
        given=given,
        of=follows,
        names=names(visit),
    )


def _purpose(visit: Visit) -> Purpose | None:
    """For what the entry was looked at, from which somebody came, so that they find back; None: not from one."""
    return next((one for one in Purpose if one.value == visit.field("purpose")), None)


def _title(follows: Follows) -> str:
    return report_class(follows.link.report_type).TITLE


PAGES = (
    Page("GET", "/moves", listed),
    Page("POST", "/moves", ask, ROLES),
    Page("POST", "/moves/propose", propose, ROLES),
    Page("POST", "/moves/look", look, ROLES),
    Page("POST", "/moves/agree", agree, ROLES, fresh=True),
    Page("GET", "/moved", seen),
)
