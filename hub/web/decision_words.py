"""What a sharing decision came to, each thing said once: what went to whom, what stayed, and who was told."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from consent.decide import RULEBOOK
from consent.rule import OfPerson, OfTelling
from consent.rules import telling_incomplete, telling_not_known, telling_overdue
from consent.transparency import DATED, WITHHELD
from consent.wording import listed
from contracts.events.hub import Cited
from contracts.events.sharing import DisclosureDecided, Family
from contracts.vocabulary import Telling
from hub.domain import words
from hub.domain.chronology import Entry
from hub.domain.disclosure import THEIR_OWN
from hub.domain.telling_clash import newest, states_of
from hub.domain.unsafe_to_tell import Caution
from hub.web import said

DECIDED: Mapping[str, str] = {
    "all": "to share every entry that you may see",
    "some": "to share some entries",
    "none": "not to share",
}
TELLS: tuple[Family, ...] = ("told", "to_be_told")


_SPEAKS_OF: Mapping[str, frozenset[Telling]] = {
    telling_not_known.LAW.id: frozenset({Telling.NOT_KNOWN}),
    telling_overdue.LAW.id: DATED,
    telling_incomplete.LAW.id: frozenset(Telling) - WITHHELD,
}  # every other rule of telling speaks of who is not told


class Held(NamedTuple):
    """Why something stayed, which parts of how many entries, and which entries where they are known to the reader."""

    reason: str
    parts: str
    entries: tuple[tuple[str, str], ...]


class Unsafe(NamedTuple):
    """An entry that says that telling may not be safe: what happened and when, who sent it, and what it says."""

    title: str
    when: str
    source: str
    notes: tuple[str, ...]
    says: tuple[str, ...]


def how_much(shared: DisclosureDecided) -> str:
    """How many of the entries that were chosen went, from how many of them a part was held back, and why others not."""
    chosen, went = len(shared.asked_for), {one.report_id for one in shared.items}
    cut = went & {one.report_id for one in shared.withheld}
    own = {one.report_id for one in shared.withheld if one.reason == THEIR_OWN}
    rest = chosen - len(went) - len(own)
    if chosen == 1:
        return _one(bool(went), bool(cut), bool(own))
    first = f"All {chosen}" if len(went) == chosen else f"{len(went)} of the {chosen}"
    parts = [f"{first} entries that you chose went."]
    if cut:
        parts.append(f"Of {_counted(len(cut))} only a part went.")
    if own:
        parts.append(f"{_counted(len(own)).capitalize()} did not go because they sent {_it(own)} themselves.")
    if rest:
        parts.append(f"{_counted(rest).capitalize()} did not go, for the reasons below.")
    return " ".join(parts)


def held(shared: DisclosureDecided, entries: Iterable[Entry]) -> tuple[Held, ...]:
    """What stayed, each reason once; what its recipient sent itself is no part of it."""
    by_id = {one.report_id: one for one in entries}
    found: dict[str, tuple[dict[str, None], dict[UUID, None]]] = {}
    for one in shared.withheld:
        if one.reason != THEIR_OWN:
            parts, reports = found.setdefault(one.reason, ({}, {}))
            parts[said.plain(one.content.value).lower()] = None
            reports[one.report_id] = None
    return tuple(
        Held(
            reason,
            f"{listed(sorted(parts))}, in {_counted(len(reports))}",
            tuple((by_id[one].title, words.when(by_id[one].happened)) for one in reports if one in by_id),
        )
        for reason, (parts, reports) in found.items()
    )


def to_weigh(results: Iterable[DisclosureDecided]) -> tuple[tuple[Cited, tuple[str, ...]], ...]:
    """Each warning once, with the recipients of which it was given."""
    found: dict[str, tuple[Cited, list[str]]] = {}
    for shared in results:
        for one in shared.warnings:
            found.setdefault(one.rule, (one, []))[1].append(shared.recipient)
    return tuple((one, tuple(recipients)) for one, recipients in found.values())


def told_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What these entries say of telling, each state once, with in how many entries; an entry may say several."""
    states: Counter[str] = Counter()
    for entry in entries:
        each = {said.TELLING[state] for state in states_of(entry)} or {"Telling not stated"}
        states.update(sorted(each))
    return tuple(f"{state}: {_counted(times)}" for state, times in states.most_common())


def of_whom(found: Cited, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Of whom it may be said, by name and role as these entries show them; empty where it is of nobody.

    What is kept of the law's answer says which rule it is and nobody's name: of telling it can be anybody of whom that
    is stated of which the rule speaks, of a basis or a condition anybody for whom one is stated.
    """
    rule = next((one for one in RULEBOOK if one.law.id == found.rule), None)
    named: dict[str, None] = {}
    for entry in entries:
        labels: Iterable[str] = ()
        if isinstance(rule, OfTelling):
            speaks_of = _SPEAKS_OF.get(found.rule, WITHHELD)
            labels = (label for label, one in newest(entry).items() if one.state in speaks_of)
        elif isinstance(rule, OfPerson):
            labels = (one.person for one in entry.bases)
        named |= dict.fromkeys(said.who(entry, label) for label in labels)
    return tuple(named)


def unsafe(found: Iterable[Caution]) -> tuple[Unsafe, ...]:
    """What the entries say against telling, for a page."""
    return tuple(
        Unsafe(
            one.entry.title,
            words.when(one.entry.happened),
            one.entry.source,
            one.notes,
            (
                *(said.TELLING[state] for state in one.untold),
                *(("The child does not agree that somebody is told",) if one.objects else ()),
            ),
        )
        for one in found
    )


def hints(family: Mapping[Family, tuple[str, str]], found: tuple[Caution, ...]) -> Mapping[Family, tuple[str, str]]:
    """The answers about the family; where entries say that telling may not be safe, that beside each that tells."""
    if not found:
        return family
    careful = f"{_counted(len(found))} {'says' if len(found) == 1 else 'say'} it may not be safe"
    return {code: (answer, careful if code in TELLS else hint) for code, (answer, hint) in family.items()}


def _one(went: bool, cut: bool, own: bool) -> str:
    if went:
        return f"The entry that you chose went{', and only a part of it' if cut else ''}."
    return f"The entry that you chose did not go{': they sent it themselves' if own else ''}."


def _counted(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _it(of: set[UUID]) -> str:
    return "it" if len(of) == 1 else "them"
