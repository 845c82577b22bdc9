"""Opening what a report holds apart: who is told is said before, it takes a new proof, and its owner sees who asked.

Where it takes two people, whoever asks waits until somebody else agrees, on a page of their own, with their own proof.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from starlette.responses import Response

from contracts.compartment import Compartment
from contracts.events.compartment import OpeningReason
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.agree_opening import Second, agree_opening, list_to_agree
from hub.application.keep_read import keep_read
from hub.application.open_apart import OpeningApart, open_apart
from hub.application.review_words import review_words
from hub.domain import held_words
from hub.domain.compartment_access import (
    AGREED_FOR,
    PROPOSED_FOR,
    PURPOSES,
    ROLES,
    SECONDS,
    TWO_PEOPLE,
    AgreementRefused,
    SecondPersonNeeded,
)
from hub.domain.compartment_access import Wanted as WantedOpen
from hub.domain.compartments import CLOSED
from hub.domain.errors import DoorShut, NotPermitted
from hub.views.openings import WATCHING, seen_by
from hub.web.forms import Wrong, read_child
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find
from hub.web.pages.audit_parts import names, of_this_role

OUTCOMES: Final[tuple[Literal["released", "kept"], ...]] = ("released", "kept")
DOOR_SHUT = (
    "That you asked is on record, and the agency is told. What holds these keys does not answer, or would not open it. "
    "Call the agency that stated it; the duty desk may have its number. Tell whoever runs this hub."
)


NOT_AGREED = {
    "step_up": "It takes a proof of who you are that is not older than 5 minutes.",
    "same_person": "You asked for it yourself. Somebody else agrees.",
    "lapsed": "It was asked for more than an hour ago. Whoever needs it asks again.",
    "agreed": "Somebody has agreed to it already.",
}
MINUTES = {"agreed": AGREED_FOR // timedelta(minutes=1), "proposed": PROPOSED_FOR // timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class Part:
    """What a button names: a report, which compartment, and whose it is as far as the page before said."""

    report_id: UUID
    compartment: Compartment
    source: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of what was opened: by whom it is held, for what, how it is named again, its lines, if it waits."""

    owner: str
    purpose: str
    part: str
    lines: tuple[str, ...]
    waits: bool


def offer(visit: Visit, *, today: bool) -> Literal["", "ask", "shut"]:
    """What a reader is offered beside what is held apart: to ask; that nothing answers here; or nothing, by role.

    `today`: whether the page shows what is known today.
    """
    if visit.member.actor.role not in ROLES or not today:
        return ""
    return "ask" if visit.parts.door.answers() else "shut"


def ask(visit: Visit) -> Response:
    """The form; it holds no word of the record. Raises NoSuchPage."""
    child = read_child(visit.field("child"))
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    return _form(visit, child, _part(visit), {})


def show(visit: Visit) -> Response:
    """What is held apart. Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable."""
    child, part = read_child(visit.field("child")), _part(visit)
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    purpose = next((one for one in PURPOSES[part.compartment] if one.value == visit.field("purpose")), None)
    why = next((one for one in OpeningReason if one.value == visit.field("why")), None)
    wrong: Wrong = {}
    if purpose is None:
        wrong["purpose"] = "Select what you are doing for the child"
    if why is None:
        wrong["why"] = "Select why you cannot do it without this"
    if purpose is None or why is None:
        return _form(visit, child, part, wrong, 422)
    return _opened(visit, child, part, (purpose, why))


def _opened(visit: Visit, child: Identifier, part: Part, chosen: tuple[Purpose, OpeningReason]) -> Response:
    wanted = _wanted(visit, part, chosen)
    opening = OpeningApart(visit.parts.reading(), visit.parts.apart, visit.parts.door)
    try:
        held, decided = open_apart(opening, child, wanted)
    except SecondPersonNeeded as needed:
        return _wait_for_second(visit, child, part, needed)
    except (NotPermitted, DoorShut):
        return visit.show("trouble.html", 503, title="It could not be opened", says=DOOR_SHUT)
    owner = visit.parts.titles.get(decided.owner, decided.owner)
    purpose, _ = find.in_words(decided.purpose)
    lines = held_words.lines(held)
    waits = part.compartment is Compartment.RESTRICTED  # what other law holds back does not open
    said = Said(owner, purpose, _named(part), lines, waits)
    return visit.show("apart_opened.html", decided=decided, of=said)


def _wanted(visit: Visit, part: Part, chosen: tuple[Purpose, OpeningReason]) -> WantedOpen:
    member = visit.member
    proved = member.proved.wall if member.proved is not None else None
    return WantedOpen(member.actor, chosen[0], part.report_id, part.compartment, proved, chosen[1])


def _named(part: Part) -> str:
    return f"{part.report_id.hex} {part.compartment.value} {part.source}"


def review(visit: Visit) -> Response:
    """That words were released, or kept apart. Raises as `show` does."""
    child, part = read_child(visit.field("child")), _part(visit)
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    purpose = next((one for one in PURPOSES[part.compartment] if one.value == visit.field("purpose")), None)
    outcome = next((one for one in OUTCOMES if one == visit.field("words")), None)
    if purpose is None or outcome is None:
        return _form(visit, child, part, {"purpose": "Select what you are doing for the child"}, 422)
    wanted = _wanted(visit, part, (purpose, OpeningReason.REVIEW))
    opening = OpeningApart(visit.parts.reading(), visit.parts.apart, visit.parts.door)
    try:
        fact = review_words(opening, child, wanted, outcome)
    except SecondPersonNeeded as needed:
        return _wait_for_second(visit, child, part, needed)
    except (NotPermitted, DoorShut):
        return visit.show("trouble.html", 503, title="It could not be opened", says=DOOR_SHUT)
    return visit.show("apart_reviewed.html", fact=fact, purpose=purpose, owner=part.source)


def waiting(visit: Visit) -> Response:
    """What waits for a second person. Raises NotForThisRole (on record), StoreUnavailable, Unreadable."""
    found = of_this_role(
        lambda: list_to_agree(visit.parts.reading(), visit.parts.rows_of("openings"), visit.member.actor)
    )
    whys = {one.value: one.meaning for one in OpeningReason}
    what = {one.value: held_words.what(one) for one in CLOSED}
    purposes = {one.value: find.in_words(one)[0] for one in Purpose}
    return visit.show(
        "apart_agree.html", found=found, names=names(visit), whys=whys, what=what, purposes=purposes, minutes=MINUTES
    )


def agree(visit: Visit) -> Response:
    """That a second person agreed. Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable."""
    try:
        proposal_id = UUID(visit.field("proposal").replace(" ", ""))
    except ValueError:
        raise NoSuchPage from None
    member = visit.member
    second = Second(member.actor, member.proved.wall if member.proved is not None else None)
    rows = visit.parts.rows_of("openings")
    try:
        proposed, _ = agree_opening(visit.parts.reading(), rows, second, proposal_id)
    except AgreementRefused as refused:
        says = f"{NOT_AGREED[str(refused)]} That you asked is on record."
        return visit.show("trouble.html", 422, title="Nothing was changed", says=says)
    return visit.show("apart_agreed.html", proposed=proposed, names=names(visit), minutes=MINUTES)


def asked(visit: Visit) -> Response:
    """Who asked, newest first. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    parts, actor = visit.parts, visit.member.actor
    found = seen_by(actor, parts.rows_of("openings"))
    of_this_role(lambda: keep_read(parts.store, parts.clock, actor, ("list", "openings"), WATCHING, items=len(found)))
    whys = {one.value: one.meaning for one in OpeningReason}
    what = {one.value: held_words.what(one) for one in CLOSED}
    purposes = {one.value: find.in_words(one)[0] for one in Purpose}
    return visit.show("apart_asked.html", found=found, names=names(visit), whys=whys, what=what, purposes=purposes)


def _wait_for_second(visit: Visit, child: Identifier, part: Part, needed: SecondPersonNeeded) -> Response:
    return visit.show(
        "apart_second.html",
        proposed=needed.proposed,
        child=f"{child.scheme.value}:{child.value}",
        part=_named(part),
        what=held_words.what(part.compartment),
        owner=visit.parts.titles.get(part.source, "The agency that stated it"),
        minutes=MINUTES,
    )


def _form(visit: Visit, child: Identifier, part: Part, wrong: Wrong, status: int = 200) -> Response:
    offered = tuple(one for one in Purpose if one in PURPOSES[part.compartment])
    return visit.show(
        "apart.html",
        status,
        child=f"{child.scheme.value}:{child.value}",
        part=_named(part),
        what=held_words.what(part.compartment),
        owner=visit.parts.titles.get(part.source, "The agency that stated it"),
        takes_two=part.compartment in TWO_PEOPLE,
        purposes=[(one.value, *find.in_words(one)) for one in offered],
        whys=[(one.value, one.meaning, "") for one in _reasons(part)],
        wrong=wrong,
        chosen={name: visit.field(name) if wrong else "" for name in ("purpose", "why")},
    )


def _reasons(part: Part) -> tuple[OpeningReason, ...]:
    """The reasons offered: a review is one where words wait for it."""
    waits = part.compartment is Compartment.RESTRICTED
    return tuple(one for one in OpeningReason if waits or one is not OpeningReason.REVIEW)


def _part(visit: Visit) -> Part:
    """What is to be opened. Raises NoSuchPage."""
    report, _, rest = visit.field("part").partition(" ")
    name, _, source = rest.partition(" ")
    compartment = next((one for one in CLOSED if one.value == name), None)
    try:
        report_id = UUID(report)
    except ValueError:
        raise NoSuchPage from None
    if compartment is None:
        raise NoSuchPage
    return Part(report_id, compartment, source if source in visit.parts.titles else "")


PAGES = (
    Page("POST", "/compartments", ask, ROLES),
    Page("POST", "/compartments/open", show, ROLES, fresh=True),
    Page("POST", "/compartments/review", review, ROLES, fresh=True),
    Page("GET", "/compartments/asked", asked),
    Page("GET", "/compartments/agree", waiting, SECONDS),
    Page("POST", "/compartments/agree", agree, SECONDS, fresh=True),
)
