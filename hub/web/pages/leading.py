"""An enquiry about a child is opened, assigned to somebody and closed, as `hub enquiry` does it; nothing is chosen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from starlette.responses import Response

from contracts.event import Fact
from contracts.events.need import Assignee, Part
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.enquiries_of_child import Standing, stand
from hub.application.lead_enquiry import (
    OfChild,
    assign_enquiry,
    close_enquiry,
    look_at_enquiries,
    look_at_enquiry,
    open_enquiry,
)
from hub.application.list_enquiries import WORKERS
from hub.domain import clock_words, registry
from hub.domain.errors import Conflict, NotEnrolled, NotOnRecord, OpenedMeanwhile
from hub.domain.known_of_staff import teams_of
from hub.views.requests import every_request
from hub.web import said
from hub.web.forms import Wrong, read_child, read_number
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find
from hub.web.pages.enquiries import DECIDING, place_of

OPENED_FOR: Final = (Purpose.SECTION_47, Purpose.SECTION_17, Purpose.EARLY_HELP)
FOR_IN_WORDS: Final = tuple((one.value, find.in_words(one)[0]) for one in OPENED_FOR)
ME, STAFF_PARTS = "me", (Part.WORKER, Part.HOLDER)
TO: Final[Mapping[str, tuple[str, str]]] = {
    ME: ("Me", ""),
    Part.WORKER.value: ("A member of staff, who works on it", ""),
    Part.HOLDER.value: ("A member of staff, who holds the child’s case", ""),
    Part.TEAM.value: ("A team", "Everybody in the team"),
    Part.AGENCY.value: ("An agency that is asked what it knows", "All of its staff who use the hub"),
}
CHOOSE_FOR = "Select what the enquiry is for"
CHOOSE_TO = "Select who works on it"
CHOOSE: Final[Mapping[str, str]] = {
    "staff": "Select the member of staff",
    "team": "Select the team",
    "agency": "Select the agency",
}
OPENED = "An enquiry about this child was opened since you opened this page. Look at it, and choose again"
CHANGED = "The enquiries about this child have changed since you opened this page. Look at them, and choose again"
LEFT = "They cannot be assigned anything any more. Select somebody else"
NOT_OPEN = ("This enquiry is not open", "Somebody has closed it. Nothing was changed. That you asked is on record.")


@dataclass(frozen=True, slots=True)
class Meant:
    """About whom a form is, for what purpose its reader is there, and about which enquiry (None: of no one yet)."""

    child: Identifier
    purpose: Purpose
    enquiry_id: UUID | None = None


def about(visit: Visit) -> Response:
    """The child's open enquiries, and the question whether to open one.

    Raises NoSuchPage, AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    return _about(visit, _meant(visit), {})


def open_one(visit: Visit) -> Response:
    """The enquiry, opened; the form again where nothing was chosen, or another is open by now. Raises as `about`."""
    meant, actor = _meant(visit), visit.member.actor
    wanted = next((one for one in OPENED_FOR if one.value == visit.field("for")), None)
    if wanted is None:
        return _about(visit, meant, {"for": CHOOSE_FOR}, 422)
    seen = frozenset(one for text in visit.field("seen").split() if (one := read_number(text)) is not None)
    try:
        kept = open_enquiry(visit.parts.reading(), actor, meant.child, wanted, beside=seen)
    except (OpenedMeanwhile, Conflict):
        return _about(visit, meant, {"for": OPENED}, 409)
    return visit.show("enquiry_opened.html", kept=kept, purpose=meant.purpose, in_words=find.in_words)


def ask_whom(visit: Visit) -> Response:
    """The question who works on the enquiry; that it is not open, where it is not. Raises as `about`."""
    return _ask_whom(visit, _of_one(visit), {})


def assign(visit: Visit) -> Response:
    """The enquiry, assigned; the form again where nobody was chosen. Raises as `about`."""
    meant, actor, reading = _of_one(visit), visit.member.actor, visit.parts.reading()
    whom = _whom(visit)
    if not isinstance(whom, Assignee):
        return _ask_whom(visit, meant, whom, 422)
    try:
        kept = assign_enquiry(reading, actor, meant.child, meant.purpose, whom, enquiry_id=meant.enquiry_id)
    except NotEnrolled:
        return _ask_whom(visit, meant, {"to": LEFT}, 422)
    except Conflict:
        return _ask_whom(visit, meant, {"to": CHANGED}, 409)
    except NotOnRecord:
        return _not_open(visit)
    names = registry.names(reading.deciding.registered)
    return visit.show("enquiry_assigned.html", kept=kept, purpose=meant.purpose, names=names)


def ask_close(visit: Visit) -> Response:
    """What closing the enquiry does, before it is done. Raises as `about`."""
    return _ask_close(visit, _of_one(visit), {})


def close(visit: Visit) -> Response:
    """The enquiry, closed. Raises as `about`."""
    meant, actor, reading = _of_one(visit), visit.member.actor, visit.parts.reading()
    try:
        kept = close_enquiry(reading, actor, meant.child, meant.purpose, enquiry_id=meant.enquiry_id)
    except Conflict:
        return _ask_close(visit, meant, {"close": CHANGED}, 409)
    except NotOnRecord:
        return _not_open(visit)
    return visit.show("enquiry_closed.html", kept=kept, purpose=meant.purpose)


def _about(visit: Visit, meant: Meant, wrong: Wrong, status: int = 200) -> Response:
    found = look_at_enquiries(visit.parts.reading(), visit.member.actor, meant.child, meant.purpose)
    return visit.show(
        "enquiry.html",
        status,
        person_id=found.person_id,
        meant=meant,
        offered=tuple((one.value, *find.in_words(one)) for one in OPENED_FOR),
        chosen=visit.field("for"),
        wrong=wrong,
        in_words=find.in_words,
        **_standing(visit, found),
    )


def _ask_whom(visit: Visit, meant: Meant, wrong: Wrong, status: int = 200) -> Response:
    reading, actor = visit.parts.reading(), visit.member.actor
    try:
        found = look_at_enquiry(reading, actor, meant.child, meant.purpose, meant.enquiry_id)
    except NotOnRecord:
        return _not_open(visit)
    registered = reading.deciding.registered
    offered = {"staff": _staff(visit, registered), "team": _teams(registered), "agency": _agencies(visit, registered)}
    to = {part: one for part, one in TO.items() if part not in ("team", "agency") or offered[part]}
    return visit.show(
        "enquiry_assign.html",
        status,
        enquiry=found,
        meant=meant,
        to=tuple((value, *words) for value, words in to.items()),
        offered=offered,
        names=registry.names(registered),
        given=dict(visit.fields) if wrong else {},
        wrong=wrong,
    )


def _ask_close(visit: Visit, meant: Meant, wrong: Wrong, status: int = 200) -> Response:
    reading, actor = visit.parts.reading(), visit.member.actor
    try:
        found = look_at_enquiry(reading, actor, meant.child, meant.purpose, meant.enquiry_id)
    except NotOnRecord:
        return _not_open(visit)
    one = OfChild(found.opened.person_id, (found,))
    return visit.show("enquiry_close.html", status, meant=meant, wrong=wrong, **_standing(visit, one))


def _standing(visit: Visit, found: OfChild) -> dict[str, object]:
    """How the enquiries stand, and what the templates say it with."""
    parts, deciding = visit.parts, visit.parts.reading().deciding
    standing = Standing(parts.store, parts.clock, deciding, visit.member.actor, parts.clocks)
    return {
        "enquiries": stand(standing, found, every_request(parts.rows_of("requests"))),
        "names": registry.names(deciding.registered),
        "clocks": parts.clocks,
        "clock_words": clock_words,
        "place": place_of,
    }


def _not_open(visit: Visit) -> Response:
    title, says = NOT_OPEN
    return visit.show("trouble.html", 404, title=title, says=says)


def _whom(visit: Visit) -> Assignee | Wrong:
    """To whom, as it was chosen among those that are offered; or what is wrong, by field."""
    registered, actor = visit.parts.reading().deciding.registered, visit.member.actor
    to = visit.field("to")
    if to == ME:
        return Assignee(part=Part.WORKER, name=actor.subject)
    part = next((one for one in Part if one.value == to), None)
    if part is None:
        return {"to": CHOOSE_TO}
    name, offered = "staff" if part in STAFF_PARTS else part.value, _offered(visit, part, registered)
    chosen = visit.field(name)
    return Assignee(part=part, name=chosen) if chosen in dict(offered) else {name: CHOOSE[name]}


def _offered(visit: Visit, part: Part, registered: tuple[Fact, ...]) -> tuple[tuple[str, str], ...]:
    match part:
        case Part.WORKER | Part.HOLDER:
            return _staff(visit, registered)
        case Part.TEAM:
            return _teams(registered)
        case Part.AGENCY:
            return _agencies(visit, registered)


def _staff(visit: Visit, registered: tuple[Fact, ...]) -> tuple[tuple[str, str], ...]:
    """Sign-in name, and the words by which somebody is chosen; with the sign-in name where two are called alike."""
    working = [one for one in registry.staff(registered).values() if one.actor.role in WORKERS]
    titles = visit.parts.titles
    in_words = {
        one.actor.subject: ", ".join(
            (one.name, said.ROLES[one.actor.role], titles.get(one.actor.agency, one.actor.agency))
        )
        for one in working
    }
    times = Counter(in_words.values())
    each = ((name, f"{words} ({name})" if times[words] > 1 else words) for name, words in in_words.items())
    return tuple(sorted(each, key=lambda one: one[1].casefold()))


def _teams(registered: Iterable[Fact]) -> tuple[tuple[str, str], ...]:
    return tuple((one, one) for one in teams_of(registered))


def _agencies(visit: Visit, registered: tuple[Fact, ...]) -> tuple[tuple[str, str], ...]:
    """The agencies that are enrolled, but the reader's own: who works there is assigned by name or team."""
    enrolled, own = registry.agencies(registered), visit.member.actor.agency
    sources = (one.source for one in visit.parts.agreements if one.source in enrolled and one.source != own)
    return tuple((one, visit.parts.titles.get(one, one)) for one in sources)


def _meant(visit: Visit) -> Meant:
    child = read_child(visit.field("child"))
    purpose = next((one for one in Purpose if one.value == visit.field("purpose")), None)
    if isinstance(child, str) or purpose is None:
        raise NoSuchPage
    return Meant(child, purpose, read_number(visit.field("enquiry")))


def _of_one(visit: Visit) -> Meant:
    meant = _meant(visit)
    if meant.enquiry_id is None:
        raise NoSuchPage
    return meant


PAGES = (
    Page("POST", "/enquiry", about, DECIDING),
    Page("POST", "/enquiry/open", open_one, DECIDING),
    Page("POST", "/enquiry/assign", ask_whom, DECIDING),
    Page("POST", "/enquiry/assign/keep", assign, DECIDING),
    Page("POST", "/enquiry/close", ask_close, DECIDING),
    Page("POST", "/enquiry/close/keep", close, DECIDING),
)
