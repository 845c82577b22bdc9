"""Which enquiries are open, how long is left, and who has not replied.

Who decides at the MASH is shown all of them, others theirs. The look is on record first, with every child that is
listed. A child from whom the reader is kept is counted and not listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import Purpose, StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, IdentityIndex, Store
from hub.application.stand_to import Deciding, each_acting
from hub.domain.clocks import AS_GUIDED, Clocks, TimeLeft, time_left
from hub.domain.enquiries import as_assignees
from hub.domain.known_of_staff import known_of
from hub.domain.requests import ASKING, Replied, Request, Waiting, replied, waiting
from hub.views.enquiries import Alarm, Escalated, OpenEnquiry, alarms, escalated

WORKERS: Final = frozenset({StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER, StaffRole.PRACTITIONER})
CHECKERS: Final = frozenset({StaffRole.IG_OFFICER})
LISTED_FOR: Final = Purpose.SECTION_17  # what each enquiry is for is said only once its reader may act
MOST_ROWS: Final = 25


class Tab(Enum):
    """Which of the open enquiries are wanted; FIRST: those with the most pressing rating of the area."""

    MINE = "mine"
    ALL = "all"
    LATE = "late"
    READY = "ready"
    WAITING = "waiting"
    FIRST = "first"


class Next(Enum):
    """What comes next with an enquiry, as far as the hub knows.

    DECIDE: nobody has decided, and everybody who was asked has replied or the time for a first decision is over.
    """

    ASK = "ask"
    CHASE = "chase"
    DECIDE = "decide"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Listed:
    """An open enquiry: how long is left to decide, or was when somebody did, and of whom a reply was asked since."""

    enquiry: OpenEnquiry
    time: TimeLeft
    replies: tuple[Request, ...]
    mine: bool

    @property
    def is_late(self) -> bool:
        """Whether nobody has decided, and somebody should have."""
        return self.enquiry.decided is None and self.time.is_late

    @property
    def asked(self) -> int:
        """How many agencies were asked."""
        return len({one.source for one in self.replies})

    @property
    def owed(self) -> tuple[Waiting, ...]:
        """The agencies that have not replied."""
        return waiting(self.replies)

    @property
    def known_there(self) -> tuple[Replied, ...]:
        """Who replied that something relevant is known there; whether it has come, the child's chronology shows."""
        return tuple(one for one in replied(self.replies) if one.answer == "known_relevant")

    @property
    def next(self) -> Next:
        """What comes next."""
        if self.enquiry.decided is not None:
            return Next.CHASE if self.owed else Next.CLOSE
        if not self.asked:
            return Next.DECIDE if self.is_late else Next.ASK
        return Next.CHASE if self.owed and not self.is_late else Next.DECIDE


@dataclass(frozen=True, slots=True)
class Working:
    """What the list needs: the enquiries that are open, every request made of agencies, and the area's clocks."""

    store: Store
    index: IdentityIndex
    clock: Clock
    deciding: Deciding
    enquiries: tuple[OpenEnquiry, ...]
    requests: tuple[Request, ...]
    clocks: Clocks = AS_GUIDED


@dataclass(frozen=True, slots=True)
class Enquiries:
    """A part of a list: which of how many, the enquiries shown, and how many of the part are not the reader's to see.

    `counts` are those of every list, with what is restricted among them; what waits for replies counts the `unopened`
    too: children about whom agencies owe the reader's a reply, and about whom no enquiry is open.
    """

    tab: Tab
    shown: tuple[Listed, ...]
    restricted: int
    number: int
    parts: int
    counts: Mapping[Tab, int]
    unopened: int = 0


@dataclass(frozen=True, slots=True)
class ListingEnquiries:
    """What the list of alarms needs. `rows` are those of the enquiries view."""

    store: Store
    clock: Clock
    rows: Iterable[dict[str, Json]]


def list_enquiries(
    working: Working, actor: Actor, tab: Tab = Tab.ALL, number: int = 1, most: int = MOST_ROWS
) -> Enquiries:
    """A part of the open enquiries that are this reader's, what has to be decided first before others.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    every = _laid_out(working, actor)
    of_tab = {one: tuple(each for each in every if _is_on(one, each, working.clocks)) for one in Tab}
    parts = max(1, -(-len(of_tab[tab]) // most))
    number = min(number, parts)
    part = of_tab[tab][(number - 1) * most : number * most]
    stands = each_acting(working, actor, LISTED_FOR, (one.enquiry.person_id for one in part))
    unjudged = next((one.ruling.bars for one in stands.values() if one.ruling.alarm), ())
    shown = tuple(one for one in part if stands[one.enquiry.person_id].ruling.permitted)
    people = tuple(dict.fromkeys(one.enquiry.person_id for one in shown))
    items, what = len(shown), "enquiries"
    keep_read(
        working.store, working.clock, actor, ("list", what), WORKERS, items=items, subjects=people, kept_from=unjudged
    )
    unopened = len(_asked_without_enquiry(working, actor))
    counts = {one: len(found) + (unopened if one is Tab.WAITING else 0) for one, found in of_tab.items()}
    return Enquiries(tab, shown, len(part) - len(shown), number, parts, counts, unopened)


def _asked_without_enquiry(working: Working, actor: Actor) -> frozenset[UUID]:
    """The children about whom the reader's agency asked, a reply is owed, and no enquiry is open."""
    if actor.role not in ASKING:
        return frozenset()
    asked = {one.person_id for one in working.requests if one.is_open and one.asked_by == actor.agency}
    return frozenset(asked - {one.person_id for one in working.enquiries})


def count_late(working: Working, actor: Actor) -> int:
    """On how many open enquiries nobody decided in time."""
    return sum(one.is_late for one in _laid_out(working, actor))


def list_alarms(listing: ListingEnquiries, actor: Actor) -> tuple[tuple[Escalated, ...], tuple[Alarm, ...]]:
    """The emergencies that nobody reviewed in time, and of what those who check were told, the newest first.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    rows = tuple(listing.rows)
    late, found = escalated(rows), alarms(rows)
    people = tuple(dict.fromkeys(one.person_id for one in found if one.person_id is not None))
    items = len(late) + len(found)
    keep_read(listing.store, listing.clock, actor, ("list", "alarms"), CHECKERS, items=items, subjects=people)
    return late, found


def _laid_out(working: Working, actor: Actor) -> tuple[Listed, ...]:
    """Every open enquiry that is this reader's work."""
    ways = frozenset(as_assignees(actor, known_of(actor, working.deciding.registered).teams))
    asked: dict[object, list[Request]] = {}
    for one in working.requests:
        asked.setdefault(one.person_id, []).append(one)
    now = working.clock.now()
    found = (
        listed(each, asked.get(each.person_id, ()), (working.clocks, now), mine=not ways.isdisjoint(each.assignees))
        for each in working.enquiries
    )
    theirs = actor.role is StaffRole.MASH_DECISION_MAKER
    return tuple(sorted((one for one in found if theirs or one.mine), key=_order))


def listed(one: OpenEnquiry, asked: Iterable[Request], at: tuple[Clocks, datetime], *, mine: bool) -> Listed:
    """The enquiry as it stands now, by the area's clocks. `asked`: every request about its child."""
    clocks, now = at
    replies = tuple(each for each in asked if each.is_open or each.asked >= one.at)
    stopped = one.decided if one.decided is not None else now
    return Listed(one, time_left(clocks.hours, clocks.limit(one.rating), one.at, stopped), replies, mine)


def _is_on(tab: Tab, one: Listed, clocks: Clocks) -> bool:
    match tab:
        case Tab.MINE:
            return one.mine
        case Tab.ALL:
            return True
        case Tab.LATE:
            return one.is_late
        case Tab.READY:
            return one.next is Next.DECIDE
        case Tab.WAITING:
            return bool(one.owed)
        case Tab.FIRST:
            return bool(clocks.ratings) and one.enquiry.rating == clocks.ratings[0].name


def _order(one: Listed) -> tuple[bool, datetime, str]:
    """What nobody has decided yet first, by when it is due."""
    return one.enquiry.decided is not None, one.time.due, one.enquiry.enquiry_id.hex
