"""What the hub came to know of a child between two days: what came, was corrected, withdrawn or replied to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.vocabulary import ChangeKind
from hub.domain.chronology import Chronology, Entry
from hub.domain.lines import Line
from hub.domain.moment import day_in_london
from hub.domain.replies import Reply


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that was known on the first day and says something else on the second.

    `before` and `after` are its versions of either day; `gone` and `come` what only one of them says. `backwards`: only
    a version older than the one known came since.
    """

    entry: Entry
    before: Entry
    after: Entry
    gone: tuple[Line, ...]
    come: tuple[Line, ...]
    backwards: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A child on two days, as one reader may see it by the second of them.

    `shown` is the chronology of the second day. `had_happened`: how many of those added had happened by the first day.
    `elsewhere`: how many reports were found since to be about another child. `replied`: the entries known on the first
    day about which somebody said something since, whatever else became of them.
    """

    shown: Chronology
    first: date
    second: date
    added: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    withdrawn: tuple[Entry, ...]
    had_happened: int
    elsewhere: int
    unchanged: int
    replied: tuple[Entry, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing came between."""
        return not (self.added or self.changed or self.withdrawn or self.elsewhere or self.replied)


def compare(shown: Chronology, days: tuple[date, date], stood: frozenset[UUID], elsewhere: int) -> Compared:
    """The chronology of the second day held against the reports that `stood` with the child at the end of the first."""
    added: list[Entry] = []
    changed: list[Changed] = []
    withdrawn: list[Entry] = []
    unchanged = 0
    replied: list[Entry] = []
    entries = (*shown.entries, *shown.described)
    for entry in entries:
        known = tuple(one for one in versions(entry) if one.report_id in stood)
        since = tuple(one for one in versions(entry) if one.report_id not in stood)
        said = replies_since(entry, days[0])
        if not known:
            added.append(entry)
            continue
        replied += [entry] if said else []
        if any(one.change is ChangeKind.RETRACTION for one in since):
            withdrawn.append(entry)
        elif since:
            changed.append(_changed(entry, known[-1]))
        else:
            unchanged += not said
    return Compared(
        shown=shown,
        first=days[0],
        second=days[1],
        added=tuple(sorted(added, key=lambda one: one.received)),
        changed=tuple(changed),
        withdrawn=tuple(withdrawn),
        had_happened=sum(_had_happened(one, days[0]) for one in added),
        elsewhere=elsewhere,
        unchanged=unchanged,
        replied=tuple(replied),
    )


def replies_since(entry: Entry, day: date) -> tuple[Reply, ...]:
    """What people said about the entry, or a version of it, after the end of a day."""
    every = (reply for one in versions(entry) for reply in one.replies)
    return tuple(one for one in every if day_in_london(one.attached.at) > day)


def versions(entry: Entry) -> tuple[Entry, ...]:
    """The entry and what came of it later, as received."""
    return tuple(sorted((entry, *entry.later), key=lambda one: one.received))


def _changed(entry: Entry, before: Entry) -> Changed:
    after = versions(entry)[-1]
    said, says = _lines(before), _lines(after)
    return Changed(
        entry=entry,
        before=before,
        after=after,
        gone=tuple(line for line in said if line not in says),
        come=tuple(line for line in says if line not in said),
        backwards=after is before,
    )


def _lines(entry: Entry) -> tuple[Line, ...]:
    return (*entry.facts, *entry.views, *entry.child_words)


def _had_happened(entry: Entry, day: date) -> bool:
    """Whether the whole of when it happened, as far as that is known, lies no later than the day."""
    if entry.happened.value is None:
        return False
    happened = entry.happened.value[:10]
    by = day.isoformat()[: len(happened)]
    return happened <= by if len(happened) == len("2026-11-22") else happened < by
