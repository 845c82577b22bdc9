"""The replies to an entry in words, worked out before its template runs; each is plain text, escaped there."""

from collections.abc import Iterable
from typing import NamedTuple

from hub.domain import reply_words, words
from hub.domain.chronology import Entry
from hub.domain.moment import day_in_london
from hub.domain.replies import Reply


class Replied(NamedTuple):
    """A reply: whose (or which agency's), what it disputes and when, its words or why they are held, who wrote it down.

    `moved`: what is to be known where it came with the entry from another record; empty where it did not.
    """

    whose: str
    agency: str
    beside: str
    text: str
    held: bool
    written: str
    at: str
    moved: str


def replies(entry: Entry) -> tuple[Replied, ...]:
    """Those to this version of it, oldest first."""
    return in_words(entry.replies, entry)


def in_words(found: Iterable[Reply], entry: Entry) -> tuple[Replied, ...]:
    """Some of those to this version of it, in the order given."""
    return tuple(_replied(one, entry) for one in found)


def _replied(reply: Reply, entry: Entry) -> Replied:
    one = reply.attached
    return Replied(
        whose=reply_words.whose_of(entry, reply),
        agency=one.agency,
        beside=reply_words.beside(one),
        text=reply_words.what(reply),
        held=bool(reply.held),
        written=f"Written down on {words.day(day_in_london(one.at))}",
        at=one.actor.agency,
        moved=reply_words.moved(reply),
    )
