"""What waits for an information-governance officer, counted, and how far the record is sealed; on record first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from consent.telling_due import Standing
from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.count_alarms import Alarming, Watched, count_alarms
from hub.application.list_accesses import ListingAccesses, Sought, count_sought
from hub.application.list_emergencies import emergencies, is_waiting
from hub.application.look_at_audit import OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import REFUSED
from hub.domain.audit_look import AuditLook
from hub.domain.moment import day_in_london
from hub.views import moves, openings
from hub.views.accesses import EVERYBODY, chains, count_of
from hub.views.enquiries import Escalated, alarms, escalated
from hub.views.quarantine import in_order
from hub.views.refusals import is_to_review
from hub.views.subject_reports import subject_reports
from hub.views.telling import to_tell

WHAT: Final = "audit_home"
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class AuditViews:
    """The rows of the views that are counted."""

    telling: Iterable[dict[str, Json]]
    refusals: Iterable[dict[str, Json]]
    quarantine: Iterable[dict[str, Json]]
    subject_reports: Iterable[dict[str, Json]]
    enquiries: Iterable[dict[str, Json]]
    moves: Iterable[dict[str, Json]]
    openings: Iterable[dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits, by kind. `refused` are tries of the last seven days; `more_refused`: there are more.

    `alarming` is what alarms, by kind; `alarms` those of it that lie set aside; `escalated` each emergency that nobody
    reviewed in time; `to_agree` and `to_open` are moves, and openings that take two, that wait for a second person.
    """

    today: int
    refused: int
    more_refused: bool
    reviews: int
    late_reviews: int
    telling_late: int
    refusals_to_review: int
    set_aside: int
    alarms: int
    alarming: tuple[Alarming, ...]
    escalated: tuple[Escalated, ...]
    subject_reports: int
    late_subject_reports: int
    to_agree: int
    to_open: int
    on_record: OnRecord


def read_audit_home(listing: ListingAccesses, views: AuditViews, watched: Watched, actor: Actor) -> Waiting:
    """The counts. Raises AccessRefused (on record), StoreUnavailable."""
    refuse_others(listing.checking, actor, AuditLook(WHAT, "count"))
    now = listing.checking.clock.now()
    aside = [one for one in in_order(views.quarantine) if one.state == "open"]
    told = tuple(views.enquiries)
    alarming = count_alarms(alarms(told), aside, watched, now)
    named = tuple(dict.fromkeys(one.person_id for one in alarming if one.person_id is not None))
    kept = keep_audit_look(listing.checking, actor, AuditLook(WHAT, "count", subjects=named))
    today = day_in_london(now)
    refused, more = count_sought(
        listing.rows_under, EVERYBODY, Sought(today - timedelta(days=WEEK - 1), today, effect=REFUSED)
    )
    reviews = [one for one in emergencies(listing.rows_under, now) if is_waiting(one)]
    reports = [one for one in subject_reports(views.subject_reports) if one.is_waiting]
    return Waiting(
        today=_looks_on(listing, today),
        refused=refused,
        more_refused=more,
        reviews=len(reviews),
        late_reviews=sum(one.is_late for one in reviews),
        telling_late=sum(
            one.due.standing in (Standing.OVERDUE, Standing.ESCALATED) for one in to_tell(views.telling, today)
        ),
        refusals_to_review=sum(is_to_review(row, today) for row in views.refusals),
        set_aside=len(aside),
        alarms=sum(one.to_look_at for one in aside),
        alarming=alarming,
        escalated=escalated(told),
        subject_reports=len(reports),
        late_subject_reports=sum(one.due < today for one in reports),
        to_agree=len(moves.to_agree(actor, views.moves, now)),
        to_open=len(openings.to_agree(actor, views.openings, now)),
        on_record=kept,
    )


def _looks_on(listing: ListingAccesses, day: date) -> int:
    (chain,) = chains(EVERYBODY, day, day)
    return count_of(listing.rows_under((chain.head,)).get(chain.head))
