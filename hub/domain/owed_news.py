"""Whom the hub still owes something: a correction of what they were sent, its recall, or what never left.

Everything is worked out from kept facts, so asking twice gives the same and what is settled is owed no more.
Sources: DPA 2018 ss38(5)(c), 48(9); UK GDPR Arts 5(1)(d), 19.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from consent.rules import abuser_in_reach
from contracts.events.hub import ReportLinked
from contracts.events.sharing import Cause, DisclosureDecided, News
from contracts.report import RecordTokens
from contracts.vocabulary import ChangeKind
from hub.domain.disclosure import Wish

_NAMESPACE = UUID("0d4b8a2e-3d0f-5a55-9b0c-7a1f2c64e9b3")
_NEWS: dict[ChangeKind, News] = {
    ChangeKind.NEW: "correction",  # a newer version of an item that was sent
    ChangeKind.CORRECTION: "correction",
    ChangeKind.RETRACTION: "retraction",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What one recipient is owed, and the disclosure by which it has what this is about."""

    cause: Cause
    earlier: DisclosureDecided
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One child's side of it: the reports in order, those moved away, the disclosures in order, which were sent."""

    person_id: UUID
    linked: tuple[ReportLinked, ...]
    moved_away: frozenset[UUID]
    disclosures: tuple[DisclosureDecided, ...]
    sent: frozenset[UUID]

    def permitted(self) -> tuple[DisclosureDecided, ...]:
        """The disclosures that let something go."""
        return tuple(one for one in self.disclosures if one.effect == "permitted")


def owed(account: Account) -> tuple[Owed, ...]:
    """What is owed, to be sent in this order: what never left, then recalls, then corrections."""
    return (*_unsent(account), *_recalls(account), *_corrections(account))


def changes(later: ReportLinked, earlier: ReportLinked) -> bool:
    """Whether the later report corrects, withdraws or states again what the earlier one says."""
    if later.report_id == earlier.report_id or later.source != earlier.source:
        return False
    if later.changes == earlier.report_id:
        return True
    new, old = later.record, earlier.record
    if new is None or old is None:
        return False
    if new.item == old.item:
        return True
    return later.change is not ChangeKind.NEW and _is_of(new, old)


def _is_of(new: RecordTokens, old: RecordTokens) -> bool:
    return new.record == old.record or (new.all_below and new.record in old.above)


def in_reach(disclosures: Iterable[DisclosureDecided], recipient: str) -> bool:
    """Whether it was ever said that somebody who may be the abuser would see what this recipient gets."""
    return any(
        one.recipient == recipient and any(fix.rule == abuser_in_reach.LAW.id for fix in one.fixes)
        for one in disclosures
    )


def _unsent(account: Account) -> Iterable[Owed]:
    resumed = {one.follows for one in account.disclosures if one.cause == "resumed"}
    for one in account.permitted():
        if one.disclosure_id in account.sent or one.disclosure_id in resumed:
            continue
        again = tuple(
            Wish(item.report_id, item.share_id, item.news, item.of)
            for item in one.items
            if item.news == "recall" or item.report_id not in account.moved_away
        )
        if again:
            yield Owed("resumed", one, again)


def _recalls(account: Account) -> Iterable[Owed]:
    for report_id in sorted(account.moved_away):
        for recipient, holding in _holding(account, report_id):
            if not _told(account, recipient, report_id, ("recall",)):
                yield Owed("moved", holding, (_wish(account, recipient, report_id, "recall", report_id),))


def _corrections(account: Account) -> Iterable[Owed]:
    standing = tuple(link for link in account.linked if link.report_id not in account.moved_away)
    for place, later in enumerate(standing):
        for earlier in standing[:place]:
            if not changes(later, earlier):
                continue
            for recipient, holding in _holding(account, earlier.report_id):
                news = _NEWS[later.change]
                if not _told(account, recipient, later.report_id, ("report", news)):
                    wish = _wish(account, recipient, later.report_id, news, earlier.report_id)
                    yield Owed("correction", holding, (wish,))


def _holding(account: Account, report_id: UUID) -> tuple[tuple[str, DisclosureDecided], ...]:
    """Each recipient that was sent a report, or news of it other than its recall, with the first such disclosure."""
    found: dict[str, DisclosureDecided] = {}
    for one in account.permitted():
        if any(item.report_id == report_id and item.news != "recall" for item in one.items):
            found.setdefault(one.recipient, one)
    return tuple(found.items())


def _told(account: Account, recipient: str, report_id: UUID, news: tuple[News, ...]) -> bool:
    return any(
        one.recipient == recipient and any(item.report_id == report_id and item.news in news for item in one.items)
        for one in account.permitted()
    )


def _wish(account: Account, recipient: str, report_id: UUID, news: News, of: UUID) -> Wish:
    """The share's id is made from what it is, so that the recipient knows a repeat when it sees one."""
    named = f"{account.person_id} {recipient} {news} {report_id}"
    return Wish(report_id, uuid5(_NAMESPACE, named), news, of)
