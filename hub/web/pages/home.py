"""Where everybody begins: whoever decides at the worklist, whoever checks at who looked, others at finding a child."""

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.list_enquiries import Enquiries, Tab, Working, count_late, list_enquiries
from hub.application.read_worklist import WorklistViews, read_worklist
from hub.domain import feed_words
from hub.domain.errors import WaitsForWitnesses
from hub.views.moves import seen_wrongly
from hub.web.forms import purposes_for
from hub.web.page import Page, Visit
from hub.web.pages import enquiries, find, who_looked


def begin(visit: Visit) -> Response:
    """The first page of the reader's role. Raises SignedOut, StoreUnavailable."""
    role = visit.member.actor.role
    if role is StaffRole.IG_OFFICER:
        return who_looked.ask(visit)
    return worklist(visit) if role is StaffRole.MASH_DECISION_MAKER else find.form(visit, {}, moved=_moved(visit))


def worklist(visit: Visit) -> Response:
    """What waits, as counts with links, and the reader's own enquiries.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    parts, rows, actor = visit.parts, visit.parts.rows_of, visit.member.actor
    working, closed = enquiries.working(visit)
    views = WorklistViews(
        rows("telling"),
        rows("shares"),
        rows("questions"),
        rows("quarantine"),
        working.requests,
        rows("enquiries"),
        rows("moves"),
        rows("openings"),
        parts.reading().partners,
        count_late(working, actor),
    )
    found = read_worklist(parts.store, parts.clock, actor, views)
    return visit.show(
        "worklist.html",
        200,
        found=found,
        moved=_moved(visit),
        in_short=feed_words.IN_SHORT,
        now=parts.clock.now(),
        purposes=purposes_for(visit.member.actor.role),
        chosen="",
        typed={},
        wrong={},
        in_words=find.in_words,
        **enquiries.shown(_mine(visit, working), working, closed),
    )


def _mine(visit: Visit, working: Working) -> Enquiries | None:
    """The enquiries that are the reader's own; None while nobody is shown a child's record but in an emergency."""
    try:
        return list_enquiries(working, visit.member.actor, Tab.MINE)
    except WaitsForWitnesses:
        return None


def _moved(visit: Visit) -> int:
    """How many reports the reader was shown with a child whom they were found not to be about."""
    actor = visit.member.actor
    return len(seen_wrongly(visit.parts.rows_of("moves"), actor.issuer, actor.subject))


PAGES = (Page("GET", "/", begin),)
