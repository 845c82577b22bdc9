"""When a child was seen, and for how long nobody recorded it. A gap in what was recorded is not a child unseen.

A seeing is stated. Where nothing is, two things show that the child was there, and are called what they are: the
child's own words, which the child said to whoever states what was seen then; and a measurement of the child by somebody
named. An account of what was seen (a home, a parent) is no seeing of the child, nor are words passed on or read out.

Until school attendance comes day by day, nobody can say "not seen" of a gap: what is said is "not known". Of the time
before the first seeing that is recorded nothing is counted: nobody can say since when the child was not seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from uuid import UUID

from contracts.events.health import EmergencyAttendance
from contracts.events.police import DomesticAbuseNotified, PoliceProtectionUsed
from contracts.events.shared import ConcernRaised
from contracts.vocabulary import ChangeKind, FieldClass, PersonRole, Precision, StatementKind
from hub.domain.chronology import Entry

THRESHOLD_DAYS = 42
YES = frozenset({"yes", "seen", "seen alone"})
ALONE = "seen alone"
# What happened at a meeting of somebody with the child, on its own day.
_MET = frozenset(one.TYPE for one in (ConcernRaised, EmergencyAttendance, DomesticAbuseNotified, PoliceProtectionUsed))
_PASSED_ON = frozenset({"reported_by", "child_not_heard"})  # somebody else told it, or nobody spoke with the child
_BROAD = frozenset({Precision.YEAR, Precision.MONTH, Precision.UNKNOWN})


class How(Enum):
    """By what a child is known to have been there, the surest first."""

    ALONE = "alone"  # stated: seen, and alone
    SEEN = "seen"  # stated: seen
    SPOKEN_WITH = "spoken_with"  # not stated: the child's own words of then, said to whoever states what was seen
    MEASURED = "measured"  # not stated: somebody named measured or examined the child


_SUREST = tuple(How)


class GapKind(Enum):
    """What may be said of a gap."""

    NOT_SEEN = "not_seen"  # attendance is known for the whole of it: nobody whom the hub knows of saw the child
    NOT_KNOWN = "not_known"  # attendance is not known for all of it, so nobody can say


@dataclass(frozen=True, slots=True)
class Sighting:
    """A professional saw the child on a day, and by what that is known."""

    day: date
    source: str
    report_id: UUID
    how: How = How.SEEN

    @property
    def is_stated(self) -> bool:
        """Whether its agency says that the child was seen."""
        return self.how in (How.ALONE, How.SEEN)


@dataclass(frozen=True, slots=True)
class Attended:
    """First and last day for which attendance is known, and whether the child was there on most days."""

    start: date
    end: date
    present: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """From the last day seen to the next (or to the day of the picture: `open`), and what may be said of it."""

    start: date
    end: date
    kind: GapKind
    open: bool = False

    @property
    def days(self) -> int:
        """How long."""
        return (self.end - self.start).days


def sightings(entries: Iterable[Entry]) -> tuple[Sighting, ...]:
    """Each recorded seeing, oldest first, the surest of a day first; not what is withdrawn, or of no known day."""
    found = (_sighting(entry) for entry in entries if not entry.withdrawn)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.day, _SUREST.index(one.how))))


def seen_of(entry: Entry) -> str:
    """`alone`, `seen`, `spoken_with`, `measured` or `not_seen`; empty when the entry does not say, nor shows it."""
    said = [line.text.strip().lower() for line in _latest(entry).facts if line.field == "child_seen"]
    if entry.type == "return_interview.held" and not said:
        said = [line.text.strip().lower() for line in _latest(entry).facts if line.field == "attended"]
    if ALONE in said:
        return "alone"
    if any(one in YES for one in said):
        return "seen"
    if said:
        return "not_seen" if "no" in said else ""
    shown = _shown(entry)
    return shown.value if shown is not None else ""


def gaps(
    seen: tuple[Sighting, ...],
    attended: tuple[Attended, ...],
    since: date,
    until: date,
    threshold_days: int = THRESHOLD_DAYS,
) -> tuple[Gap, ...]:
    """Every stretch longer than the threshold in which no seeing and no attendance is recorded, oldest first.

    `since` is the first day of which the hub holds anything; `until` the day of the picture. What comes before the
    first seeing or attendance is a gap only where attendance is known for all of it.
    """
    present = [one for one in attended if one.present]
    first = first_seen(seen, attended)
    there = sorted({*((one.day, one.day) for one in seen), *((one.start, one.end) for one in present)})
    ends = [(since, since), *((start, end) for start, end in there if end >= since), (until, until)]
    found: list[Gap] = []
    reached = since
    for (_, before), (after, _) in pairwise(ends):
        reached = max(reached, before)
        if (after - reached).days > threshold_days:
            kind = GapKind.NOT_SEEN if _is_known(reached, after, attended) else GapKind.NOT_KNOWN
            if kind is GapKind.NOT_KNOWN and (first is None or reached < first):
                continue
            found.append(Gap(reached, after, kind, open=after == until and (until, until) not in there))
    return tuple(found)


def first_seen(seen: tuple[Sighting, ...], attended: tuple[Attended, ...] = ()) -> date | None:
    """The first day on which the child is recorded as seen or there; None where it never is."""
    days = (*(one.day for one in seen), *(one.start for one in attended if one.present))
    return min(days, default=None)


def longest(found: tuple[Gap, ...]) -> Gap | None:
    """The longest of them, the later of two that are as long."""
    return max(found, key=lambda one: (one.days, one.start), default=None)


def _sighting(entry: Entry) -> Sighting | None:
    day, how = _day(entry), next((one for one in How if one.value == seen_of(entry)), None)
    return Sighting(day, entry.source, entry.report_id, how) if day is not None and how is not None else None


def _day(entry: Entry) -> date | None:
    """On which day it was, as its agency stated the item last; when something of it was corrected is another day."""
    stated = (one for one in entry.later if one.change is not ChangeKind.RETRACTION and one.type == entry.type)
    return (entry, *stated)[-1].happened.day()


def _shown(entry: Entry) -> How | None:
    """What shows that the child was there, of an entry that does not state whether the child was seen."""
    found = _restated(entry)
    if found is None or found.type not in _MET or found.happened.precision in _BROAD:
        return None
    told = any(line.field in _PASSED_ON for line in found.facts)
    if told or found.held_apart or any(one.content is FieldClass.SOURCE for one in found.withheld):
        return None
    noted = tuple(one for one in found.facts if one.kind is StatementKind.OBSERVATION and one.first_hand)
    if noted and any(line.first_hand for line in found.child_words):
        return How.SPOKEN_WITH
    measured = (one for one in noted if one.field == "health_detail" and one.by and one.about is not None)
    return How.MEASURED if any(one.about.role is PersonRole.CHILD for one in measured if one.about) else None


def _restated(entry: Entry) -> Entry | None:
    """The newest statement of the item; None where something of it was corrected, so that it may say so no more."""
    later = tuple(one for one in entry.later if one.change is not ChangeKind.RETRACTION)
    return None if any(one.type != entry.type for one in later) else (entry, *later)[-1]


def _latest(entry: Entry) -> Entry:
    """The newest statement of the item that says anything of its facts."""
    if not entry.later:
        return entry
    stated = (one for one in reversed(entry.later) if one.change is not ChangeKind.RETRACTION and one.facts)
    found = next(stated, None)
    says = {line.field for line in found.facts} if found is not None else set()
    return found if found is not None and says & {"child_seen", "attended"} else entry


def _is_known(start: date, end: date, attended: tuple[Attended, ...]) -> bool:
    """Whether attendance is known for every day between the two."""
    reached = start
    for one in sorted(attended, key=lambda one: one.start):
        if one.start <= reached:
            reached = max(reached, one.end)
    return reached >= end
