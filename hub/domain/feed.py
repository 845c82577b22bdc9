"""How an agency's feed stands: silence, gaps and what its own edge could not read, told from having nothing to say.

Nothing here is about a child: it is about a road, and says when it was last known to be open.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from contracts.events.feed import FeedHeartbeat
from contracts.vocabulary import StaffRole
from hub.domain.moment import day_in_london

READERS = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})
CLOCKS_APART = timedelta(minutes=5)
WENT_BACK = "numbers_went_back"
# A heartbeat may overtake what was sent before it: so long, what it says was sent is taken to be on its way.
ON_ITS_WAY = timedelta(seconds=30)
SILENT_AFTER_INTERVALS = 2


class FeedKind(Enum):
    """One thing to know of a feed; more than one may hold. HEARD alone means that nothing is known to be missing."""

    NOT_CONNECTED = "not_connected"  # the agency sends nothing to the hub yet
    NEVER_HEARD = "never_heard"  # it is enrolled, and no message of its own has ever come
    SILENT = "silent"  # its edge has not said that it is there for two of its own intervals
    GAP = "gap"  # a message with a number is missing: it was sent, and never came
    WENT_BACK = "went_back"  # it gave numbers twice: its outbox was put back, and a gap may not show
    WAITING = "waiting"  # its edge holds messages that it has not sent yet
    UNREAD = "unread"  # its own edge could not read some of its records, which never left it
    NOT_READ = "not_read"  # what it sent waits on the road, and the hub has not taken it in for longer than a minute
    SET_ASIDE = "set_aside"  # messages of its own came, could not be taken in and lie set aside at the hub
    LEFT = "left"  # files lie at its own edge that it could not take in, and nothing of them ever came
    BEGUN_AGAIN = "begun_again"  # it began to number from 1 again, under a new epoch
    UNTIMED = "untimed"  # it says that it is there only when it sends, so silence cannot be told from nothing to say
    HEARD = "heard"  # it says regularly that it is there, and everything that it says it sent has come


ALARMS = frozenset({FeedKind.SILENT, FeedKind.GAP, FeedKind.WENT_BACK, FeedKind.NOT_READ})
# What a reader of a chronology must know: something of this child's may be at the agency and not here.
MAY_BE_MISSING = frozenset(
    {*ALARMS, FeedKind.NEVER_HEARD, FeedKind.WAITING, FeedKind.UNREAD, FeedKind.LEFT, FeedKind.SET_ASIDE}
)
# The agencies of which, whoever the child is, the hub does not know in full what they hold.
NOT_KNOWN_IN_FULL = MAY_BE_MISSING | {FeedKind.NOT_CONNECTED}


@dataclass(frozen=True, slots=True)
class Beat:
    """The newest heartbeat. `alive_at` is when the edge was there for certain; `sent` the highest number it sent.

    `unread` are records that its edge could not read and nobody has mended; `unread_ever` counts the mended ones too.
    `left` are files that its edge could not take in at all; None where it does not say.
    """

    received: datetime
    alive_at: datetime
    epoch: str
    sent: int
    waiting: int
    accepted: int
    ignored: tuple[tuple[str, int], ...]
    unread: tuple[tuple[str, int], ...]
    last_file: datetime | None
    every_seconds: int | None
    unread_ever: int = 0
    left: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What was last known of a feed (times UTC).

    `missing` counts numbers passed over; `number` is the highest heard of the epoch that the newest heartbeat names.
    `went_back_at` and `begun_again_at` are the last time it did so, if ever.
    """

    last_heard: datetime
    missing: int = 0
    number: int = 0
    went_back_at: datetime | None = None
    begun_again_at: datetime | None = None
    beat: Beat | None = None


@dataclass(frozen=True, slots=True)
class LyingHere:
    """How many messages came from an agency and are in no chronology, and since when (UTC)."""

    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency of the partnership: whether it sends to the hub, what was last known of its feed (None: nothing).

    `set_aside` is what it is proved to have sent and lies set aside, `not_read` what still lies on the road.
    `since` (UTC) is when it was connected first: before it, that nothing came says nothing.
    """

    source: str
    connected: bool
    feed: Feed | None = None
    set_aside: LyingHere | None = None
    not_read: LyingHere | None = None
    since: datetime | None = None

    @property
    def first_day(self) -> date | None:
        """The day in England on which it was connected first."""
        return day_in_london(self.since) if self.since is not None else None

    @property
    def never_heard(self) -> bool:
        """Whether it is enrolled and no message of its own has ever come."""
        return self.connected and self.feed is None and self.set_aside is None and self.not_read is None

    def connected_by(self, day: date | None) -> bool:
        """Whether it was connected by the end of a day in England; of no day, whether it is."""
        return self.connected and (day is None or self.first_day is None or self.first_day <= day)


@dataclass(frozen=True, slots=True)
class Connected:
    """An agency and the day in England from which on it sends to the hub."""

    source: str
    since: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of a feed: since when, how many messages or records it is about, and of which codes."""

    kind: FeedKind
    since: datetime | None = None
    count: int = 0
    codes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """All there is to know of one agency's feed, the gravest first, and when anything was last heard of it."""

    source: str
    findings: tuple[Finding, ...]
    last_heard: datetime | None = None

    @property
    def alarm(self) -> bool:
        """Whether somebody must look at it now."""
        return any(one.kind in ALARMS for one in self.findings)


def standing(partner: Partner, now: datetime) -> Standing:
    """How the feed of one agency stands at `now`."""
    feed = partner.feed
    if feed is None:
        kind = FeedKind.NEVER_HEARD if partner.connected else FeedKind.NOT_CONNECTED
        return Standing(partner.source, (Finding(kind), *_here(partner)))
    road = (one for one in (_silence(feed, now), _gap(feed, now)) if one is not None)
    found = (*road, *_here(partner), *_of_the_edge(feed))
    return Standing(partner.source, (*found, *_otherwise(feed, found)), feed.last_heard)


def may_be_missing(partners: Iterable[Partner], now: datetime) -> tuple[Standing, ...]:
    """Each agency from which something may not have come, with what whoever reads a chronology must know of it."""
    return _with(MAY_BE_MISSING, partners, now)


def not_known_in_full(partners: Iterable[Partner], now: datetime) -> tuple[Standing, ...]:
    """The same and each that is not connected: of whom a chronology says, whoever the child is, "not known in full"."""
    return _with(NOT_KNOWN_IN_FULL, partners, now)


def untimed(partners: Collection[Partner], now: datetime) -> tuple[Standing, ...]:
    """Each of which nothing is known to be missing, and whose silence cannot be told from nothing to say."""
    missing = {one.source for one in not_known_in_full(partners, now)}
    every = (standing(one, now) for one in partners if one.source not in missing)
    return tuple(one for one in every if any(each.kind is FeedKind.UNTIMED for each in one.findings))


def _with(kinds: frozenset[FeedKind], partners: Iterable[Partner], now: datetime) -> tuple[Standing, ...]:
    found = (standing(one, now) for one in partners)
    told = ((one, tuple(each for each in one.findings if each.kind in kinds)) for one in found)
    return tuple(replace(one, findings=findings) for one, findings in told if findings)


def connected(partners: Iterable[Partner], day: date | None) -> tuple[Connected, ...]:
    """From which day on each agency sends that was connected by the end of `day`; of no day, by now."""
    by_then = (one for one in partners if one.connected_by(day))
    return tuple(Connected(one.source, one.first_day) for one in by_then if one.first_day is not None)


def missing(feed: Feed, now: datetime) -> int:
    """How many numbered messages never came: those passed over, and those after the last that came."""
    beat = feed.beat
    if beat is None or now - beat.received < ON_ITS_WAY:
        return feed.missing
    return feed.missing + max(beat.sent - feed.number, 0)


def went_back(before: FeedHeartbeat, said: FeedHeartbeat) -> bool:
    """Whether an edge counts lower than it did before, in the same epoch."""
    return said.epoch == before.epoch and said.last < before.last


def _silence(feed: Feed, now: datetime) -> Finding | None:
    beat = feed.beat
    if beat is None or beat.every_seconds is None:
        return None
    allowed = timedelta(seconds=SILENT_AFTER_INTERVALS * beat.every_seconds)
    return Finding(FeedKind.SILENT, since=beat.alive_at) if now - beat.alive_at > allowed else None


def _gap(feed: Feed, now: datetime) -> Finding | None:
    count = missing(feed, now)
    return Finding(FeedKind.GAP, count=count) if count else None


def _here(partner: Partner) -> tuple[Finding, ...]:
    here = ((FeedKind.NOT_READ, partner.not_read), (FeedKind.SET_ASIDE, partner.set_aside))
    return tuple(Finding(kind, since=lying.since, count=lying.count) for kind, lying in here if lying is not None)


def _of_the_edge(feed: Feed) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if feed.went_back_at is not None and (feed.begun_again_at is None or feed.begun_again_at < feed.went_back_at):
        found.append(Finding(FeedKind.WENT_BACK, since=feed.went_back_at))
    if feed.beat is not None and feed.beat.waiting:
        found.append(Finding(FeedKind.WAITING, since=feed.beat.alive_at, count=feed.beat.waiting))
    if feed.beat is not None and feed.beat.unread:
        count = sum(times for _, times in feed.beat.unread)
        found.append(Finding(FeedKind.UNREAD, since=feed.beat.alive_at, count=count, codes=feed.beat.unread))
    if feed.beat is not None and feed.beat.left:
        count = sum(times for _, times in feed.beat.left)
        found.append(Finding(FeedKind.LEFT, since=feed.beat.alive_at, count=count, codes=feed.beat.left))
    return tuple(found)


def _otherwise(feed: Feed, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is no trouble by itself; HEARD only where nothing at all is amiss and silence would be noticed."""
    said: list[Finding] = []
    if feed.begun_again_at is not None:
        said.append(Finding(FeedKind.BEGUN_AGAIN, since=feed.begun_again_at))
    if feed.beat is None or feed.beat.every_seconds is None:
        said.append(Finding(FeedKind.UNTIMED))
    elif not found:
        said.append(Finding(FeedKind.HEARD, since=feed.beat.alive_at))
    return tuple(said)
