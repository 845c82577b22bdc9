"""Emergency access to review, telling left too long, and sharing that was refused. Each look is on record first."""

from datetime import timedelta

from starlette.responses import Response

from consent.myths import REPLIES
from consent.refusals import GROUNDS
from consent.telling_due import Matter
from contracts.events.access import EmergencyReason
from hub.application.list_accesses import MOST_DAYS, Sought
from hub.application.list_emergencies import Emergencies, list_emergencies
from hub.application.list_sharing_refused import SharingRefused, list_sharing_refused
from hub.application.list_telling_due import ListingTelling, list_telling_due
from hub.domain import access_words
from hub.domain.emergency import how_late
from hub.views.telling import LATE, ToTell
from hub.web.page import Page, Visit
from hub.web.pages.audit_parts import listing, names, of_this_role, position, proofs_of, today
from hub.web.pages.audit_review import FINDINGS, FOUND
from hub.web.pages.audit_turning import place_of, turning

MATTERS = {
    Matter.TELL: "Is to be told",
    Matter.REVIEW: "Is not told: tell now, or decide afresh not to",
    Matter.FIND_OUT: "Not known whether told: find out",
    Matter.TRY_AGAIN: "Could not be reached: try again",
}
REASONS = {
    **{reply.myth.value: f"“{reply.title}”" for reply in REPLIES},
    **{ground.reason.value: ground.title for ground in GROUNDS},
}
REVIEWED = {f"{of}_{code}": said for of in ("break_glass", "unexplained") for code, said in FOUND.items()}
WHY = {reason.value: reason.meaning for reason in EmergencyReason}


def emergencies(visit: Visit) -> Emergencies:
    """What was opened in an emergency. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    return of_this_role(lambda: list_emergencies(listing(visit), visit.member.actor, place_of(visit).before))


def show_emergencies(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found = emergencies(visit)
    last = found.others[-1].line.position if found.more else None
    return visit.show(
        "audit_emergencies.html",
        found=found,
        proofs=proofs_of(visit, (one.line for one in (*found.waiting, *found.others))),
        pages=turning("/audit/emergencies", place_of(visit), last, {}),
        findings=FINDINGS,
        names=names(visit),
        now=visit.parts.clock.now(),
        how_late=how_late,
        words=access_words,
        reasons=WHY,
        reviewed=REVIEWED,
    )


def telling_late(visit: Visit) -> tuple[ToTell, ...]:
    """What was left too long. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    parts = visit.parts
    reading, rows = parts.reading(), parts.rows_of("telling")
    wanted = ListingTelling(parts.store, parts.index, parts.clock, reading.law, reading.deciding, rows)
    found = of_this_role(lambda: list_telling_due(wanted, visit.member.actor))
    return tuple(one for one in found if one.due.standing in LATE)


def show_telling(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    return visit.show("audit_telling.html", found=telling_late(visit), matters=MATTERS)


def sharing(visit: Visit) -> SharingRefused:
    """What was refused. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    last = today(visit)
    sought = Sought(last - timedelta(days=MOST_DAYS - 1), last, before=place_of(visit).before)
    rows = visit.parts.rows_of("refusals")
    return of_this_role(lambda: list_sharing_refused(listing(visit), rows, visit.member.actor, sought))


def show_sharing(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found, days = sharing(visit), MOST_DAYS
    return visit.show(
        "audit_sharing.html",
        found=found,
        proofs=proofs_of(visit, found.by_law.items),
        days=days,
        reasons=REASONS,
        names=names(visit),
        words=access_words,
        pages=turning("/audit/sharing", place_of(visit), position(found.by_law.last), {}),
    )


PAGES = (
    Page("GET", "/audit/emergencies", show_emergencies),
    Page("POST", "/audit/emergencies", show_emergencies),
    Page("GET", "/audit/telling", show_telling),
    Page("GET", "/audit/sharing", show_sharing),
    Page("POST", "/audit/sharing", show_sharing),
)
