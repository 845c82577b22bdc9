"""The open enquiries: all, those that are late for a first decision, and those that wait for replies."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.list_enquiries import Enquiries, Next, Tab, Working, list_enquiries
from hub.domain import clock_words, registry
from hub.domain.clocks import Clocks, TimeLeft
from hub.views.enquiries import last_closed, open_now
from hub.views.requests import every_request
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find

DECIDING: Final = frozenset({StaffRole.MASH_DECISION_MAKER})
BAR_WIDTH: Final = 120
TABS: Final[Mapping[Tab, tuple[str, str]]] = {  # where each list stands, and what it is called
    Tab.MINE: ("/", "Mine"),
    Tab.ALL: ("/enquiries/1", "All open"),
    Tab.LATE: ("/enquiries/late", "Late"),
    Tab.READY: ("/enquiries/ready", "Ready to decide"),
    Tab.WAITING: ("/enquiries/waiting", "Waiting for replies"),
}
_PLACE = re.compile(
    "(?:(mine|late|ready|waiting|first)(?:/(?=.)|$))?([1-9][0-9]{0,4})?"
)  # which list, and which part of it


def show(visit: Visit) -> Response:
    """One of the lists, some at a time. Raises NoSuchPage, AccessRefused (on record), StoreUnavailable, Unreadable."""
    place = _PLACE.fullmatch(visit.rest)
    if place is None:
        raise NoSuchPage
    wanted, closed = working(visit)
    tab = next((one for one in Tab if one.value == place[1]), Tab.ALL)
    if tab not in tabs_of(wanted.clocks):
        raise NoSuchPage
    found = list_enquiries(wanted, visit.member.actor, tab, int(place[2] or "1"))
    return visit.show("enquiries.html", 200, in_words=find.in_words, **shown(found, wanted, closed))


def working(visit: Visit) -> tuple[Working, datetime | None]:
    """What the lists need, and when an enquiry was closed last. Raises StoreUnavailable, Unreadable."""
    parts, rows = visit.parts, visit.parts.rows_of("enquiries")
    asked, deciding = every_request(parts.rows_of("requests")), parts.reading().deciding
    needed = Working(parts.store, parts.index, parts.clock, deciding, open_now(rows), asked, parts.clocks)
    return needed, last_closed(rows)


def shown(found: Enquiries | None, of: Working, closed: datetime | None) -> dict[str, object]:
    """What the templates of a list need."""
    return {
        "work": found,
        "closed": closed,
        "clocks": of.clocks,
        "clock_words": clock_words,
        "names": registry.names(of.deciding.registered),
        "tabs": tabs_of(of.clocks),
        "Tab": Tab,
        "Next": Next,
        "bar": bar,
        "place": place_of,
        "bar_width": BAR_WIDTH,
    }


def tabs_of(clocks: Clocks) -> Mapping[Tab, tuple[str, str]]:
    """The lists that there are here: one of the most pressing too, by the area's own word, where it rates enquiries."""
    return {**TABS, Tab.FIRST: ("/enquiries/first", clocks.ratings[0].name)} if clocks.ratings else TABS


def bar(time: TimeLeft) -> int:
    """How much of the bar is what is over of the time that there was; nothing, where it begins only later."""
    return BAR_WIDTH if not time.left else max(0, BAR_WIDTH - BAR_WIDTH * time.left // time.of)


def place_of(clocks: Clocks, rating: str) -> int:
    """Which look a rating has: 1 for the most pressing, 2 for the next, 3 for every other, and for none."""
    names = [one.name for one in clocks.ratings]
    return min(names.index(rating), 2) + 1 if rating in names else 3


PAGES = (Page("GET", "/enquiries/{rest:path}", show, DECIDING),)
