"""What was opened in an emergency, and which of it somebody has still to review; the look is on record first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.events.hub import Actor
from hub.application.list_accesses import ListingAccesses, RowsUnder, lines_of, people_on
from hub.application.look_at_audit import OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import PERMITTED, AccessLine
from hub.domain.access_runs import ROWS
from hub.domain.audit_look import AuditLook
from hub.domain.emergency import is_overdue
from hub.views.accesses import EMERGENCIES, REVIEWS, ever

WHAT: Final = "emergencies"


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency access, the review of it when there is one, and whether the review is late."""

    line: AccessLine
    review: AccessLine | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Emergencies:
    """All that are to be reviewed, the soonest due first, and one page of those reviewed or refused, newest first."""

    waiting: tuple[Emergency, ...]
    others: tuple[Emergency, ...]
    more: bool
    on_record: OnRecord


def list_emergencies(listing: ListingAccesses, actor: Actor, before: int | None = None) -> Emergencies:
    """The emergency accesses; of those reviewed or refused, the newest that stand before an entry (None: the newest).

    Raises AccessRefused (on record), StoreUnavailable.
    """
    refuse_others(listing.checking, actor, AuditLook(WHAT))
    found = emergencies(listing.rows_under, listing.checking.clock.now())
    waiting = sorted((one for one in found if is_waiting(one)), key=lambda one: one.line.as_of or one.line.at)
    settled = (one for one in found if not is_waiting(one))
    older = tuple(one for one in settled if before is None or one.line.position < before)
    shown = (*waiting, *older[:ROWS])
    about = people_on(tuple(one.line for one in shown))
    kept = keep_audit_look(listing.checking, actor, AuditLook(WHAT, "audit_read", len(shown), about))
    return Emergencies(tuple(waiting), older[:ROWS], len(older) > ROWS, kept)


def emergencies(rows_under: RowsUnder, now: datetime) -> tuple[Emergency, ...]:
    """Every emergency access with its review, newest first; not itself on record."""
    reviews = {line.decision_id: line for line in _ever(rows_under, REVIEWS)}
    return tuple(_emergency(line, reviews.get(line.decision_id), now) for line in _ever(rows_under, EMERGENCIES))


def is_waiting(one: Emergency) -> bool:
    """Whether somebody has still to review it."""
    return one.review is None and one.line.effect == PERMITTED


def _ever(rows_under: RowsUnder, of: str) -> Iterable[AccessLine]:
    return lines_of(rows_under, (ever(of),))


def _emergency(line: AccessLine, review: AccessLine | None, now: datetime) -> Emergency:
    return Emergency(line, review, review is None and line.as_of is not None and is_overdue(line.as_of, now))
