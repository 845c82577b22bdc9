"""Whom the hub still owes something: a correction of what they have, a reply to it, its recall, or what never left.

Everything is worked out from kept facts, so asking twice gives the same and what is settled is owed no more.
Sources: DPA 2018 ss38(5)(c), 48(9); UK GDPR Arts 5(1)(d), 19.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from consent.rules import abuser_in_reach
from contracts.events.hub import ReportLinked, ReportUnlinked
from contracts.events.reply import ReplyAttached
from contracts.events.sharing import Cause, DisclosedItem, DisclosureDecided, News, ShareTakenBack, is_reply
from contracts.report import RecordTokens
from contracts.vocabulary import ChangeKind
from hub.domain.disclosing import Wish
from hub.domain.replies import share_of

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
    """One child's side of it: the reports in order, those moved away; the disclosures, those sent, those taken back.

    `replies` are what people said about the reports, oldest first; `undone` is what moved them away or took them back.
    """

    person_id: UUID
    linked: tuple[ReportLinked, ...]
    moved_away: frozenset[UUID]
    disclosures: tuple[DisclosureDecided, ...]
    sent: frozenset[UUID]
    taken_back: frozenset[UUID] = frozenset()
    replies: tuple[ReplyAttached, ...] = ()
    undone: tuple[ReportUnlinked | ShareTakenBack, ...] = ()

    def permitted(self) -> tuple[DisclosureDecided, ...]:
        """The disclosures that let something go."""
        return tuple(one for one in self.disclosures if one.effect == "permitted")

    def back(self) -> frozenset[UUID]:
        """Those taken back, with what each resumed and every correction that followed one of them."""
        found = set(self.taken_back)
        for one in reversed(self.disclosures):
            if one.disclosure_id in found and one.cause == "resumed" and one.follows is not None:
                found.add(one.follows)
        for one in self.disclosures:
            if one.cause in ("correction", "resumed") and one.follows in found:
                found.add(one.disclosure_id)
        return frozenset(found)


def owed(account: Account) -> tuple[Owed, ...]:
    """What is owed, in this order: what never left, that something is taken back, recalls, corrections, replies."""
    return (
        *_unsent(account),
        *_taken_back(account),
        *_recalls(account),
        *_corrections(account),
        *_replies(account),
    )


def recall_of(share_id: UUID) -> UUID:
    """The share by which its recipient is told that the one of this id was taken back."""
    return uuid5(_NAMESPACE, f"taken back {share_id}")


def is_held(item: DisclosedItem, report_id: UUID) -> bool:
    """Whether by it its recipient has the report; a reply is no part of what it is about."""
    is_news = item.news != "recall" and not is_reply(item.news, item.of, item.report_id)
    return is_news and item.report_id == report_id


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
        if one.disclosure_id in account.sent | resumed | account.back():
            continue  # what was taken back before it left is never sent
        again = tuple(
            Wish(item.report_id, item.share_id, item.news, item.of)
            for item in one.items
            if item.news == "recall" or item.report_id not in account.moved_away
        )
        if again:
            yield Owed("resumed", one, again)


def _taken_back(account: Account) -> Iterable[Owed]:
    """A recall of each share that was taken back, unless its recipient has the report by another share."""
    for one in account.permitted():
        if one.disclosure_id not in account.back():
            continue
        news = (item for item in one.items if not is_reply(item.news, item.of, item.report_id))
        each = ((item, recall_of(item.share_id)) for item in news)
        wishes = tuple(
            Wish(item.report_id, share_id, "recall", item.report_id)
            for item, share_id in each
            if not _went(account, share_id) and one.recipient not in dict(_holding(account, item.report_id))
        )
        if wishes:
            yield Owed("taken_back", one, wishes)


def _recalls(account: Account) -> Iterable[Owed]:
    for report_id in sorted(account.moved_away):
        for recipient, holding in _holding(account, report_id):
            wish = _recall(account, recipient, report_id)
            if not _went(account, wish.share_id):
                yield Owed("moved", holding, (wish,))


def _recall(account: Account, recipient: str, report_id: UUID) -> Wish:
    """The last recall they are owed or had: another one each time that they were sent the report again after one."""
    wish, went = _wish(account, recipient, report_id, "recall", report_id), False
    for one in account.permitted():
        if one.recipient != recipient or one.disclosure_id in account.back():
            continue
        if any(item.share_id == wish.share_id for item in one.items):
            went = True
        elif went and any(is_held(item, report_id) for item in one.items):
            wish, went = replace(wish, share_id=uuid5(_NAMESPACE, f"again {wish.share_id}")), False
    return wish


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


def _replies(account: Account) -> Iterable[Owed]:
    """Each reply to a report that stands, for each recipient that has the report: news of that report itself."""
    for reply in account.replies:
        if reply.report_id in account.moved_away:
            continue
        for recipient, holding in _holding(account, reply.report_id):
            back = (one for one in account.permitted() if one.disclosure_id in account.taken_back)
            share_id = share_of(reply, recipient, sum(one.recipient == recipient for one in back))
            if not _went(account, share_id):
                yield Owed("correction", holding, (Wish(reply.report_id, share_id, "correction", reply.report_id),))


def _holding(account: Account, report_id: UUID) -> tuple[tuple[str, DisclosureDecided], ...]:
    """Each recipient that has a report, or news of it, with the first disclosure by which it does."""
    found: dict[str, DisclosureDecided] = {}
    for one in account.permitted():
        if one.disclosure_id in account.back():
            continue
        if any(is_held(item, report_id) for item in one.items):
            found.setdefault(one.recipient, one)
    return tuple(found.items())


def _went(account: Account, share_id: UUID) -> bool:
    return any(item.share_id == share_id for one in account.permitted() for item in one.items)


def _told(account: Account, recipient: str, report_id: UUID, news: tuple[News, ...]) -> bool:
    return any(
        one.recipient == recipient and any(item.report_id == report_id and item.news in news for item in one.items)
        for one in account.permitted()
        if one.disclosure_id not in account.back()
    )


def _wish(account: Account, recipient: str, report_id: UUID, news: News, of: UUID) -> Wish:
    """The share's id is made from what it is, so that the recipient knows a repeat when it sees one."""
    back = sum(one.recipient == recipient for one in account.permitted() if one.disclosure_id in account.taken_back)
    named = f"{account.person_id} {recipient} {news} {report_id}{f' {back}' if back and news != 'recall' else ''}"
    return Wish(report_id, uuid5(_NAMESPACE, named), news, of)
