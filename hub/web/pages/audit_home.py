"""The front page of the record of access: what waits for somebody to look, and how far the record is proved."""

from starlette.responses import Response

from hub.application.read_audit_home import AuditViews, Waiting, read_audit_home
from hub.web.page import Page, Visit
from hub.web.pages.about import WITNESS_SAYS, WITNESSED
from hub.web.pages.audit_parts import listing, of_this_role


def waiting(visit: Visit) -> Waiting:
    """The counts. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    rows = visit.parts.rows_of
    views = AuditViews(rows("telling"), rows("refusals"), rows("quarantine"), rows("subject_reports"))
    return of_this_role(lambda: read_audit_home(listing(visit), views, visit.member.actor))


def show(visit: Visit) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    found, parts = waiting(visit), visit.parts
    witnesses = parts.reading().witnesses
    return visit.show(
        "audit_home.html",
        found=found,
        sealed=parts.sealed_up_to(),
        witnessed=WITNESSED[witnesses.state(parts.clock.now())],
        witnesses=witnesses.standings(),
        witness_says=WITNESS_SAYS,
    )


# No role stands here: who may look is decided by the use case, so that a refused try is on record too.
PAGES = (Page("GET", "/audit", show),)
