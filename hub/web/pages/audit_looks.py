"""Looks by agency, purpose and time; what was refused; what one member of staff did. Each look here is on record first.

Filters come by POST, and a member of staff by the number of an entry of theirs: no address of a page names anybody.
"""

import re
from dataclasses import replace

from starlette.responses import Response

from hub.application.list_accesses import Accesses, Sought, list_accesses
from hub.application.look_at_audit import refuse_others
from hub.application.read_staff_record import WHAT, StaffRecord, read_staff_record
from hub.domain.access_line import REFUSED, line_of
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotEnrolled
from hub.web.forms import Wrong
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages.audit_parts import (
    carried,
    checking,
    choices,
    listing,
    of_this_role,
    position,
    proofs_of,
    read_sought,
    usual,
)
from hub.web.pages.audit_turning import place_of, turning

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def looks(visit: Visit) -> Response:
    """Everything of the last seven days. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    return _listed(visit, usual(visit))


def seek(visit: Visit) -> Response:
    """What the form seeks. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    sought = read_sought(visit)
    return _listed(visit, usual(visit), sought) if isinstance(sought, dict) else _listed(visit, sought)


def refused(visit: Visit) -> Response:
    """What was refused in the last seven days. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    return _listed(visit, replace(usual(visit), effect=REFUSED))


def found_for(visit: Visit, sought: Sought) -> Accesses:
    """The list. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    what = "accesses_refused" if sought.effect == REFUSED else "accesses"
    return of_this_role(lambda: list_accesses(listing(visit), visit.member.actor, sought, what))


def _listed(visit: Visit, sought: Sought, wrong: Wrong | None = None) -> Response:
    found, offered = found_for(visit, sought), dict(choices(visit))
    if visit.path == "/audit/refused":
        offered["chosen"] = {"agency": "", "purpose": "", "kind": "", "effect": REFUSED, "period": "7"}
    status = 422 if wrong else 200
    pages = turning("/audit/looks", place_of(visit), position(found.page.last), carried(sought))
    shown = {"found": found, "sought": sought, "wrong": wrong or {}, "pages": pages}
    return visit.show("audit_looks.html", status, **shown, proofs=proofs_of(visit, found.page.items), **offered)


def ask_staff(visit: Visit) -> Response:
    """The form for one member of staff. Raises NotForThisRole (the try is on record), StoreUnavailable."""
    _for_checkers(visit)
    return _staff(visit, None, usual(visit), {})


def seek_staff(visit: Visit) -> Response:
    """What the member named on the form did. Raises NotForThisRole (on record), StoreUnavailable, Unreadable."""
    sought = read_sought(visit)
    if isinstance(sought, dict):
        return _staff(visit, None, usual(visit), sought)
    return show_staff(visit, visit.field("subject"), sought)


def staff_of_entry(visit: Visit) -> Response:
    """What whoever made an entry did in the last seven days.

    Raises NotForThisRole (the try is on record), NoSuchPage, StoreUnavailable, Unreadable.
    """
    if not _NUMBER.fullmatch(visit.rest):
        raise NoSuchPage
    _for_checkers(visit)
    kept = visit.parts.kept
    rows = kept.rows_after(int(visit.rest) - 1, 1)
    fact = kept.open_row(rows[0]) if rows and rows[0].position == int(visit.rest) else None
    line = line_of(fact, int(visit.rest)) if fact is not None else None
    subject = line.actor.subject if line is not None and line.actor is not None else ""
    return show_staff(visit, subject, usual(visit))


def show_staff(visit: Visit, subject: str, sought: Sought) -> Response:
    """The page. Raises NotForThisRole (the try is on record), StoreUnavailable, Unreadable."""
    try:
        found = staff_record(visit, subject, sought)
    except NotEnrolled:
        return _staff(visit, None, sought, {"subject": "Nobody is enrolled under this sign-in name"})
    return _staff(visit, found, sought, {})


def staff_record(visit: Visit, subject: str, sought: Sought) -> StaffRecord:
    """What somebody did. Raises NotForThisRole and NotEnrolled (the try is on record), StoreUnavailable, Unreadable."""
    return of_this_role(lambda: read_staff_record(listing(visit), visit.member.actor, subject, sought))


def _for_checkers(visit: Visit) -> None:
    of_this_role(lambda: refuse_others(checking(visit), visit.member.actor, AuditLook(WHAT)))


def _staff(visit: Visit, found: StaffRecord | None, sought: Sought, wrong: Wrong) -> Response:
    status, pages, proofs = 422 if wrong else 200, None, None
    if found is not None:
        proofs = proofs_of(visit, found.page.items)
        fields = {"subject": found.member.actor.subject, **carried(sought)}
        pages = turning("/audit/staff", place_of(visit), position(found.page.last), fields)
    shown = {"found": found, "sought": sought, "wrong": wrong, "pages": pages, "proofs": proofs}
    return visit.show("audit_staff.html", status, **shown, **choices(visit))


PAGES = (
    Page("GET", "/audit/looks", looks),
    Page("POST", "/audit/looks", seek),
    Page("GET", "/audit/refused", refused),
    Page("GET", "/audit/staff", ask_staff),
    Page("POST", "/audit/staff", seek_staff),
    Page("GET", "/audit/staff/{rest:path}", staff_of_entry),
)
