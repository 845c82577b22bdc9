"""An entry on one line of a long list: nothing that its full form would warn of is lost by its being short."""

from typing import NamedTuple

from hub.domain import words
from hub.domain.chronology import Entry
from hub.web import glance, said
from hub.web.entry_parts import TO_NOTICE


class OneLine(NamedTuple):
    """An entry where there is one line for it; `notice`: what is to be noticed about it, in a few words each."""

    when: str
    sign: str
    serious: str
    title: str
    source: str
    withdrawn: bool
    handling: tuple[str, ...]
    gist: str
    notice: tuple[str, ...]


def one_line(entry: Entry) -> OneLine:
    """The entry on a line, with all that its full form would warn of."""
    sign, serious, _ = glance.weighed(entry)
    return OneLine(
        when=words.when(entry.happened),
        sign=sign,
        serious=serious,
        title=entry.title,
        source=entry.source,
        withdrawn=entry.withdrawn,
        handling=glance.handling(entry),
        gist=glance.gist(entry),
        notice=notice(entry),
    )


def notice(entry: Entry) -> tuple[str, ...]:
    """What changed it since, what of it is not shown, its marks, and what to notice of who was told."""
    all_of_it = (entry, *entry.later)
    found = [words.CHANGED[one.change] for one in entry.later]
    if any(one.withheld for one in all_of_it):
        found.append("Part held back")
    if any(one.held_apart for one in all_of_it):
        found.append("Part held apart")
    if any(one.replies for one in all_of_it):
        found.append("Replied to")
    found += [
        said.MARKS.get(mark.code, said.plain(mark.code))
        for one in all_of_it
        for mark in one.marks
        if mark.code not in said.NO_NOTICE
    ]
    found += [said_of for one in all_of_it for said_of in said.short_telling(one) if said_of.startswith(TO_NOTICE)]
    return tuple(dict.fromkeys(found))
