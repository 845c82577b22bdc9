"""A follower of the store: what was sent is followed by its corrections, replies, recalls and notices to schools.

It goes by position and works out what is owed from kept facts alone, so a crash at any point leaves nothing unsent and
nothing sent twice that its recipient would not know for a repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from contracts.agreement import Agreement
from contracts.events.hub import ReportLinked, ReportUnlinked
from contracts.events.reply import ReplyAttached
from contracts.events.sharing import DisclosureDecided, ShareTakenBack
from contracts.vocabulary import Purpose
from hub.application.kept_rows import KeptRow, KeptRows
from hub.application.list_shares import sent_of
from hub.application.notify_school import notify_schools
from hub.application.ports import Stream
from hub.application.share_reports import SharingOn, disclose
from hub.domain.disclosing import Disclosing
from hub.domain.errors import TopicRefuses
from hub.domain.owed_news import Account, Owed, in_reach, owed
from hub.domain.recall_date import recalled_by
from hub.domain.relied_basis import SCHOOL_DUTY, Party
from hub.domain.replies import attached
from hub.domain.school_day import SchoolCalendar, end_of_working_day
from hub.domain.school_notice import is_notice

BATCH = 500
RECEIPT_WORKING_DAYS = 2
_ROUNDS = 8
_MOVES = (ReportLinked, ReportUnlinked, DisclosureDecided, ShareTakenBack, ReplyAttached)


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
    refused: TopicRefuses | None = None
    waits: set[UUID] = set()  # each try keeps a decision, which would be followed at once, and so for ever
    position = following.progress.reached()
    while batch := following.rows.rows_after(position, BATCH):
        for person_id, notices in _to_follow(following, batch).items():
            if person_id in waits:
                continue
            try:
                made += sum(_notified(following, notice) for notice in notices) + settle(following, person_id)
            except TopicRefuses as one:
                refused = one
                waits.add(person_id)
        position = batch[-1].position
        if refused is None:
            following.progress.reach(position)
    if refused is not None:
        raise refused
    return made


def _to_follow(following: Following, batch: tuple[KeptRow, ...]) -> dict[UUID, list[ReportLinked]]:
    """Whom the rows are about, with the notices of domestic abuse among what came of each."""
    people: dict[UUID, list[ReportLinked]] = {}
    for row in batch:
        fact = following.rows.open_row(row)
        if isinstance(fact, _MOVES):
            notices = people.setdefault(fact.person_id, [])
            if isinstance(fact, ReportLinked) and is_notice(fact):
                notices.append(fact)
    return people


def _notified(following: Following, notice: ReportLinked) -> int:
    return notify_schools(following.sharing, following.agreements, following.calendar, notice)


def settle(following: Following, person_id: UUID) -> int:
    """How many disclosures one person's account needed until nothing was owed."""
    made = 0
    for _ in range(_ROUNDS):
        account = account_of(following.sharing, person_id)
        due = owed(account) if account is not None else ()
        if account is None or not due:
            break
        refused: TopicRefuses | None = None
        for one in due:
            try:
                _send(following, person_id, one, account)
            except TopicRefuses as away:
                refused = away
        if refused is not None:
            raise refused
        made += len(due)
    return made


def account_of(sharing: SharingOn, person_id: UUID) -> Account | None:
    """The person's side of what was disclosed; None when nothing was."""
    facts = sharing.store.read_stream(Stream.access(person_id))
    disclosures = tuple(fact for fact in facts if isinstance(fact, DisclosureDecided))
    if not disclosures:
        return None
    history = sharing.store.read_history(person_id)
    taken_back = tuple(fact for fact in facts if isinstance(fact, ShareTakenBack))
    moved = (fact for fact in history.facts if isinstance(fact, ReportUnlinked))
    return Account(
        person_id,
        history.linked(),
        history.moved_away(),
        disclosures,
        sent_of(sharing.store, disclosures),
        frozenset(fact.disclosure_id for fact in taken_back),
        attached(history.facts),
        (*moved, *taken_back),
    )


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
        recalled=recalled_by(account, one),
    )
    disclose(following.sharing, person_id, asked, also=_moved_away(following, person_id, one))


def _moved_away(following: Following, person_id: UUID, one: Owed) -> tuple[ReportLinked, ...]:
    """The links of reports to be recalled that no longer stand."""
    recalled = {wish.report_id for wish in one.wishes if wish.news == "recall"}
    if not recalled:
        return ()
    history = following.sharing.store.read_history(person_id)
    return tuple(link for link in history.linked() if link.report_id in recalled & history.moved_away())
