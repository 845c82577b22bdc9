"""What waits for somebody at the MASH: who is still to be told, what nobody has read, and who was sent what."""

import re

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.list_overdue_shares import ListingShares, list_overdue_shares
from hub.application.list_shares import list_shares
from hub.application.list_telling_due import ListingTelling, list_children_to_tell
from hub.domain.shares import Standing as ShareStanding
from hub.views.telling import LATE
from hub.web.forms import read_child
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find
from hub.web.pages.audit_lists import MATTERS

_PART = re.compile("[1-9][0-9]{0,4}")
DECIDING = frozenset({StaffRole.MASH_DECISION_MAKER})
STANDS = {
    ShareStanding.NOT_SENT: "Decided, not yet sent",
    ShareStanding.WAITING: "Sent, not yet delivered",
    ShareStanding.DELIVERED: "Delivered, not yet read",
    ShareStanding.OVERDUE: "Late: nobody has read it",
    ShareStanding.READ: "Read",
}


def show_telling(visit: Visit) -> Response:
    """Who is still to be told, by child, the longest neglected first, some at a time.

    Raises NoSuchPage, AccessRefused (on record), StoreUnavailable.
    """
    if not _PART.fullmatch(visit.rest or "1"):
        raise NoSuchPage
    parts, reading = visit.parts, visit.parts.reading()
    rows = parts.rows_of("telling")
    wanted = ListingTelling(parts.store, parts.index, parts.clock, reading.law, reading.deciding, rows)
    found = list_children_to_tell(wanted, visit.member.actor, int(visit.rest or "1"))
    return visit.show("to_tell.html", found=found, late_ones=LATE, matters=MATTERS)


def show_unread(visit: Visit) -> Response:
    """What nobody has read in time. Raises AccessRefused (on record), StoreUnavailable."""
    parts = visit.parts
    reading, rows = parts.reading(), parts.rows_of("shares")
    wanted = ListingShares(parts.store, parts.index, parts.clock, reading.law, reading.deciding, rows)
    found = list_overdue_shares(wanted, visit.member.actor)
    return visit.show("unread.html", found=found)


def show_shares(visit: Visit) -> Response:
    """Who was sent what about one child. Raises AccessRefused (on record), StoreUnavailable, Unreadable."""
    child = read_child(visit.field("child"))
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    found = list_shares(visit.parts.sharing(), visit.member.actor, child)
    return visit.show("shares.html", found=found, stands=STANDS, in_words=find.in_words)


PAGES = (
    Page("GET", "/telling", show_telling, DECIDING),
    Page("GET", "/telling/{rest:path}", show_telling, DECIDING),
    Page("GET", "/unread", show_unread, DECIDING),
    Page("POST", "/shares", show_shares, DECIDING),
)
