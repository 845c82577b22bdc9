"""What was set aside, alarms first, and one message of it: why, and what became of it. Each look is on record first."""

import re

from starlette.responses import Response

from hub.application.list_quarantine import ListingQuarantine, list_quarantine
from hub.application.look_at_quarantine import Looking
from hub.application.show_quarantined import ShowingQuarantined, show_quarantined
from hub.domain.errors import AccessRefused, NotSetAside
from hub.domain.quarantine_look import usual_purpose
from hub.domain.reason_codes import explained
from hub.web.page import NoSuchPage, NotForThisRole, Page, Visit

STATES = {
    "open": "Open",
    "replayed": "Settled: tried again",
    "superseded": "Settled: sent again, and taken in",
}
OUTCOMES = {"accepted": "Taken in", "duplicate": "Known already", "quarantined": "Set aside again"}
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def show(visit: Visit) -> Response:
    """The list, with each agency's books. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    rows = visit.parts.rows_of
    listing = ListingQuarantine(_looking(visit), rows("quarantine"), rows("received"))
    try:
        found = list_quarantine(listing, visit.member.actor)
    except AccessRefused:
        raise NotForThisRole from None
    parts = {
        "Alarms to look at first": tuple(one for one in found.messages if one.to_look_at),
        "Waiting": tuple(one for one in found.messages if one.state == "open" and not one.alarm),
        "Settled": tuple(one for one in found.messages if one.state != "open"),
    }
    return visit.show(
        "quarantine.html", parts=parts, books=found.books, topics=visit.parts.topics, explained=explained, states=STATES
    )


def show_one(visit: Visit) -> Response:
    """One message. Raises NotForThisRole, NoSuchPage (the try is on record), StoreUnavailable, Unreadable."""
    if not _NUMBER.fullmatch(visit.rest):
        raise NoSuchPage
    actor, parts = visit.member.actor, visit.parts
    showing = ShowingQuarantined(_looking(visit), parts.kept, parts.rows_of("quarantine"), parts.topics)
    try:
        shown = show_quarantined(showing, actor, int(visit.rest), usual_purpose(actor))
    except AccessRefused:
        raise NotForThisRole from None
    except NotSetAside:
        raise NoSuchPage from None
    return visit.show("quarantined.html", shown=shown, states=STATES, outcomes=OUTCOMES)


def _looking(visit: Visit) -> Looking:
    return Looking(visit.parts.store, visit.parts.clock, visit.parts.reading().law)


# No role stands here: who may look is decided by the use case, so that a refused try is on record too.
PAGES = (Page("GET", "/quarantine", show), Page("GET", "/quarantine/{rest:path}", show_one))
