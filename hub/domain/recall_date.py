"""Why something is recalled, and until when that was shared: what its recipient was sent later stands.

A recall may leave long after what it comes of, and after the same report was rightly sent again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from contracts.events.hub import ReportUnlinked
from contracts.events.sharing import DisclosureDecided, ShareTakenBack
from hub.domain.disclosing import Recalled
from hub.domain.owed_news import Account, Owed


def recalled_by(account: Account, one: Owed) -> Recalled | None:
    """What it recalls was shared until what it comes of, or later where more of it was sent; None for no recall."""
    reports = frozenset(wish.report_id for wish in one.wishes if wish.news == "recall")
    if not reports:
        return None
    by_id = {each.disclosure_id: each for each in account.disclosures}
    cause, shared, decided, by = one.cause, one.earlier, account.permitted(), None
    while cause == "resumed" and shared.follows is not None:  # a recall that never left, and what it was to recall
        decided, by = decided[: decided.index(shared)], shared.at
        cause, shared = shared.cause, by_id[shared.follows]
    if cause == "moved":
        sent = (each for each in decided if each.recipient == shared.recipient and _has(each, reports))
        return Recalled(cause, max((shared.at, *(each.at for each in sent), *_moved_away(account, reports, by))))
    return Recalled(cause, max((shared.at, *_taken_back(account, shared, decided))))


def _taken_back(
    account: Account, shared: DisclosureDecided, decided: tuple[DisclosureDecided, ...]
) -> Iterable[datetime]:
    """When it, what it resumed or what it corrects was taken back, and when any of these was decided."""
    for fact in account.undone:
        if isinstance(fact, ShareTakenBack):
            with_it = replace(account, taken_back=frozenset((fact.disclosure_id,))).back()
            if shared.disclosure_id in with_it:
                yield fact.at
                yield from (each.at for each in decided if each.disclosure_id in with_it)


def _moved_away(account: Account, reports: frozenset[UUID], by: datetime | None) -> Iterable[datetime]:
    """When each of the reports was found to be about another child; not what was found of it after `by`."""
    for fact in account.undone:
        if isinstance(fact, ReportUnlinked) and fact.report_id in reports and (by is None or fact.at <= by):
            yield fact.at


def _has(one: DisclosureDecided, reports: frozenset[UUID]) -> bool:
    return any(item.report_id in reports and item.news != "recall" for item in one.items)
