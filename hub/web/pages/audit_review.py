"""Looks that nothing known accounts for, and what a review of a look comes to. Each is on record first."""

from datetime import UTC, datetime, timedelta

from starlette.responses import RedirectResponse, Response

from contracts.events.access import Finding
from contracts.vocabulary import StaffRole
from hub.application.list_unexplained import ListingUnexplained, UnexplainedPage, page_unexplained
from hub.application.review_access import Reviewing, list_reviews, review_access
from hub.domain.emergency import how_late
from hub.web.forms import read_number
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.audit_parts import checking, names, of_this_role
from hub.web.pages.audit_turning import place_of, turning

FINDINGS = (
    (Finding.CONFIRM.value, "Confirm: it was for the work"),
    (Finding.ASK.value, "Ask the reader or their manager"),
    (Finding.REFER.value, "Refer it to those who look into conduct"),
)
FOUND = {
    Finding.CONFIRM.value: "Confirmed",
    Finding.ASK.value: "The reader or their manager is being asked",
    Finding.REFER.value: "Referred",
}
_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 10**17  # microseconds: some three thousand years
OWNERS = frozenset({StaffRole.MASH_DECISION_MAKER})  # who checks has the list of all, with the number of each
BACK = {"mine": "/reviews", "emergency": "/audit/emergencies", "unexplained": "/audit/unexplained"}


def unexplained(visit: Visit) -> UnexplainedPage:
    """One page of looks to ask about. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    end = place_of(visit).before
    before = _BEGAN + timedelta(microseconds=end) if end is not None and end < _LATEST else None
    return of_this_role(lambda: page_unexplained(asking(visit), visit.member.actor, before))


def end_of(page: UnexplainedPage) -> int | None:
    """The moment with which the page ends, in microseconds since 1970, if there are older looks."""
    return (page.looks[-1].look.at - _BEGAN) // timedelta(microseconds=1) if page.more else None


def asking(visit: Visit) -> ListingUnexplained:
    """What finding the looks to ask about needs."""
    parts = visit.parts
    return ListingUnexplained(checking(visit), parts.index, parts.rows_of("looks"), parts.access_rules_off)


def show(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    found = unexplained(visit)
    pages = turning("/audit/unexplained", place_of(visit), end_of(found), {})
    return visit.show("audit_unexplained.html", found=found, pages=pages, names=names(visit), findings=FINDINGS)


def mine(visit: Visit) -> Response:
    """The emergencies that the reader answers for. Raises NotForThisRole, StoreUnavailable, Unreadable."""
    parts = visit.parts
    found = of_this_role(lambda: list_reviews(_reviewing(visit), parts.rows_of("looks"), visit.member.actor))
    waiting = tuple(one for one in found if one.permitted and one.finding is None)
    others = tuple(one for one in found if one not in waiting)
    return visit.show(
        "reviews.html",
        waiting=sorted(waiting, key=lambda one: (one.review_by or one.at, one.decision_id)),
        others=others,
        now=parts.clock.now(),
        how_late=how_late,
        names=names(visit),
        findings=FINDINGS,
        said_of=FOUND,
    )


def review(visit: Visit) -> Response:
    """The list from which the look was reviewed.

    Raises NotForThisRole (the try is on record; one's own look too), NoSuchPage (what was sent is no form of ours),
    StoreUnavailable, Unreadable.
    """
    finding = next((one for one in Finding if one.value == visit.field("finding")), None)
    decision = read_number(visit.field("decision"))
    if finding is None or decision is None:
        raise NoSuchPage
    of_this_role(lambda: review_access(_reviewing(visit), visit.member.actor, decision, finding))
    return RedirectResponse(BACK.get(visit.field("list"), "/audit"), 303)


def _reviewing(visit: Visit) -> Reviewing:
    parts, reading = visit.parts, visit.parts.reading()
    return Reviewing(parts.store, parts.index, parts.clock, reading.deciding, parts.looks_under)


PAGES = (
    Page("GET", "/audit/unexplained", show),
    Page("POST", "/audit/unexplained", show),
    Page("POST", "/audit/review", review),
    Page("GET", "/reviews", mine, OWNERS),
)
