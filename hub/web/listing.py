"""The list under the picture: by year, in the order wanted, and which of its entries stand in full.

A long list is read from its newest end: there each entry stands in full, and each older one on a line, with what is to
be noticed about it; nobody reads three hundred in full to find the one that matters. All in full is one choice away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import ClassVar, NamedTuple
from uuid import UUID

from hub.domain.chronology import Entry
from hub.domain.snapshot import Snapshot
from hub.web.picture.marks import day_of
from hub.web.picture.words import UNDATED
from hub.web.wanted import Length, Wanted

LONG = 100  # entries; a list of no more stands in full
NEWEST = 50  # entries of a long list that stand in full


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in the list: its place among all that is shown, which never changes with filter or order; its year."""

    id: str
    entry: Entry
    year: str


@dataclass(frozen=True, slots=True)
class Year:
    """The entries of one year, or of no known day."""

    name: str
    entries: tuple[Listed, ...]


class Offered(NamedTuple):
    """A length of the list that may be chosen: its code, its words, and whether the list is shown so now."""

    code: str
    words: str
    now: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list shows: how many, by year; which stand in full, and which lengths of it a reader may choose from.

    `newest`: how many of a long list stand in full as it comes.
    """

    newest: ClassVar[int] = NEWEST
    taken: int
    years: tuple[Year, ...]
    whole: frozenset[str]
    lengths: tuple[Offered, ...]

    @property
    def in_part(self) -> bool:
        """Whether it is a long list as it comes: its newest in full and a line of each other."""
        return self.taken > LONG and self.lengths[0].now


def listing(rows: Iterable[Listed], wanted: Wanted, new: frozenset[UUID]) -> Listing:
    """The list of those entries that are wanted; `new` are those that came since the reader last looked."""
    taken = tuple(one for one in rows if wanted.sieve.takes(one.entry))
    return Listing(
        taken=len(taken),
        years=by_year(taken, oldest_first=wanted.oldest_first),
        whole=in_full(taken, wanted.length, new),
        lengths=offered(len(taken), wanted.length),
    )


def listed(snap: Snapshot) -> tuple[Listed, ...]:
    """Every entry shown, oldest first."""
    return tuple(Listed(f"e-{number}", entry, _year(entry)) for number, entry in enumerate(snap.entries, start=1))


def by_year(taken: Iterable[Listed], *, oldest_first: bool) -> tuple[Year, ...]:
    """The entries by year, in the order wanted; what is of no known day stands last in either order."""
    taken = tuple(taken)
    dated = [one for one in taken if one.year != UNDATED]
    ordered = dated if oldest_first else dated[::-1]
    ordered += [one for one in taken if one.year == UNDATED]
    return tuple(Year(name, tuple(found)) for name, found in groupby(ordered, key=attrgetter("year")))


def in_full(taken: Sequence[Listed], length: Length, new: frozenset[UUID]) -> frozenset[str]:
    """Which of them stand in full; of a long list as it fits, the newest and those the reader never saw."""
    if length is Length.BRIEF:
        return frozenset()
    if length is Length.FULL or len(taken) <= LONG:
        return frozenset(one.id for one in taken)
    oldest_first = sorted(taken, key=lambda one: one.year != UNDATED)
    unseen = (one for one in taken if one.entry.report_id in new)
    return frozenset(one.id for one in (*oldest_first[-NEWEST:], *unseen))


def offered(taken: int, length: Length) -> tuple[Offered, ...]:
    """The lengths of a list of so many that a reader may choose from."""
    long = taken > LONG
    fitting = f"The newest {NEWEST} in full, one line of each other" if long else "Full"
    found = ((Length.FITTING, fitting), (Length.FULL, f"All {taken} in full"), (Length.BRIEF, "One line each"))
    now = Length.FITTING if length is Length.FULL and not long else length
    return tuple(Offered(one.value, words, one is now) for one, words in found if long or one is not Length.FULL)


def _year(entry: Entry) -> str:
    day = day_of(entry)
    return UNDATED if day is None else str(day.year)
