"""Who was told of an entry, in words, worked out before its template runs: which statement is the newest, what clashes.

Each is plain text, escaped where the template puts it; agencies stand in it by their sources.
"""

from collections.abc import Mapping

from contracts.report import Told
from hub.domain import clash_words
from hub.domain.chronology import Entry
from hub.domain.snapshot import Snapshot
from hub.domain.telling_clash import Stated
from hub.web import said

LATER = "somebody stated it again later: see the newest"


def telling(
    entry: Entry, names: Mapping[str, str], last: Mapping[str, Stated]
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What its agency states of each person; `last` is the newest that stands of all versions."""
    return tuple((names[one.person], said.TELLING[one.state], _details(entry, one, last)) for one in entry.telling)


def told_since(
    entry: Entry, names: Mapping[str, str], last: Mapping[str, Stated]
) -> tuple[tuple[str, str, str, bool], ...]:
    """What was stated at the hub since, and whether that is the newest."""
    return tuple(
        (names[one.label], said.TELLING[one.state], said.since(one), last[one.label].at == one.at)
        for one in entry.told_since
    )


def disagree(entry: Entry, snap: Snapshot) -> tuple[str, ...]:
    """What is stated of telling on the entry, and contradicts itself."""
    return tuple(
        clash_words.line(one, {each.label: said.who(entry, each.label) for each in one.stated}, {})
        for one in snap.clashes.get(entry.report_id, ())
    )


def _details(entry: Entry, told: Told, last: Mapping[str, Stated]) -> tuple[str, ...]:
    newest = last.get(told.person)
    again = newest is not None and newest.at > entry.received
    return (*said.telling_details(told), *((LATER,) if again else ()))
