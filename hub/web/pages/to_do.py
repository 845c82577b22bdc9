"""What waits for somebody at the MASH: who is still to be told, what nobody has read, and who was sent what."""

import re
from uuid import UUID

from starlette.responses import Response

from contracts.vocabulary import StaffRole
from hub.application.list_overdue_shares import ListingShares, list_overdue_shares
from hub.application.list_shares import list_shares
from hub.application.list_telling_due import ListingTelling, list_children_to_tell
from hub.application.take_back import TakenBack, take_back
from hub.domain.disclosure import NOT_PERMITTED
from hub.domain.shares import Recall
from hub.domain.shares import Standing as ShareStanding
from hub.domain.taking_back import RECALL_SAYS, SAYS, TAKEN_BACK_WITHIN, TOLD
from hub.views.telling import LATE
from hub.web.forms import read_child
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find
from hub.web.pages.audit_lists import MATTERS

_WHOLE_NUMBER = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PART = re.compile("[1-9][0-9]{0,4}")
DECIDING = frozenset({StaffRole.MASH_DECISION_MAKER})
STANDS = {
    ShareStanding.NOT_SENT: "Decided, not yet sent",
    ShareStanding.WAITING: "Sent, not yet delivered",
    ShareStanding.DELIVERED: "Delivered, not yet read",
    ShareStanding.OVERDUE: "Late: nobody has read it",
    ShareStanding.RECALLED: "Recalled before anybody said that it was read",
    ShareStanding.TAKEN_BACK: "Taken back",
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
    return _shares(visit, TakenBack(list_shares(visit.parts.sharing(), visit.member.actor, child), None), "")


def take_back_share(visit: Visit) -> Response:
    """Who was sent what, once a share is taken back or it is said why it is not.

    Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable.
    """
    child = read_child(visit.field("child"))
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    decision = visit.field("decision")
    disclosure_id = UUID(decision) if _WHOLE_NUMBER.fullmatch(decision) else UUID(int=0)
    came = take_back(visit.parts.sharing(), visit.member.actor, child, disclosure_id)
    if came.why_not is None:
        return _shares(visit, came, "")
    return _shares(visit, came, SAYS[came.why_not], 409)


def _shares(visit: Visit, came: TakenBack, not_because: str, status: int = 200) -> Response:
    return visit.show(
        "shares.html",
        status,
        found=came.shares,
        taken_back_from=came.recipient if not not_because else "",
        not_because=not_because,
        taken_back=TOLD,
        recall_says=RECALL_SAYS,
        recall_waits=any(one.recall is Recall.WAITS and one.recipient == came.recipient for one in came.shares.shares),
        stands=STANDS,
        not_permitted=NOT_PERMITTED,
        in_words=find.in_words,
        take_back_within=TAKEN_BACK_WITHIN,
    )


PAGES = (
    Page("GET", "/telling", show_telling, DECIDING),
    Page("GET", "/telling/{rest:path}", show_telling, DECIDING),
    Page("GET", "/unread", show_unread, DECIDING),
    Page("POST", "/shares", show_shares, DECIDING),
    Page("POST", "/shares/take-back", take_back_share, DECIDING),
)
