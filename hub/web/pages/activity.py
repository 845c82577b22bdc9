"""What whoever is signed in did here, by day, and what was asked about it. The page takes no name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.responses import Response

from contracts.events.access import Finding
from hub.application.read_own_activity import ReadingOwn, read_own_activity
from hub.domain import access_words
from hub.domain.access_line import AccessLine
from hub.domain.access_runs import Run
from hub.domain.moment import day_in_london
from hub.domain.own_activity import hides_children
from hub.web.page import Page, Visit
from hub.web.pages.audit_parts import position
from hub.web.pages.audit_turning import place_of, turning

# By the code of a review (hub/domain/access_line.py), what it came to, said to the person whose look it was.
FOUND = {
    f"{of}_{finding.value}": words
    for of in ("break_glass", "unexplained")
    for finding, words in (
        (Finding.CONFIRM, "Confirmed: it was for the work"),
        (Finding.ASK, "You, or your manager, are asked about it"),
    )
}


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day in England, the newest first."""

    day: date
    runs: tuple[Run[AccessLine], ...]


def by_day(runs: Iterable[Run[AccessLine]]) -> tuple[Day, ...]:
    """The runs by the day of the newest thing in each."""
    return tuple(Day(day, tuple(found)) for day, found in groupby(runs, key=lambda run: day_in_london(run[0].at)))


def show(visit: Visit) -> Response:
    """The page, and each further page of it. Raises StoreUnavailable, Unreadable: nothing is shown."""
    parts = visit.parts
    reading = ReadingOwn(parts.store, parts.clock, parts.accesses_under, parts.looks_under)
    place = place_of(visit)
    found = read_own_activity(reading, visit.member.actor, place.before)
    return visit.show(
        "activity.html",
        found=found,
        days=by_day(found.page.runs),
        pages=turning("/activity", place, position(found.page.last), {}),
        words=access_words,
        said_of=FOUND,
        hides_children=hides_children,
    )


PAGES = (Page("GET", "/activity", show), Page("POST", "/activity", show))
