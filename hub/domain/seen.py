"""When a child was seen, and for how long nobody recorded it. A gap in what was recorded is not a child unseen.

Until school attendance comes day by day, nobody can say "not seen" of a gap: what is said is "not known". Of the time
before the first seeing that is recorded nothing is counted: nobody can say since when the child was not seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from uuid import UUID

from contracts.vocabulary import ChangeKind
from hub.domain.chronology import Entry

THRESHOLD_DAYS = 42
YES = frozenset({"yes", "seen", "seen alone"})
ALONE = "seen alone"


class GapKind(Enum):
    """What may be said of a gap."""

    NOT_SEEN = "not_seen"  # attendance is known for the whole of it: nobody whom the hub knows of saw the child
    NOT_KNOWN = "not_known"  # attendance is not known for all of it, so nobody can say


@dataclass(frozen=True, slots=True)
class Sighting:
    """A professional saw the child on a day; `alone` when it is recorded that it was alone."""

    day: date
    source: str
    report_id: UUID
    alone: bool = False


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
    """Each recorded seeing, oldest first; what was withdrawn, or is of no known day, does not count."""
    found = (_sighting(entry) for entry in entries if not entry.withdrawn)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.day, not one.alone)))


def seen_of(entry: Entry) -> str:
    """`alone`, `seen`, `not_seen`, or empty when the entry does not say."""
    said = [line.text.strip().lower() for line in _latest(entry).facts if line.field == "child_seen"]
    if entry.type == "return_interview.held" and not said:
        said = [line.text.strip().lower() for line in _latest(entry).facts if line.field == "attended"]
    if ALONE in said:
        return "alone"
    if any(one in YES for one in said):
        return "seen"
    return "not_seen" if "no" in said else ""


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
    day, said = entry.happened.day(), seen_of(entry)
    if day is None or said not in ("seen", "alone"):
        return None
    return Sighting(day, entry.source, entry.report_id, alone=said == "alone")


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
