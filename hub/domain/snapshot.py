"""All that a page may read of a child, worked out once from one chronology and as of one day.

What a page says of a past day is the same whatever is added later: nothing here looks past the day as known on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.hidden_characters import has_hidden_characters
from contracts.when import When
from hub.domain.arrival import LATE
from hub.domain.chronology import Chronology, Entry
from hub.domain.coverage import Cover, CoverKind, covers
from hub.domain.feed import Connected
from hub.domain.moment import day_in_london
from hub.domain.requests import Replied, Waiting, replied
from hub.domain.requests import waiting as owed
from hub.domain.seen import Attended, Gap, Sighting, first_seen, gaps, sightings
from hub.domain.sieve import has_own_words, is_late
from hub.domain.silence import Silence, apart_from
from hub.domain.spans import Span, spans
from hub.domain.telling_clash import Clash, clashes

SOCIAL_CARE = "social-care"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who works with the child: which service, how to reach it, as its agency states."""

    source: str
    service: str
    reach: str
    report_id: UUID


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The child as the hub knew it at the end of `day`; `past` says that it is not today.

    `first_seen` is the first day on which the child is recorded as seen: of the time before it, since birth, nobody
    can say. `first_dated` is when the oldest thing that is shown and dated happened. `clashes`: where what is stated of
    telling contradicts itself, by entry.
    """

    shown: Chronology
    day: date
    past: bool
    born: date | None
    since: date
    covers: tuple[tuple[Cover, ...], ...]
    silences: tuple[Silence, ...]
    seen: tuple[Sighting, ...]
    first_seen: date | None
    first_dated: When | None
    gaps: tuple[Gap, ...]
    spans: tuple[Span, ...]
    contacts: tuple[Contact, ...]
    waiting: tuple[Waiting, ...]
    called: str
    clashes: Mapping[UUID, tuple[Clash, ...]]

    @property
    def unknown_until(self) -> date | None:
        """Up to which day, since birth, it is not known whether anybody saw the child; None: there is no such time.

        That is the first day recorded as seen, or the day of the page where there is none; or a time before it of which
        it is known that the child was not there.
        """
        ends = (self.first_seen or self.day, *(one.start for one in self.gaps))
        return None if self.born is not None and self.born >= min(ends) else min(ends)

    @property
    def asked(self) -> int:
        """How many agencies were asked what they know; never fewer than have not replied."""
        return len({one.source for one in self.shown.requests} | {one.source for one in self.waiting})

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown, oldest first."""
        return self.shown.entries

    @property
    def spoken(self) -> tuple[Entry, ...]:
        """Where the child's own words are, oldest first."""
        return tuple(entry for entry in self.entries if has_own_words(entry) and not entry.withdrawn)

    @property
    def late(self) -> tuple[Entry, ...]:
        """What the hub had more than 30 days after it happened, less what came as its agency joined."""
        return tuple(entry for entry in self.entries if is_late(entry) and not self._was_loaded(entry))

    @property
    def loaded(self) -> tuple[Entry, ...]:
        """What was that late since it happened before its agency was connected, and came within 30 days of that."""
        return tuple(entry for entry in self.entries if is_late(entry) and self._was_loaded(entry))

    @property
    def not_known(self) -> tuple[str, ...]:
        """The agencies of which the hub does not know in full what they hold, of this child or of any."""
        roads = {one.source for one in self.shown.feeds or ()}
        unknown = (lane for lane in self.covers if lane[0].source in roads or any(not one.is_known for one in lane))
        return tuple(lane[0].source for lane in unknown)

    @property
    def unheard(self) -> tuple[str, ...]:
        """The same, less those who were asked and have not replied."""
        owing = {one.source for one in self.waiting}
        return tuple(source for source in self.not_known if source not in owing)

    @property
    def no_reply(self) -> tuple[Waiting, ...]:
        """Who was asked and has not replied at all."""
        return tuple(one for one in self.waiting if one.more_time is None)

    @property
    def more_time(self) -> tuple[Waiting, ...]:
        """Who was asked and answered that it needs more time."""
        return tuple(one for one in self.waiting if one.more_time is not None)

    @property
    def unasked(self) -> tuple[Silence, ...]:
        """Of whom nothing is shown, less those that sent nothing and were asked: they stand with what was asked."""
        return apart_from(self.silences, {*(one.source for one in self.waiting), *(one.source for one in self.replied)})

    @property
    def replied(self) -> tuple[Replied, ...]:
        """Who was asked and owes no reply, and what each answered last."""
        return replied(self.shown.requests)

    @property
    def not_come(self) -> tuple[Replied, ...]:
        """Who answered that something relevant is known there; of them, nothing that is shown came since the asking."""
        asked = {one.source: one.asked for one in sorted(self.shown.requests, key=lambda one: one.asked)}
        versions = (one for entry in self.entries for one in (entry, *entry.later))
        came = {one.source for one in versions if one.source in asked and one.received >= asked[one.source]}
        return tuple(one for one in self.replied if one.answer == "known_relevant" and one.source not in came)

    @property
    def joined(self) -> tuple[Connected, ...]:
        """The agencies of which the hub knows of the time before a day only what they sent from that day on."""
        found = (one for lane in self.covers for one in lane if one.kind is CoverKind.BEFORE)
        return tuple(Connected(one.source, one.until) for one in found if one.until is not None)

    def _was_loaded(self, entry: Entry) -> bool:
        since = next((one.since for one in self.shown.connected if one.source == entry.source), None)
        happened = entry.happened.day()
        if since is None or happened is None or happened >= since:
            return False
        return day_in_london(entry.received) - since <= LATE

    def age_on(self, when: When) -> int | None:
        """The child's age in whole years when something happened; None when either day is not known."""
        return age(self.born, when.day())


def snapshot(
    shown: Chronology,
    today: date,
    attended: tuple[Attended, ...] = (),
    waiting: tuple[Waiting, ...] = (),
) -> Snapshot:
    """The chronology as of its own day: the day as known on, or today."""
    day = shown.as_known_on or today
    past = shown.as_known_on is not None and shown.as_known_on < today
    waiting = waiting or owed(shown.requests)
    seen = tuple(one for one in sightings(shown.entries) if one.day <= day)
    since = _since(shown.entries, day)
    return Snapshot(
        shown=shown,
        day=day,
        past=past,
        born=shown.birth_date.day() if shown.birth_date is not None else None,
        since=since,
        covers=covers(shown, shown.silences, waiting),
        silences=shown.silences,
        seen=seen,
        first_seen=first_seen(seen, attended),
        first_dated=_first_dated(shown.entries, day),
        gaps=gaps(seen, attended, since, day) if shown.entries else (),
        spans=spans(shown.entries),
        contacts=_contacts(shown.entries),
        waiting=waiting,
        called=_called(shown),
        clashes=clashes(shown.entries),
    )


def age(born: date | None, on: date | None) -> int | None:
    """Whole years from one day to another; None when either is not known or the second is the earlier."""
    if born is None or on is None or on < born:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _since(entries: Iterable[Entry], day: date) -> date:
    """The first day of which anything is shown: when it happened, or where that is not known, when it was received."""
    stands = (entry for entry in entries if not entry.withdrawn)
    days = (entry.happened.day() or day_in_london(entry.received) for entry in stands)
    return min((one for one in days if one <= day), default=day)


def _first_dated(entries: Iterable[Entry], day: date) -> When | None:
    """When the oldest thing happened that stands and is dated by then, to its own precision."""
    found = ((one.happened.day(), one.happened) for one in entries if not one.withdrawn)
    dated = ((on, when) for on, when in found if on is not None and on <= day)
    return min(dated, key=lambda one: one[0], default=(None, None))[1]


def _contacts(entries: tuple[Entry, ...]) -> tuple[Contact, ...]:
    """Each service that works with the child and can be reached, social care first, the newest statement of each."""
    found: dict[tuple[str, str], Contact] = {}
    for entry in sorted((one for one in entries if not one.withdrawn), key=lambda one: one.received, reverse=True):
        reach = _said(entry, "contact")
        service = _said(entry, "service") or _said(entry, "school")
        if reach and entry.type in ("involvement.stated", "school.enrolled"):
            found.setdefault((entry.source, service), Contact(entry.source, service, reach, entry.report_id))
    return tuple(sorted(found.values(), key=lambda one: not one.source.endswith(SOCIAL_CARE)))


def _said(entry: Entry, field: str) -> str:
    return next((line.text for line in entry.facts if line.field == field), "")


def _called(shown: Chronology) -> str:
    """The given name under which agencies know the child; `the child` where none may be shown."""
    people = (person for entry in (*shown.described, *shown.entries) for person in entry.people)
    for name in (name for person in people for name in person.names):
        whole = name.text or " ".join(part for part in (name.given, name.family) if part)
        if name.given and whole in shown.names[:1] and not has_hidden_characters(name.given):
            return name.given
    return "the child"
