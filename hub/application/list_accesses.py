"""Who did what on whose record, found by agency, person, purpose and days; the look is on record before it is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.vocabulary import Purpose
from hub.application.look_at_audit import Checking, OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import AccessLine
from hub.domain.access_runs import MOST, Page, page_of_lines
from hub.domain.audit_look import AuditLook
from hub.domain.moment import day_in_london
from hub.views.accesses import EVERYBODY, PAGE, Chain, chains, count_of, key_of, line_from, of_agency, positions_on
from hub.views.view import Values

MOST_DAYS: Final = 92
RowsUnder = Callable[[tuple[str, ...]], dict[str, Values]]


@dataclass(frozen=True, slots=True)
class ListingAccesses:
    """What the list needs. `rows_under` gives the rows of the accesses view under some keys."""

    checking: Checking
    rows_under: RowsUnder


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines: the days in England (both included), and what else each line must be; None or empty: whatever.

    `kinds` are codes of what was done. `before`: only what stands after this entry, the newest being first.
    """

    since: date
    until: date
    agency: str | None = None
    purpose: Purpose | None = None
    effect: str | None = None
    kinds: frozenset[str] = frozenset()
    before: int | None = None

    def first_day(self) -> date:
        """The first day that is looked through: never more than MOST_DAYS of them."""
        return max(self.since, self.until - timedelta(days=MOST_DAYS - 1))

    def fits(self, line: AccessLine) -> bool:
        """Whether a line is one of those sought."""
        return (
            self.agency in (None, line.agency)
            and self.purpose in (None, line.purpose)
            and self.effect in (None, line.effect)
            and (not self.kinds or line.kind in self.kinds)
        )

    def codes(self) -> tuple[str, ...]:
        """The same as codes, for the record."""
        named = (self.agency, self.purpose.value if self.purpose else None, self.effect)
        days = (self.first_day().isoformat(), self.until.isoformat())
        place = () if self.before is None else (f"before {self.before}",)
        return (*days, *(one for one in named if one is not None), *sorted(self.kinds), *place)


@dataclass(frozen=True, slots=True)
class Accesses:
    """One page of the lines, newest first."""

    page: Page[AccessLine]
    on_record: OnRecord


def list_accesses(listing: ListingAccesses, actor: Actor, sought: Sought, what: str = "accesses") -> Accesses:
    """One page of the lines sought. `what` is the list's code. Raises AccessRefused (on record), StoreUnavailable."""
    look = AuditLook(what, sought=sought.codes())
    refuse_others(listing.checking, actor, look)
    of = of_agency(sought.agency) if sought.agency is not None else EVERYBODY
    found = page_sought(listing.rows_under, of, sought)
    seen = people_on(found.items)
    kept = keep_audit_look(listing.checking, actor, AuditLook(what, "audit_read", len(found.items), seen, look.sought))
    return Accesses(found, kept)


def page_sought(rows_under: RowsUnder, of: str, sought: Sought) -> Page[AccessLine]:
    """One page of the lines of somebody that are sought."""
    return page_of_lines(lines_sought(rows_under, of, sought))


def count_sought(rows_under: RowsUnder, of: str, sought: Sought) -> tuple[int, bool]:
    """How many lines of somebody are sought, counted up to MOST, and whether there are more."""
    count = sum(1 for _ in islice(lines_sought(rows_under, of, sought), MOST + 1))
    return min(count, MOST), count > MOST


def lines_sought(rows_under: RowsUnder, of: str, sought: Sought) -> Iterator[AccessLine]:
    """The lines of somebody that are sought, newest first.

    What happened first may be kept last, so where to go on is a day and a place on it.
    """
    until, place = sought.until, None
    if sought.before is not None:
        held = rows_under((key_of(sought.before),)).get(key_of(sought.before))
        day = day_in_london(line_from(held).at) if held is not None else None
        if day is not None and day <= until:
            until, place = day, sought.before
    wanted = chains(of, sought.first_day(), until) if until >= sought.first_day() else ()
    return filter(sought.fits, lines_of(rows_under, wanted, place))


def lines_of(rows_under: RowsUnder, wanted: tuple[Chain, ...], before: int | None = None) -> Iterator[AccessLine]:
    """The lines on some chains, chain by chain, in each the newest first; read page by page, as they are taken.

    On the first chain, only those that stand before a place.
    """
    heads = rows_under(tuple(chain.head for chain in wanted))
    for chain in wanted:
        for number in reversed(range(_pages(count_of(heads.get(chain.head))))):
            page = rows_under((chain.page(number),))[chain.page(number)]
            places = tuple(one for one in reversed(positions_on(page)) if before is None or one < before)
            held = rows_under(tuple(key_of(one) for one in places))
            yield from (line_from(held[key_of(one)]) for one in places)
        before = None


def _pages(count: int) -> int:
    return -(-count // PAGE)


def people_on(lines: tuple[AccessLine, ...]) -> tuple[UUID, ...]:
    """Everybody whose record the lines are about, each once."""
    return tuple(dict.fromkeys(person for line in lines for person in line.people))
