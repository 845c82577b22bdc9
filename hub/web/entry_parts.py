"""An entry's parts in words, worked out before its template runs: a call from a template costs ten times one from here.

Each is plain text, escaped where the template puts it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from contracts.events.shared import PersonDescribed
from contracts.report import Place
from contracts.vocabulary import PersonRole
from hub.domain import words
from hub.domain.chronology import Entry
from hub.domain.compartments import HANDLING_NOTE
from hub.domain.lines import Line
from hub.domain.own_numbers import name_of
from hub.domain.snapshot import Snapshot
from hub.domain.telling_clash import Stated, newest
from hub.web import glance, said, telling_parts
from hub.web.entry_replies import Replied, replies

TO_NOTICE = ("Not", "To be", "Could")


class Head(NamedTuple):
    """What stands beside and above an entry."""

    when: str
    age_and_seen: str
    sign: str
    serious: str
    stated_by: str
    title: str
    source: str
    withdrawn: bool


class Version(NamedTuple):
    """An entry, or what corrects or withdraws it: the words of its parts, in the order in which they stand.

    `place` is 0 and `heading` empty for the entry itself; `titled`: its title with when it happened, as it is read out.
    """

    entry: Entry
    place: int
    heading: str
    titled: str
    when: str
    recorded: str
    received: str
    handling: tuple[str, ...]
    columns: "tuple[Column, ...]"
    tags: tuple[tuple[bool, str], ...]
    rest: "Rest"
    noted: "tuple[Noted, ...]"
    replies: tuple[Replied, ...]
    disagree: tuple[str, ...]


class Rest(NamedTuple):
    """Of whom it is, where, why it may be shared and who was told: what many entries have in common."""

    where: tuple[str, str] | None
    people: "tuple[Shown, ...]"
    bases: "tuple[Basis, ...]"
    telling: tuple[tuple[str, str, tuple[str, ...]], ...]
    told_since: tuple[tuple[str, str, str, bool], ...]
    match: str


class Said(NamedTuple):
    """One statement: what stands before it, its words, and who said it of whom."""

    label: str
    text: str
    kind: str
    about: str
    before_by: str
    by: str


class Column(NamedTuple):
    """Statements of one sort, under their heading."""

    css: str
    heading: str
    lines: tuple[Said, ...]


class Noted(NamedTuple):
    """A mark with its rule's words, the rule, and what would put it right."""

    text: str
    rule: str
    fixes: str


class Basis(NamedTuple):
    """A lawful basis: what it is, how confidence and consent stand, and for whom, each with what stands before it."""

    says: str
    confidence: str
    whose: tuple[tuple[str, str], ...]


class Shown(NamedTuple):
    """A person of the report; `address` is None where none is shown."""

    name: str
    role: str
    relationship: str
    born: str
    address: tuple[str, str] | None


def head(entry: Entry, snap: Snapshot) -> Head:
    """When it happened, the age then, how the child was seen, and how serious it is."""
    years = snap.age_on(entry.happened)
    found = ("" if years is None else f"Age {years}", glance.seen_then(entry))
    sign, serious, stated_by = glance.weighed(entry)
    return Head(
        when=words.lasted(entry.happened, entry.ended),
        age_and_seen=", ".join(one for one in found if one),
        sign=sign,
        serious=serious,
        stated_by=stated_by,
        title=entry.title,
        source=entry.source,
        withdrawn=entry.withdrawn,
    )


def versions(entry: Entry, snap: Snapshot) -> tuple[Version, ...]:
    """The entry, and what corrects or withdraws it."""
    last = newest(entry)
    return tuple(_version(one, snap, place, last) for place, one in enumerate((entry, *entry.later)))


def _version(entry: Entry, snap: Snapshot, place: int, last: Mapping[str, Stated]) -> Version:
    when = words.lasted(entry.happened, None if place else entry.ended)
    return Version(
        entry=entry,
        place=place,
        heading=words.CHANGED[entry.change] if place else "",
        titled=f"{entry.title}, {when}",
        when=when,
        recorded=words.when(entry.recorded),
        received=words.moment(entry.received),
        handling=handling(entry),
        columns=columns(entry, snap),
        tags=tags(entry),
        rest=rest(entry, last),
        noted=noted(entry),
        replies=replies(entry),
        disagree=() if place else telling_parts.disagree(entry, snap),
    )


def rest(entry: Entry, last: Mapping[str, Stated]) -> Rest:
    """What stands folded under the entry, its times aside; `last` is what stands of telling."""
    labels = {*(one.person for one in entry.bases), *(one.person for one in entry.telling)}
    names = {label: said.who(entry, label) for label in (*labels, *(one.label for one in entry.told_since))}
    return Rest(
        where=where(entry.place) if entry.place else None,
        people=people(entry),
        bases=bases(entry, names),
        telling=telling_parts.telling(entry, names, last),
        told_since=telling_parts.told_since(entry, names, last),
        match=said.match(entry),
    )


def handling(entry: Entry) -> tuple[str, ...]:
    """What the agency says of how to handle it."""
    return tuple(line.text for line in entry.facts if line.field == HANDLING_NOTE)


def columns(entry: Entry, snap: Snapshot) -> tuple[Column, ...]:
    """Fact, professional view and the child's words, apart."""
    names = snap.shown.names
    if entry.type == PersonDescribed.TYPE:
        return (Column("facts", "What the agency states", described(entry, snap)),)
    facts = (line for line in entry.facts if line.field != HANDLING_NOTE)
    views = (line for line in entry.views if line.field != HANDLING_NOTE)
    voice = (line for line in entry.child_words if line.field != HANDLING_NOTE)
    return (
        Column("facts", "What happened", tuple(_said(line, names, said.KINDS[line.kind]) for line in facts)),
        Column("views", "Professional view", tuple(_said(line, names) for line in views)),
        Column("voice", f"What {snap.called} said", tuple(_said(line, names) for line in voice)),
    )


def described(entry: Entry, snap: Snapshot) -> tuple[Said, ...]:
    """Who the person is, as an agency states it, and what of that it stated otherwise before."""
    before = [one for one in snap.shown.described if one.source == entry.source and one.received < entry.received]
    earlier = dict(_details(before[-1])) if before else {}
    own = (Said(label, text, _changed(label, text, earlier), "", "", "") for label, text in _details(entry))
    names = snap.shown.names
    lines = (one for one in (*entry.facts, *entry.views, *entry.child_words) if one.field != HANDLING_NOTE)
    return (*own, *(_said(line, names, said.KINDS[line.kind]) for line in lines))


def _details(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Names, day of birth and address of the child, each with what is said of it; what is not there is said so."""
    child = next((one for one in entry.people if one.role is PersonRole.CHILD), None)
    if child is None:
        return (("Who it is about", "Not shown"),)
    named = ", ".join(one.text or " ".join(part for part in (one.given, one.family) if part) for one in child.names)
    lives = "" if child.address is None else ", ".join(part for part in where(child.address) if part)
    held = child.address is not None and not lives
    return (
        ("Name", named or "Not recorded"),
        ("Born", words.when(child.birth_date) if child.birth_date else "Not recorded"),
        ("Address", "Held back by the agency" if held else lives or "Not recorded"),
    )


def _changed(label: str, text: str, earlier: Mapping[str, str]) -> str:
    if label not in earlier or earlier[label] == text:
        return ""
    return f"Changed; it was: {earlier[label]}"


def _said(line: Line, names: tuple[str, ...], kind: str = "") -> Said:
    about = said.about(line, names)
    before_about = (f"{kind}, about " if kind else "About ") if about else kind
    before_by = ", by " if before_about else "By "
    return Said(said.label(line.field), line.text, before_about, about, before_by, line.by or "")


def tags(entry: Entry) -> tuple[tuple[bool, str], ...]:
    """Marks about time, the grounds and the telling, in a few words each; and whether it is something to notice."""
    return (
        *((one.code not in said.NO_NOTICE, said.mark(one)) for one in entry.marks if not one.says),
        *((False, one) for one in said.short_basis(entry)),
        *((one.startswith(TO_NOTICE), one) for one in said.short_telling(entry)),
    )


def noted(entry: Entry) -> tuple[Noted, ...]:
    """The marks that have a rule's words."""
    return tuple(
        Noted(said.mark(one), said.plain(one.rule) if one.rule else "", "; or ".join(map(said.proposed, one.propose)))
        for one in entry.marks
        if one.says
    )


def people(entry: Entry) -> tuple[Shown, ...]:
    """The people in the report, as far as they are shown."""
    return tuple(
        Shown(
            name=name_of(person) or "Name not recorded",
            role=said.plain(person.role.value).lower(),
            relationship=person.relationship or "",
            born=f"{'due' if person.birth_expected else 'born'} {words.when(person.birth_date)}"
            if person.birth_date
            else "",
            address=where(person.address) if person.address else None,
        )
        for person in entry.people
    )


def where(place: Place) -> tuple[str, str]:
    """A place, and its postcode where that is not all that is known; both empty where the agency holds it back."""
    if place.withheld:
        return "", ""
    first = place.text or place.postcode or f"UPRN {place.uprn or 'not recorded'}"
    return first, place.postcode if place.text and place.postcode else ""


def bases(entry: Entry, names: Mapping[str, str]) -> tuple[Basis, ...]:
    """Each lawful basis once; `names` says who somebody in the report is, by label."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in entry.bases:
        found.setdefault((said.basis(one), said.confidence(one)), []).append(names[one.person])
    return tuple(Basis(*said_of, _listed(dict.fromkeys(people))) for said_of, people in found.items())


def _listed(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each with what stands before it in a list."""
    return tuple(("" if place == 0 else ", ", one) for place, one in enumerate(names))


FILTERS: Mapping[str, Callable[..., object]] = {"entry_head": head, "entry_versions": versions}
