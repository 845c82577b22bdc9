"""What whoever is signed in did here in the last 90 days, and what was asked about it; on record before it is shown.

It is read from what is kept of this one person: there is no way to ask for anybody else's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.list_accesses import RowsUnder, Sought, lines_of, lines_sought, people_on
from hub.application.ports import Clock, Store, Stream
from hub.domain.access_line import PERMITTED, AccessLine
from hub.domain.access_runs import Page, page_of_lines
from hub.domain.moment import day_in_london
from hub.domain.own_activity import DAYS, AskedAbout, asked_about, is_of_its_own, left_last, shown_to_its_own
from hub.views.accesses import EMERGENCIES, REVIEWS, ever, key_of, line_from, of_staff
from hub.views.looks import keys_of, looks

WHAT: Final = "own_activity"


@dataclass(frozen=True, slots=True)
class ReadingOwn:
    """What it needs. `accesses_under` and `looks_under` give the rows of those views under some keys."""

    store: Store
    clock: Clock
    accesses_under: RowsUnder
    looks_under: RowsUnder


@dataclass(frozen=True, slots=True)
class OwnActivity:
    """One page of the lines, newest first, what was asked about looks of theirs, and the days (both included)."""

    page: Page[AccessLine]
    asked: tuple[AskedAbout, ...]
    since: date
    until: date


def read_own_activity(reading: ReadingOwn, actor: Actor, before: int | None = None) -> OwnActivity:
    """What who asks did, and what was asked about it; of what they did, what stands before an entry of theirs.

    Raises StoreUnavailable, Unreadable: then nothing is shown.
    """
    until = day_in_london(reading.clock.now())
    left = left_last(reading.store.read_stream(Stream.registry()), actor)
    since = until - timedelta(days=DAYS - 1)
    sought = Sought(since, until, before=before if _is_own_entry(reading, actor, before) else None)
    of = of_staff(actor.issuer, actor.subject)
    own = (one for one in lines_sought(reading.accesses_under, of, sought) if is_of_its_own(one, actor, left))
    page = page_of_lines(shown for one in own if (shown := shown_to_its_own(one)) is not None)
    asked = _asked_about(reading, actor, since, left) if sought.before is None else ()
    about = tuple(dict.fromkeys((*people_on(page.items), *(one.person_id for one in asked))))
    everybody, count = frozenset(StaffRole), len(page.items)
    keep_read(reading.store, reading.clock, actor, ("list", WHAT), everybody, items=count, subjects=about)
    return OwnActivity(page, asked, since, until)


def _is_own_entry(reading: ReadingOwn, actor: Actor, number: int | None) -> bool:
    """Whether it is one of theirs: where somebody else's stands is nobody's to find out."""
    held = reading.accesses_under((key_of(number),)).get(key_of(number)) if number is not None else None
    return held is not None and is_of_its_own(line_from(held), actor, None)


def _asked_about(reading: ReadingOwn, actor: Actor, since: date, left: datetime | None) -> tuple[AskedAbout, ...]:
    reviews = tuple(_lately(reading, REVIEWS, since))
    emergencies = (one for one in _lately(reading, EMERGENCIES, since) if is_of_its_own(one, actor, left))
    opened = _decisions(one for one in emergencies if one.effect == PERMITTED)
    of_looks = _decisions(reviews) | opened
    rows = reading.looks_under(tuple(key for one in of_looks for key in keys_of(one)))
    own = (one for one in looks(rows.values()) if one.reader == (actor.issuer, actor.subject))
    theirs = tuple(one for one in own if left is None or one.at > left)
    return asked_about(theirs, opened, reviews)


def _decisions(lines: Iterable[AccessLine]) -> frozenset[UUID]:
    return frozenset(one.decision_id for one in lines if one.decision_id is not None)


def _lately(reading: ReadingOwn, of: str, since: date) -> Iterator[AccessLine]:
    """The newest emergencies, or reviews, as far back as a day."""
    return takewhile(lambda one: day_in_london(one.at) >= since, lines_of(reading.accesses_under, (ever(of),)))
