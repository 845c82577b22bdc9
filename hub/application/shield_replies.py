"""What people said about a child's entries, as it may be read: less whatever tells where a protected person is.

The words lie with the child's other facts, under the child's own key. What protects a place may come later than they
did, so they are looked through whenever they are read.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from hub.application.hold_apart import hash_of, protected_words
from hub.application.ports import History, IdentityIndex
from hub.domain.protected_places import words_in
from hub.domain.replies import Reply, attached, came
from hub.domain.whereabouts import may_tell_where


def shielded_replies(
    index: IdentityIndex, history: History, day: date | None, *, protected: bool
) -> Mapping[UUID, tuple[Reply, ...]]:
    """The replies of a person's history by the end of a day, by report; `protected`: something protects the address.

    Words that name a protected place, the person's or anybody's, are held back; where the person's is protected, any
    that may tell where they are. Raises StoreUnavailable.
    """
    found = attached(history.facts, day)
    if not found:
        return {}
    hashes = frozenset(each for link in history.linked() for each in link.protects)
    named = protected_words(index, tuple({word for one in found for word in words_in(one.words, lines=False)}))
    elsewhere = came(history.facts)
    by_report: dict[UUID, list[Reply]] = {}
    for one in found:
        lines = words_in(one.words, lines=True) if hashes else ()
        places = named.intersection(words_in(one.words, lines=False)) or any(hash_of(index, w) in hashes for w in lines)
        moved = one.reply_id in elsewhere  # what protects them there is not known here
        held = bool(places) or ((protected or moved) and may_tell_where(one.words))
        by_report.setdefault(one.report_id, []).append(Reply(one, "place" if held else "", moved))
    return {report_id: tuple(replies) for report_id, replies in by_report.items()}
