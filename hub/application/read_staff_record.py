"""What one member of staff did on anybody's record, and at which hours; the look is on record before it is shown."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from contracts.events.hub import Actor, StaffEnrolled
from hub.application.list_accesses import ListingAccesses, Sought, page_sought, people_on
from hub.application.look_at_audit import OnRecord, keep_audit_look, refuse_others
from hub.application.ports import Stream
from hub.domain import registry
from hub.domain.access_line import AccessLine
from hub.domain.access_runs import Page
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotEnrolled
from hub.domain.moment import LONDON
from hub.views.accesses import of_staff

WHAT: Final = "accesses_of_staff"


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """One page of the lines, newest first, with how many fell into each hour of the day in England (24 counts).

    `children` is how many records they are about.
    """

    member: StaffEnrolled
    page: Page[AccessLine]
    by_hour: tuple[int, ...]
    children: int
    on_record: OnRecord


def read_staff_record(listing: ListingAccesses, actor: Actor, subject: str, sought: Sought) -> StaffRecord:
    """What somebody did in some days.

    Raises AccessRefused and NotEnrolled (the try is on record), StoreUnavailable, Unreadable.
    """
    checking = listing.checking
    codes = (subject, *sought.codes())
    refuse_others(checking, actor, AuditLook(WHAT, sought=codes))
    member = registry.ever_staff(checking.store.read_stream(Stream.registry())).get(subject)
    if member is None:
        keep_audit_look(checking, actor, AuditLook(WHAT, sought=codes))
        raise NotEnrolled("staff")
    page = page_sought(listing.rows_under, of_staff(member.actor.issuer, subject), sought)
    found = page.items
    about = people_on(found)
    kept = keep_audit_look(checking, actor, AuditLook(WHAT, "audit_read", len(found), about, codes))
    hours = Counter(line.at.astimezone(LONDON).hour for line in found)
    return StaffRecord(member, page, tuple(hours[hour] for hour in range(24)), len(about), kept)
