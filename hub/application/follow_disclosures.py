"""A follower of the store: what was sent is followed by its corrections, recalls and notices to schools.

It goes by position and works out what is owed from kept facts alone, so a crash at any point leaves nothing unsent and
nothing sent twice that its recipient would not know for a repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from contracts.agreement import Agreement
from contracts.events.hub import ReportLinked, ReportUnlinked
from contracts.events.sharing import DisclosureDecided
from contracts.vocabulary import Purpose
from hub.application.kept_rows import KeptRows
from hub.application.list_shares import sent_of
from hub.application.notify_school import notify_schools
from hub.application.ports import Stream
from hub.application.share_reports import SharingOn, disclose
from hub.domain.disclosure import Disclosing
from hub.domain.owed_news import Account, Owed, in_reach, owed
from hub.domain.relied_basis import SCHOOL_DUTY, Party
from hub.domain.school_day import SchoolCalendar, end_of_working_day
from hub.domain.school_notice import is_notice

BATCH = 500
RECEIPT_WORKING_DAYS = 2
_ROUNDS = 8


class Progress(Protocol):
    """How far the follower has come; durable."""

    def reached(self) -> int:
        """The position up to which everything has been followed; 0 at first."""

    def reach(self, position: int) -> None:
        """It has come this far; durable when this returns."""


@dataclass(frozen=True, slots=True)
class Following:
    """What following needs. `agreements` is by source."""

    sharing: SharingOn
    rows: KeptRows
    progress: Progress
    agreements: Mapping[str, Agreement]
    calendar: SchoolCalendar


def follow_disclosures(following: Following) -> int:
    """How many disclosures were made. Raises StoreUnavailable, Unreadable, Conflict: it goes on from there later."""
    made = 0
    position = following.progress.reached()
    while batch := following.rows.rows_after(position, BATCH):
        people: dict[UUID, list[ReportLinked]] = {}
        for row in batch:
            fact = following.rows.open_row(row)
            if isinstance(fact, ReportLinked | ReportUnlinked | DisclosureDecided):
                notices = people.setdefault(fact.person_id, [])
                if isinstance(fact, ReportLinked) and is_notice(fact):
                    notices.append(fact)
        for person_id, notices in people.items():
            for notice in notices:
                made += notify_schools(following.sharing, following.agreements, following.calendar, notice)
            made += settle(following, person_id)
        position = batch[-1].position
        following.progress.reach(position)
    return made


def settle(following: Following, person_id: UUID) -> int:
    """How many disclosures one person's account needed until nothing was owed."""
    made = 0
    for _ in range(_ROUNDS):
        account = account_of(following.sharing, person_id)
        due = owed(account) if account is not None else ()
        if account is None or not due:
            break
        for one in due:
            _send(following, person_id, one, account)
        made += len(due)
    return made


def account_of(sharing: SharingOn, person_id: UUID) -> Account | None:
    """The person's side of what was disclosed; None when nothing was."""
    facts = sharing.store.read_stream(Stream.access(person_id))
    disclosures = tuple(fact for fact in facts if isinstance(fact, DisclosureDecided))
    if not disclosures:
        return None
    history = sharing.store.read_history(person_id)
    return Account(person_id, history.linked(), history.moved_away(), disclosures, sent_of(sharing.store, disclosures))


def _send(following: Following, person_id: UUID, one: Owed, account: Account) -> None:
    earlier, now, resumed = one.earlier, following.sharing.clock.now(), one.cause == "resumed"
    asked = Disclosing(
        cause=one.cause,
        sharer=Party(earlier.sharer, earlier.sharer_kind),
        recipient=Party(earlier.recipient, earlier.recipient_kind),
        agreement=following.agreements[earlier.recipient],
        purpose=earlier.purpose,
        at=now,
        wishes=one.wishes,
        due_by=(earlier.due_by if resumed else None) or end_of_working_day(now, RECEIPT_WORKING_DAYS),
        actor=earlier.actor if resumed else None,
        urgent=earlier.urgent,
        basis=SCHOOL_DUTY if earlier.purpose is Purpose.DOMESTIC_ABUSE_SCHOOL else None,
        follows=earlier.disclosure_id,
        abuser_in_reach=in_reach(account.disclosures, earlier.recipient),
    )
    disclose(following.sharing, person_id, asked, also=_moved_away(following, person_id, one))


def _moved_away(following: Following, person_id: UUID, one: Owed) -> tuple[ReportLinked, ...]:
    """The links of reports to be recalled, which no longer stand."""
    recalled = {wish.report_id for wish in one.wishes if wish.news == "recall"}
    if not recalled:
        return ()
    history = following.sharing.store.read_history(person_id)
    return tuple(link for link in history.linked() if link.report_id in recalled)
