"""Where what is stated of telling one person contradicts itself, on one entry or on two of one child.

Nobody decides here which is true: whoever stated it is to be asked. A later statement that can be true beside the
earlier one stands in its place and is no contradiction. The age is a design figure, not law.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Final
from uuid import UUID

from consent.telling_said import TOLD
from consent.transparency import WITHHELD
from contracts.report import Person, Told
from contracts.vocabulary import PersonRole, Telling
from hub.domain.chronology import Entry, names_of
from hub.domain.handling import notes_on_handling
from hub.domain.moment import day_in_london

TOLD_FROM_MONTHS: Final = 24  # younger than that, nobody can be told: somebody is told for them
_CHILDREN: Final = frozenset({PersonRole.CHILD, PersonRole.UNBORN_CHILD, PersonRole.SIBLING})
_Who = tuple[str, int]  # a label of an entry, and the how-manieth person that its versions gave it to


class ClashKind(Enum):
    """How statements of telling contradict each other."""

    TWICE = "twice"  # one version says two things of one person, and nothing says which is the later
    UNTOLD = "untold"  # one says that they were told, and another said afterwards that they were not
    TOO_YOUNG = "too_young"  # told, of a child who is not born or cannot understand it
    HANDLING = "handling"  # told, on an entry that says how to handle it
    ELSEWHERE = "elsewhere"  # not to be told of one entry, and told of another since


@dataclass(frozen=True, slots=True)
class Stated:
    """What one agency, or somebody at the hub, stated of telling one person, by the report's own label.

    `source` is the agency that stated it, or that of whoever did at the hub; `at` is when the hub had it (UTC), `on`
    the day of the telling where one is stated.
    """

    label: str
    state: Telling
    source: str
    at: datetime
    on: date | None

    @property
    def day(self) -> date:
        """The day in England of which it is true: that of the telling, else the one on which the hub had it."""
        return self.on or day_in_london(self.at)


@dataclass(frozen=True, slots=True)
class Clash:
    """Statements that contradict each other, oldest first, and what they are set against.

    `months` is the age then (None: not yet born); `elsewhere` is the other entry and
    `theirs` what it states.
    """

    kind: ClashKind
    stated: tuple[Stated, ...]
    months: int | None = None
    elsewhere: Entry | None = None
    theirs: Stated | None = None

    @property
    def ask(self) -> tuple[str, ...]:
        """The agencies that stated it, each once: who knows which is so."""
        every = (*self.stated, *((self.theirs,) if self.theirs is not None else ()))
        return tuple(dict.fromkeys(one.source for one in every))


def cautious(telling: Iterable[Told]) -> tuple[tuple[Told, tuple[Telling, ...]], ...]:
    """Of each person, what of one report's statements is to be gone by, and the other states that contradict it.

    A later day stands before an earlier; where the days do not say which is the later, not told stands before told.
    """
    every: dict[str, list[Told]] = {}
    for one in telling:
        every.setdefault(one.person, []).append(one)
    return tuple(map(_gone_by, every.values()))


def newest(entry: Entry) -> Mapping[str, Stated]:
    """What was stated last of telling each person of an entry, by label; that nothing is known takes nothing away.

    Where a version gives a label to somebody else, that somebody is not to be told stays said under it.
    """
    found: dict[str, Stated] = {}
    for (label, _), every in sorted(_stated(entry).items()):
        if label not in found or found[label].state not in WITHHELD:
            found[label] = every[-1]
    return found


def states_of(entry: Entry) -> tuple[Telling, ...]:
    """How it stands with telling each person whom a version of an entry names; what changes it counts too."""
    return tuple(every[-1].state for every in _stated(entry).values())


def clashes(entries: Iterable[Entry]) -> Mapping[UUID, tuple[Clash, ...]]:
    """The contradictions on each entry that has any, by the report first stated; those of one child's chronology."""
    standing = tuple(one for one in entries if not one.withdrawn)
    found = {one.report_id: _on(one) for one in standing}
    for here, clash in _across(standing):
        found[here] = (*found[here], clash)
    return {report_id: every for report_id, every in found.items() if every}


def _gone_by(every: list[Told]) -> tuple[Told, tuple[Telling, ...]]:
    days = [one.on.day() if one.on is not None else None for one in every]
    dated = [day for day in days if day is not None]
    if len(dated) == len(every) == len(set(dated)):
        return every[dated.index(max(dated))], ()
    first = min(every, key=lambda one: (one.state in TOLD, one.state is Telling.NOT_KNOWN, one.state not in WITHHELD))
    return first, tuple(dict.fromkeys(one.state for one in every if one.state is not first.state))


def _stated(entry: Entry) -> Mapping[_Who, tuple[Stated, ...]]:
    """All that was stated of each person, oldest first; what a correction says again is no news."""
    found: list[tuple[_Who, Stated]] = []
    before: dict[_Who, Telling] = {}
    for one, whose in zip((entry, *entry.later), _labels(entry)[0], strict=True):
        said = {whose[told.person]: told for told, _ in cautious(one.telling)}
        found += [(who, _of(one, told)) for who, told in said.items() if _is_news(told, before.get(who))]
        before |= {who: told.state for who, told in said.items()}
        since = ((each, whose[each.label]) for each in one.told_since)
        found += [(who, Stated(each.label, each.state, each.actor.agency, each.at, each.on)) for each, who in since]
    by_who: dict[_Who, tuple[Stated, ...]] = {}
    for who, each in sorted(found, key=lambda pair: pair[1].at):
        by_who[who] = (*by_who.get(who, ()), each)
    return by_who


def _labels(entry: Entry) -> tuple[tuple[Mapping[str, _Who], ...], Mapping[_Who, Person]]:
    """Whom each version gives each label to, and who that is; a label may be given to somebody else in a correction.

    A person who is not shown may be anybody: then what a version says of them is of nobody whom another names.
    """
    now: dict[str, _Who] = {}
    people: dict[_Who, Person] = {}
    versions: list[Mapping[str, _Who]] = []
    for one in (entry, *entry.later):
        shown = {person.ref: person for person in one.people}
        unshown = {*(told.person for told in one.telling), *(each.label for each in one.told_since)} - set(shown)
        for label in (*shown, *sorted(unshown)):
            who, person = now.get(label), shown.get(label)
            if who is None or person is None or who not in people or _is_another(people[who], person):
                who = (label, who[1] + 1 if who is not None else 0)
            now[label] = who
            people |= {who: person} if person is not None else {}
        versions.append(dict(now))
    return tuple(versions), people


def _is_news(told: Told, before: Telling | None) -> bool:
    return before is None or told.state not in (before, Telling.NOT_KNOWN)


def _of(entry: Entry, told: Told) -> Stated:
    on = told.on.day() if told.on is not None else None
    return Stated(told.person, told.state, entry.source, entry.received, on)


def _on(entry: Entry) -> tuple[Clash, ...]:
    _, people = _labels(entry)
    apart = {who for who, one in people.items() if one.role is PersonRole.PROFESSIONAL}
    every = {who: said for who, said in _stated(entry).items() if who not in apart}
    told = tuple(said[-1] for said in every.values() if said[-1].state in TOLD)
    young = (_too_young(entry, said[-1], people.get(who)) for who, said in every.items() if said[-1] in told)
    return (
        *_twice(entry),
        *(clash for said in every.values() if (clash := _untold(said)) is not None),
        *(clash for clash in young if clash is not None),
        *((Clash(ClashKind.HANDLING, told),) if told and notes_on_handling(entry) else ()),
    )


def _twice(entry: Entry) -> tuple[Clash, ...]:
    """Of the newest version alone: what was corrected since is no contradiction any more."""
    last = entry.later[-1] if entry.later and entry.later[-1].telling else entry
    since = {one.label for each in (entry, *entry.later) for one in each.told_since}
    return tuple(
        Clash(ClashKind.TWICE, (_of(last, told), *(replace(_of(last, told), state=one, on=None) for one in others)))
        for told, others in cautious(last.telling)
        if others and told.person not in since
    )


def _untold(said: tuple[Stated, ...]) -> Clash | None:
    """Nobody who was told is untold: whoever says so later, and is not the one who said it first, contradicts it."""
    last = said[-1]
    if last.state in TOLD or last.state is Telling.NOT_KNOWN:
        return None
    told = [one for one in said[:-1] if one.state in TOLD and one.source != last.source]
    return Clash(ClashKind.UNTOLD, (told[-1], last)) if told else None


def _too_young(entry: Entry, told: Stated, person: Person | None) -> Clash | None:
    if person is None or person.role not in _CHILDREN:
        return None
    then = told.on or (day_in_london(told.at) if told.state is Telling.TOLD_AFTER else None) or entry.happened.day()
    if person.role is PersonRole.UNBORN_CHILD or person.birth_expected:
        return Clash(ClashKind.TOO_YOUNG, (told,))
    born = person.birth_date.day() if person.birth_date is not None else None
    if born is None or then is None:
        return None
    months = (then.year - born.year) * 12 + then.month - born.month - (then.day < born.day)
    if months >= TOLD_FROM_MONTHS:
        return None
    return Clash(ClashKind.TOO_YOUNG, (told,), months=months if then >= born else None)


def _across(entries: tuple[Entry, ...]) -> Iterable[tuple[UUID, Clash]]:
    """For each silence, the other entries of which somebody of the same name was told since it began; on both."""
    said = [(one, _labels(one)[1], {who: every[-1] for who, every in _stated(one).items()}) for one in entries]
    quiet = [
        (entry, people[who], stated)
        for entry, people, every in said
        for who, stated in every.items()
        if stated.state in WITHHELD and who in people
    ]
    for silent, person, silence in quiet:
        for entry, people, every in said:
            for who, told in every.items():
                if entry is silent or told.state not in TOLD or told.day < silence.day or who not in people:
                    continue
                if _same(person, people[who]):
                    yield silent.report_id, Clash(ClashKind.ELSEWHERE, (silence,), elsewhere=entry, theirs=told)
                    yield entry.report_id, Clash(ClashKind.ELSEWHERE, (told,), elsewhere=silent, theirs=silence)


def _is_another(one: Person, other: Person) -> bool:
    """Whether somebody whom a later version names under the same label may be somebody else: rather so than not."""
    if one.role is not other.role:
        return True
    mine, theirs = (any(each.may_match for each in person.identifiers) for person in (one, other))
    known = (mine and theirs) or (names_of((one,)) and names_of((other,)))
    return bool(known) and not _same(one, other)


def _same(one: Person, other: Person) -> bool:
    """Whether both bear a number that only one person has, or a name alike and no other day of birth."""
    numbers = {(each.scheme, each.value) for each in one.identifiers if each.may_match}
    if any((each.scheme, each.value) in numbers for each in other.identifiers if each.may_match):
        return True
    if not {name.casefold() for name in names_of((one,))} & {name.casefold() for name in names_of((other,))}:
        return False
    days = {each.birth_date.day() for each in (one, other) if each.birth_date is not None}
    return len(days) < 2
