"""Sharing that was refused, by people or by the law, and why; the look is on record before it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.list_accesses import ListingAccesses, Sought, page_sought, people_on
from hub.application.look_at_audit import OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import REFUSED, AccessLine
from hub.domain.access_runs import Page
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
    """What people refused (newest first), the same counted, and one page of what the law refused (newest first)."""

    by_people: tuple[NotShared, ...]
    counts: tuple[Counted, ...]
    by_law: Page[AccessLine]
    on_record: OnRecord


def list_sharing_refused(
    listing: ListingAccesses, rows: Iterable[dict[str, Json]], actor: Actor, sought: Sought
) -> SharingRefused:
    """What people refused, and what the law refused as sought. `rows` are those of the refusals view.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    sought = replace(sought, effect=REFUSED, kinds=frozenset({"disclosure"}))
    refuse_others(listing.checking, actor, AuditLook(WHAT, sought=sought.codes()))
    held = tuple(rows)
    today = day_in_london(listing.checking.clock.now())
    by_law = page_sought(listing.rows_under, EVERYBODY, sought)
    by_people = tuple(sorted((_of(row, today) for row in held), key=lambda one: -one.position))
    look = AuditLook(WHAT, "audit_read", len(by_law.items) + len(by_people), people_on(by_law.items), sought.codes())
    kept = keep_audit_look(listing.checking, actor, look)
    return SharingRefused(by_people, counted(held, today), by_law, kept)


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
