"""How pressing an enquiry is, in the words of the area: asked, with nothing chosen beforehand, and put on record."""

from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.lead_enquiry import Rated, look_at_enquiry, rate_enquiry
from hub.domain import clock_words, registry
from hub.domain.errors import Conflict, NotOnRecord, RatedOtherwise
from hub.web.forms import Wrong, read_child
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.enquiries import DECIDING

CHOOSE = "Select how pressing this enquiry is"
CHANGED = "This enquiry has changed since you opened this page. Look at how it is rated now, and choose again"


@dataclass(frozen=True, slots=True)
class _Meant:
    """Which enquiry a form is about: its child, what it is for, and its number."""

    child: Identifier
    purpose: Purpose
    enquiry_id: UUID


def ask(visit: Visit) -> Response:
    """The ratings, one of which is to be chosen. Raises NoSuchPage, AccessRefused (on record), StoreUnavailable."""
    return form(visit, _meant(visit), {})


def keep(visit: Visit) -> Response:
    """What is on record now; the form again where none was chosen, or somebody else chose meanwhile.

    Raises NoSuchPage, AccessRefused (on record), StoreUnavailable.
    """
    meant, chosen = _meant(visit), visit.field("rating")
    if all(one.name != chosen for one in visit.parts.clocks.ratings):
        return form(visit, meant, {"rating": CHOOSE}, 422)
    rated, actor = Rated(chosen, visit.field("instead-of"), meant.enquiry_id), visit.member.actor
    try:
        kept = rate_enquiry(visit.parts.reading(), actor, meant.child, meant.purpose, rated)
    except (RatedOtherwise, Conflict):
        return form(visit, meant, {"rating": CHANGED}, 409)
    except NotOnRecord:
        raise NoSuchPage from None
    return visit.show("rated.html", kept=kept)


def form(visit: Visit, meant: _Meant, wrong: Wrong, status: int = 200) -> Response:
    """The page, with what was wrong with it; nothing is chosen for anyone."""
    reading, actor = visit.parts.reading(), visit.member.actor
    try:
        found = look_at_enquiry(reading, actor, meant.child, meant.purpose, meant.enquiry_id)
    except NotOnRecord:
        raise NoSuchPage from None
    if not visit.parts.clocks.ratings:
        raise NoSuchPage
    return visit.show(
        "rating.html",
        status,
        enquiry=found,
        child=visit.field("child"),
        names=registry.names(reading.deciding.registered),
        ratings=tuple((one.name, one.name, clock_words.limit(one.limit)) for one in visit.parts.clocks.ratings),
        wrong=wrong,
    )


def _meant(visit: Visit) -> _Meant:
    child = read_child(visit.field("child"))
    purpose = next((one for one in Purpose if one.value == visit.field("purpose")), None)
    try:
        enquiry_id = UUID(visit.field("enquiry"))
    except ValueError:
        raise NoSuchPage from None
    if isinstance(child, str) or purpose is None:
        raise NoSuchPage
    return _Meant(child, purpose, enquiry_id)


PAGES = (
    Page("POST", "/rating", ask, DECIDING),
    Page("POST", "/rating/keep", keep, DECIDING),
)
