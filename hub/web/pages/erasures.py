"""Erasing a record and holding one, by the same controls as the commands: each step its own person's, newly proved.

The list names records by their reference, and is for those who check. Carrying out what two agreed to stays with
whoever runs the hub: it takes its keys and its files.
"""

from datetime import date
from uuid import UUID

from starlette.responses import RedirectResponse, Response

from contracts.events.erasure import ErasureGround, HoldReason
from contracts.identifiers import Identifier
from hub.application.erase_record import (
    CHECKS,
    WORKS,
    ErasingOn,
    approve_erasure,
    ask_erasure,
    lift_hold,
    list_erasures,
    look_at_erasure,
    place_hold,
    read_erasure,
)
from hub.application.list_due import ListingDue, list_due
from hub.domain.erasure_certificate import certificate
from hub.domain.erasures import APPROVALS, ErasureRefused
from hub.domain.errors import NotOnRecord
from hub.domain.retention import CLASSES
from hub.domain.unread import NOBODY
from hub.web.forms import Wrong, day_given, day_in_boxes, read_child, read_number
from hub.web.page import Page, Visit
from hub.web.pages.audit_parts import names, of_this_role, today

SAYS = {
    "no_such_erasure": "No erasure has that number. Look at each group of four again.",
    "no_such_hold": "No hold of that number stands: somebody may have lifted it already.",
    "held": "A hold stands against it, and a hold beats everything.",
    "asked_already": "Somebody has asked for it already.",
    "enquiry_open": "An enquiry about the child is open. Somebody who decides at the MASH closes it first.",
    "emergency_unreviewed": "It was opened in an emergency, and nobody has reviewed that. Somebody reviews it first.",
    "too_early": "The period for which it is kept is not over.",
    "moved_on": "More has come about the child since it was asked, which nobody has looked at. Ask anew.",
    "waiting": "It takes two who agree, after the last hold.",
    "approved": "Two people have agreed to it already.",
    "begun": "It has been begun, and cannot be called back.",
    "done": "It is done.",
    "not_done": "It is not done yet.",
    "not_proved": "Whoever erases proves who they are.",
    "same_person": "You asked for it, or have agreed to it already. Somebody else agrees.",
    "one_checks": "One of the two who agree has to be an information-governance officer.",
}
STANDS = {
    "waiting": "Waits for two others who agree",
    "approved": "Two agree: whoever runs the hub may carry it out",
    "held": "Held: nothing is erased while the hold stands",
    "moved_on": "More has come since it was asked: to be asked anew",
    "begun": "Begun, and broken off: whoever runs the hub carries it on",
    "done": "Erased, and verified",
}
WHOSE = {"child": "One child’s record", "everybody": "Every record here, as for an inquiry"}
NOBODY_KNOWN = "Nobody is known here by that. That you asked is on record"
PERIODS = {one.code: one.title for one in CLASSES}


def show(visit: Visit) -> Response:
    """What is asked, held and due. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    parts, actor = visit.parts, visit.member.actor
    erasures, holds = of_this_role(lambda: list_erasures(_erasing(visit), actor))
    listing = ListingDue(parts.store, parts.index, parts.clock, parts.rows_of("retained"))
    proposed = of_this_role(lambda: list_due(listing, actor, today(visit)))
    return visit.show(
        "erasures.html",
        erasures=erasures,
        holds=holds,
        due=proposed,
        periods=PERIODS,
        over=ErasureGround.RETENTION_OVER.value,
        names=names(visit),
        stands=STANDS,
    )


def forms(visit: Visit) -> Response:
    """The form to ask, and the box for the number of one that somebody else asked for; neither holds a record."""
    return _ask_form(visit, {})


def ask(visit: Visit) -> Response:
    """The erasure that was asked for. Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable."""
    child = read_child(visit.field("child"))
    ground = next((one for one in ErasureGround if one.value == visit.field("ground")), None)
    wrong: Wrong = {}
    if isinstance(child, str):
        wrong["child"] = child
    if ground is None:
        wrong["ground"] = "Select why it is to be erased"
    if isinstance(child, str) or ground is None:
        return _ask_form(visit, wrong, 422)
    try:
        asked = ask_erasure(_erasing(visit), visit.member.actor, child, ground)
    except ErasureRefused as refused:
        return _nothing_changed(visit, refused)
    except NotOnRecord:
        return _ask_form(visit, {"child": NOBODY_KNOWN}, 422)
    return _one(visit, asked.erasure_id, "You asked for this. Nothing is done until two others agree.")


def look(visit: Visit) -> Response:
    """One erasure, before somebody agrees to it. Raises AccessRefused (on record), StoreUnavailable, Unreadable."""
    number = read_number(visit.field("erasure"))
    if number is None:
        return _ask_form(visit, {"erasure": "Enter the number that whoever asked was given"}, 422)
    return _one(visit, number, "")


def agree(visit: Visit) -> Response:
    """The erasure, agreed to. Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable."""
    number = read_number(visit.field("erasure")) or NOBODY
    try:
        approved = approve_erasure(_erasing(visit), visit.member.actor, number)
    except ErasureRefused as refused:
        return _nothing_changed(visit, refused)
    return _one(visit, number, f"You agree, on record: {len(approved.approved)} of {APPROVALS} do.")


def hold_form(visit: Visit) -> Response:
    """The form to hold a record; it holds none."""
    return _hold_form(visit, {})


def hold(visit: Visit) -> Response:
    """The hold, placed. Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable."""
    read = _read_hold(visit)
    if isinstance(read, dict):
        return _hold_form(visit, read, 422)
    child, reason, review_on = read
    try:
        placed = place_hold(_erasing(visit), visit.member.actor, child, reason, review_on)
    except NotOnRecord:
        return _hold_form(visit, {"child": NOBODY_KNOWN}, 422)
    return visit.show("erasure_held.html", hold=placed)


def lift(visit: Visit) -> Response:
    """The list, once the hold is lifted. Raises NotForThisRole (the try is on record), Conflict, StoreUnavailable."""
    number = read_number(visit.field("hold")) or NOBODY
    try:
        lift_hold(_erasing(visit), visit.member.actor, number)
    except ErasureRefused as refused:
        return _nothing_changed(visit, refused)
    return RedirectResponse("/audit/erasures", 303)


def certify(visit: Visit) -> Response:
    """The certificate, to read or as a file. Raises AccessRefused (on record), StoreUnavailable, Unreadable."""
    number = read_number(visit.field("erasure")) or NOBODY
    try:
        one = read_erasure(_erasing(visit), visit.member.actor, number)
        made = certificate(one)
    except ErasureRefused as refused:
        return _nothing_changed(visit, refused)
    if visit.field("as") == "file":
        headers = {"Content-Disposition": f'attachment; filename="erasure-{number}.txt"'}
        return Response(made, headers=headers, media_type="text/plain; charset=utf-8")
    _, _, *parts = made.strip().split("\n\n")
    return visit.show(
        "erasure_certificate.html",
        begun=one.begun,
        done=one.done,
        parts=tuple(_part(text) for text in parts),
        periods=PERIODS,
        names=names(visit),
    )


def _erasing(visit: Visit) -> ErasingOn:
    return visit.parts.reading()


def _one(visit: Visit, erasure_id: UUID, done: str) -> Response:
    """One erasure as it stands. Raises AccessRefused (on record), StoreUnavailable, Unreadable."""
    actor = visit.member.actor
    try:
        one = look_at_erasure(_erasing(visit), actor, erasure_id)
    except ErasureRefused as refused:
        return _nothing_changed(visit, refused)
    before = (one.erasure.asked.by, *(each.by for each in one.erasure.approved))
    is_in_it = any(each.subject == actor.subject for each in before)
    return visit.show(
        "erasure.html", one=one, done=done, is_in_it=is_in_it, names=names(visit), stands=STANDS, needed=APPROVALS
    )


def _nothing_changed(visit: Visit, refused: ErasureRefused) -> Response:
    says = f"{SAYS[str(refused)]} That you asked is on record."
    return visit.show("trouble.html", 422, title="Nothing was changed", says=says)


def _ask_form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    grounds = [(one.value, one.meaning, "") for one in ErasureGround]
    return visit.show("erasure_ask.html", status, grounds=grounds, wrong=wrong, chosen=visit.field("ground"))


def _hold_form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    reasons = [(one.value, one.meaning, "") for one in HoldReason]
    whose = [(code, says, "") for code, says in WHOSE.items()]
    given = {**{name: visit.field(name) for name in ("whose", "kept-for")}, **day_given(visit.fields, "review")}
    return visit.show("erasure_hold.html", status, reasons=reasons, whose=whose, wrong=wrong, given=given)


def _read_hold(visit: Visit) -> tuple[Identifier | None, HoldReason, date] | Wrong:
    """Whose record (None: everybody's) is held why, and when somebody looks again; or what is wrong, by field."""
    wrong: Wrong = {}
    whose = visit.field("whose")
    child = read_child(visit.field("child")) if whose == "child" else None
    reason = next((one for one in HoldReason if one.value == visit.field("kept-for")), None)
    day = day_in_boxes(visit.fields, "review")
    if whose not in WHOSE:
        wrong["whose"] = "Select whose record is held"
    if isinstance(child, str):
        wrong["child"] = child
    if reason is None:
        wrong["kept-for"] = "Select why it must be kept"
    if not isinstance(day, date) or day <= today(visit):
        wrong["review"] = day if isinstance(day, str) else "Enter the day on which you look at it again, still to come"
    if wrong or isinstance(child, str) or reason is None or not isinstance(day, date):
        return wrong
    return child, reason, day


def _part(text: str) -> tuple[str, tuple[str, ...]]:
    """A part of the certificate: its title and its lines; or one sentence, and no lines."""
    title, *lines = text.splitlines()
    if lines and not lines[0].startswith("  "):
        return " ".join((title, *lines)), ()
    return title, tuple(line.strip() for line in lines)


PAGES = (
    Page("GET", "/audit/erasures", show),
    Page("GET", "/erasures", forms, WORKS),
    Page("POST", "/erasures/ask", ask, WORKS, fresh=True),
    Page("POST", "/erasures/look", look, WORKS),
    Page("POST", "/erasures/agree", agree, WORKS, fresh=True),
    Page("GET", "/erasures/hold", hold_form, WORKS),
    Page("POST", "/erasures/hold", hold, WORKS),
    Page("POST", "/erasures/lift", lift, CHECKS, fresh=True),
    Page("POST", "/erasures/certificate", certify, CHECKS),
)
