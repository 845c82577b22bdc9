"""What of a report is held apart from the rest, and in which compartment; the rest is what a chronology may open.

Nothing is rewritten: a part goes whole or not at all, and the report as it was signed is held apart with what is taken.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Final

from contracts.compartment import Compartment
from contracts.event import Shape
from contracts.report import Person, Place, Report, Statement
from contracts.vocabulary import FieldClass, PersonRole, SensitivityTag
from hub.domain.held_by_mark import BY_MARK, Takes, everything
from hub.domain.protected_places import Looked, places_in_words, words_in, words_in_report, words_of_place
from hub.domain.side_words import without_all_beside, without_side_words
from hub.domain.whereabouts import tells_where

CLOSED: Final[tuple[Compartment, ...]] = tuple(
    one for one in Compartment if one is not Compartment.STANDARD
)  # the hub has no keys of them
HANDLING_NOTE: Final = "handling_note"  # without its words it still says that there is one to ask for
NOTE_HELD: Final = "Its agency wrote a note on handling it, which is held apart. Call them before you act."
NO_DIGEST: Final = "0" * 64  # of the native message, by which a guess at an address could be proved
Holds = Callable[[Collection[str]], frozenset[str]]
"""Which of these words are known to be of a protected place."""


class Address(Shape):
    """Where one person of a report lives."""

    person: str
    place: Place


class HeldApart(Shape):
    """What a report holds apart in one compartment; nothing where it holds none of that kind.

    `words` are those that stood beside statements: why somebody is not told, why it was changed.
    """

    place: Place | None = None
    addresses: tuple[Address, ...] = ()
    people: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    words: tuple[str, ...] = ()


NOTHING: Final = HeldApart()


@dataclass(frozen=True, slots=True)
class Cut:
    """A report without what is held apart, and what that is, by compartment; by what words its places are known.

    `to_review`: words of it wait, among what is restricted, until somebody has looked whether they tell of a place.
    """

    standard: Report
    parts: tuple[tuple[Compartment, HeldApart], ...]
    words: tuple[str, ...] = ()
    to_review: bool = False


def set_apart(
    report: Report, protected: bool, holds: Holds, *, of_staff: bool = False, looked: Looked | None = None
) -> Cut | None:
    """The report in parts; None where it holds nothing that is to be held apart. `looked`: what was found before.

    `protected`: its subject's whereabouts are. Of anybody else's report only what names a protected place is taken.
    `of_staff`: somebody in it is known to be staff, or theirs.
    """
    found = holds(words_in_report(report, protected, looked))
    kept, refuge = (_without_places if protected else _without_words)(report, found)
    source = NOTHING
    if SensitivityTag.INFORMANT in report.handling.sensitivity:
        kept, source = _without_source(kept)
    held = [(Compartment.REFUGE, refuge), (Compartment.SOURCE, source)]
    for row in BY_MARK:
        takes = row.takes(report, of_staff)
        if takes is not None:
            kept, part = _without_marked(kept, takes, people=row.people)
            held.append((row.name, part))
    kept, waiting = _without_marked(kept, tells_where, people=False) if protected else (kept, NOTHING)
    held.append((Compartment.RESTRICTED, waiting))
    parts = tuple((name, part) for name, part in held if _holds(part))
    if not parts:
        return None
    kept = kept.model_copy(update={"provenance": kept.provenance.model_copy(update={"native_sha256": NO_DIGEST})})
    places = (*((refuge.place,) if refuge.place else ()), *(one.place for one in refuge.addresses))
    known = tuple(dict.fromkeys(word for place in places for word in words_of_place(place)))
    return Cut(kept, parts, known, _holds(waiting))


def _holds(part: HeldApart) -> bool:
    """Whether there is anything in it."""
    return part is not NOTHING and part != NOTHING


def without(report: Report, names: Callable[[tuple[str, ...]], bool]) -> Report:
    """The report less every place, and every statement, of which a word names what is protected."""
    report, _ = without_side_words(report, lambda text: names(words_in(text, lines=True)))
    said = _rest(report, lambda one: names(words_in(places_in_words(one), lines=True)))
    place = None if report.place is None or names(words_of_place(report.place)) else report.place
    people = tuple(_unless(person, names) for person in report.people)
    return report.model_copy(update={"statements": said, "people": people, "place": place})


def _unless(person: Person, names: Callable[[tuple[str, ...]], bool]) -> Person:
    hidden = person.address is not None and names(words_of_place(person.address))
    return person.model_copy(update={"address": None}) if hidden else person


def _without_places(report: Report, found: frozenset[str]) -> tuple[Report, HeldApart]:
    """Of a protected person's report every place is taken, and every statement of one, or that names one."""
    places = tuple(one for one in (report.place, *(person.address for person in report.people)) if one is not None)
    known = found | {word for place in places for word in words_of_place(place)}
    beside = partial(_is_named, known, lines=True)

    def is_held(said: Statement) -> bool:
        return report.content_of(said.field) is FieldClass.LOCATION or beside(places_in_words(said))

    addresses = tuple(Address(person=one.ref, place=one.address) for one in report.people if one.address is not None)
    bare, words = without_side_words(report, beside)
    held = HeldApart(place=report.place, addresses=addresses, statements=_those(report, is_held), words=words)
    people = tuple(person.model_copy(update={"address": None}) for person in bare.people)
    rest = _rest(report, is_held)
    return bare.model_copy(update={"place": None, "people": people, "statements": rest}), held


def _is_named(known: Collection[str], text: str, *, lines: bool) -> bool:
    return any(word in known for word in words_in(text, lines))


def _without_words(report: Report, found: frozenset[str]) -> tuple[Report, HeldApart]:
    """Of anybody's report, what names a place that is protected for somebody."""

    def names(words: tuple[str, ...]) -> bool:
        return not found.isdisjoint(words)

    def is_held(said: Statement) -> bool:
        return names(words_in(places_in_words(said), lines=False))

    if not found:
        return report, NOTHING
    report, words = without_side_words(report, partial(_is_named, found, lines=False))
    place = report.place if report.place is not None and names(words_of_place(report.place)) else None
    hidden = tuple(one for one in report.people if one.address is not None and names(words_of_place(one.address)))
    addresses = tuple(Address(person=one.ref, place=one.address) for one in hidden if one.address is not None)
    people = tuple(one.model_copy(update={"address": None}) if one in hidden else one for one in report.people)
    rest = _rest(report, is_held)
    cut = {"place": None if place is not None else report.place, "people": people, "statements": rest}
    held = HeldApart(place=place, addresses=addresses, statements=_those(report, is_held), words=words)
    return report.model_copy(update=cut), held


def _without_source(report: Report) -> tuple[Report, HeldApart]:
    """Who told: statements of that class, the words `said by`, and a witness's names and numbers."""

    def is_held(said: Statement) -> bool:
        by_another = said.said_by is not None and said.said_by != report.about
        return by_another or report.content_of(said.field) is FieldClass.SOURCE

    told = tuple(one for one in report.people if one.role is PersonRole.WITNESS and one.ref != report.about)
    bare = tuple(Person(ref=one.ref, role=one.role) if one in told else one for one in report.people)
    rest = tuple(
        said.model_copy(update={"said_by": None}) if is_held(said) else said
        for said in report.statements
        if report.content_of(said.field) is not FieldClass.SOURCE
    )
    held = HeldApart(people=told, statements=_those(report, is_held))
    return report.model_copy(update={"people": bare, "statements": rest}), held


def _without_marked(report: Report, takes: Takes, *, people: bool) -> tuple[Report, HeldApart]:
    """The report less what a row of the table takes; where that is all, less the words beside it too.

    With `people`, everybody but its subject is left without name, number or address, and no place stays.
    """
    taken = tuple(said for said in _those(report, takes) if said.field != HANDLING_NOTE or said != _unsaid(said))
    report, words = without_all_beside(report) if takes is everything else (report, ())
    others = tuple(one for one in report.people if people and not _is_bare(one, report.about))
    lives = tuple(Address(person=one.ref, place=one.address) for one in report.people if people and one.address)
    bare = tuple(
        one.model_copy(update={"address": None}) if one.ref == report.about else Person(ref=one.ref, role=one.role)
        for one in report.people
    )
    cut: dict[str, object] = {"statements": _rest(report, takes)}
    held = HeldApart(people=others, addresses=lives, statements=taken, words=words)
    if people:
        cut |= {"people": bare, "place": None}
        held = held.model_copy(update={"place": report.place})
    return report.model_copy(update=cut), held


def _is_bare(one: Person, about: str) -> bool:
    """Whether nothing of the person is left to take; the report's subject stays who they are."""
    return one.ref == about or one == Person(ref=one.ref, role=one.role)


def _rest(report: Report, is_held: Callable[[Statement], bool]) -> tuple[Statement, ...]:
    """The statements that are not held; of a note on handling, that there is one."""
    found = (None if is_held(said) else said for said in report.statements)
    bare = zip(report.statements, found, strict=True)
    kept = (_unsaid(said) if rest is None and said.field == HANDLING_NOTE else rest for said, rest in bare)
    return tuple(said for said in kept if said is not None)


def _unsaid(said: Statement) -> Statement:
    return Statement(field=said.field, kind=said.kind, about=said.about)


def _those(report: Report, is_held: Callable[[Statement], bool]) -> tuple[Statement, ...]:
    return tuple(said for said in report.statements if is_held(said))
