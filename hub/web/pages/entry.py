"""One entry by itself: every version, its basis, who was told, its source. Each look is decided and kept anew."""

from collections.abc import Iterator
from uuid import UUID

from starlette.responses import Response

from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Entry
from hub.domain.moment import day_in_london
from hub.domain.snapshot import snapshot
from hub.web.forms import Search, read_search
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import apart, find


def show(visit: Visit) -> Response:
    """The entry. Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable."""
    today = day_in_london(visit.parts.clock.now())
    asked = read_search(visit.fields, today)
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    shown = read_chronology(visit.parts.reading(), visit.member.actor, asked.child, asked.purpose, asked.as_known_on)
    entry = _named(visit.field("report"), (*shown.entries, *shown.described))
    if entry is None:
        raise NoSuchPage
    snap = snapshot(shown, today)
    return visit.show(
        "one_entry.html",
        snap=snap,
        shown=shown,
        entry=entry,
        purpose=asked.purpose,
        to_state=_standing(entry),
        opens=apart.offer(visit, today=not shown.as_known_on),
    )


def _standing(entry: Entry) -> Entry | None:
    """The newest version of it, about whose people something is stated; None where its agency has withdrawn it."""
    return None if entry.withdrawn else (entry, *entry.later)[-1]


def _named(text: str, entries: tuple[Entry, ...]) -> Entry | None:
    """The entry that holds the report named, as itself or as a later version of it."""
    wanted = next(_ids(text), None)
    return next((one for one in entries if wanted in {one.report_id, *(later.report_id for later in one.later)}), None)


def _ids(text: str) -> Iterator[UUID]:
    try:
        yield UUID(text)
    except ValueError:
        return


PAGES = (Page("POST", "/entry", show),)
