"""What one member of staff did on anybody's record, and at which hours; the look is on record before it is shown."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from contracts.events.hub import Actor, StaffEnrolled
from hub.application.list_accesses import ListingAccesses, Sought, newest, people_on
from hub.application.look_at_audit import OnRecord, keep_audit_look, refuse_others
from hub.application.ports import Stream
from hub.domain import registry
from hub.domain.access_line import AccessLine
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotEnrolled
from hub.domain.moment import LONDON
from hub.views.accesses import of_staff

WHAT: Final = "accesses_of_staff"


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """The lines, newest first, with how many fell into each hour of the day in England (24 counts).

    `children` is how many records they are about; `more`, whether there are more lines in those days.
    """

    member: StaffEnrolled
    lines: tuple[AccessLine, ...]
    more: bool
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
    found, more = newest(listing.rows_under, of_staff(member.actor.issuer, subject), sought)
    about = people_on(found)
    kept = keep_audit_look(checking, actor, AuditLook(WHAT, "audit_read", len(found), about, codes))
    hours = Counter(line.at.astimezone(LONDON).hour for line in found)
    return StaffRecord(member, found, more, tuple(hours[hour] for hour in range(24)), len(about), kept)
