"""Who did what on whose record, found by agency, person, purpose and days; the look is on record before it is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.vocabulary import Purpose
from hub.application.look_at_audit import Checking, OnRecord, keep_audit_look, refuse_others
from hub.domain.access_line import AccessLine
from hub.domain.audit_look import AuditLook
from hub.views.accesses import EVERYBODY, PAGE, Chain, chains, count_of, key_of, line_from, of_agency, positions_on
from hub.views.view import Values

MOST: Final = 200
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

    `kinds` are codes of what was done.
    """

    since: date
    until: date
    agency: str | None = None
    purpose: Purpose | None = None
    effect: str | None = None
    kinds: frozenset[str] = frozenset()

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
        return (*days, *(one for one in named if one is not None), *sorted(self.kinds))


@dataclass(frozen=True, slots=True)
class Accesses:
    """The lines, newest first, and whether there are more in those days than are given."""

    lines: tuple[AccessLine, ...]
    more: bool
    on_record: OnRecord


def list_accesses(listing: ListingAccesses, actor: Actor, sought: Sought, what: str = "accesses") -> Accesses:
    """The newest lines sought. `what` is the list's code. Raises AccessRefused (on record), StoreUnavailable."""
    look = AuditLook(what, sought=sought.codes())
    refuse_others(listing.checking, actor, look)
    of = of_agency(sought.agency) if sought.agency is not None else EVERYBODY
    found, more = newest(listing.rows_under, of, sought)
    kept = keep_audit_look(
        listing.checking, actor, AuditLook(what, "audit_read", len(found), people_on(found), look.sought)
    )
    return Accesses(found, more, kept)


def newest(rows_under: RowsUnder, of: str, sought: Sought) -> tuple[tuple[AccessLine, ...], bool]:
    """The newest lines of somebody that are sought, at most MOST, and whether there are more."""
    found: list[AccessLine] = []
    for line in lines_of(rows_under, chains(of, sought.first_day(), sought.until)):
        if sought.fits(line):
            if len(found) == MOST:
                return tuple(found), True
            found.append(line)
    return tuple(found), False


def lines_of(rows_under: RowsUnder, wanted: tuple[Chain, ...]) -> Iterator[AccessLine]:
    """The lines on some chains, chain by chain, in each the newest first; read page by page, as they are taken."""
    heads = rows_under(tuple(chain.head for chain in wanted))
    for chain in wanted:
        for number in reversed(range(_pages(count_of(heads.get(chain.head))))):
            page = rows_under((chain.page(number),))[chain.page(number)]
            keys = tuple(key_of(position) for position in reversed(positions_on(page)))
            held = rows_under(keys)
            yield from (line_from(held[key]) for key in keys)


def _pages(count: int) -> int:
    return -(-count // PAGE)


def people_on(lines: tuple[AccessLine, ...]) -> tuple[UUID, ...]:
    """Everybody whose record the lines are about, each once."""
    return tuple(dict.fromkeys(person for line in lines for person in line.people))
