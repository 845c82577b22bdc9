"""Sharing that was refused, by people or by the law, and why; the look is on record before it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.list_accesses import ListingAccesses, Sought, newest, people_on
from hub.application.look_at_audit import OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import REFUSED, AccessLine
from hub.domain.audit_look import AuditLook
from hub.domain.moment import day_in_london
from hub.views.accesses import EVERYBODY
from hub.views.refusals import Counted, counted, is_to_review

WHAT: Final = "sharing_refused"


@dataclass(frozen=True, slots=True)
class NotShared:
    """One decision of people not to share: by whose agency, asked by whom, why, and when it is looked at again."""

    position: int
    on: date
    agency: str
    asked_by: str
    reason: str
    myth: bool
    stands: bool
    review_on: date | None
    is_to_review: bool


@dataclass(frozen=True, slots=True)
class SharingRefused:
    """What people refused (newest first), the same counted, and what the law refused in some days (newest first)."""

    by_people: tuple[NotShared, ...]
    counts: tuple[Counted, ...]
    by_law: tuple[AccessLine, ...]
    more: bool
    on_record: OnRecord


def list_sharing_refused(
    listing: ListingAccesses, rows: Iterable[dict[str, Json]], actor: Actor, since: date, until: date
) -> SharingRefused:
    """Everything that was refused. `rows` are those of the refusals view.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    sought = Sought(since, until, effect=REFUSED, kinds=frozenset({"disclosure"}))
    refuse_others(listing.checking, actor, AuditLook(WHAT, sought=sought.codes()))
    held = tuple(rows)
    today = day_in_london(listing.checking.clock.now())
    by_law, more = newest(listing.rows_under, EVERYBODY, sought)
    by_people = tuple(sorted((_of(row, today) for row in held), key=lambda one: -one.position))
    look = AuditLook(WHAT, "audit_read", len(by_law) + len(by_people), people_on(by_law), sought.codes())
    kept = keep_audit_look(listing.checking, actor, look)
    return SharingRefused(by_people, counted(held, today), by_law, more, kept)


def _of(row: dict[str, Json], today: date) -> NotShared:
    review, position = row["review_on"], row["position"]
    return NotShared(
        position=position if isinstance(position, int) else 0,
        on=date.fromisoformat(str(row["on"])),
        agency=str(row["agency"]),
        asked_by=str(row["asked_by"]),
        reason=str(row["reason"]),
        myth=row["myth"] is True,
        stands=row["stands"] is True,
        review_on=date.fromisoformat(review) if isinstance(review, str) else None,
        is_to_review=is_to_review(row, today),
    )
