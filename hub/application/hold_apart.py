"""As a report arrives, what must not lie with the rest is sealed into compartments that this process cannot open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from contracts.compartment import Compartment
from contracts.events.hub import ReportLinked
from contracts.report import Report
from contracts.signature import Signed
from contracts.vocabulary import SensitivityTag
from hub.application.in_parts import WHOLE, InParts
from hub.application.ports import IdentityIndex, Store, Term
from hub.application.receiving import Proved, Receiving
from hub.domain import arrival
from hub.domain.compartments import Cut, set_apart
from hub.domain.errors import Unreadable
from hub.domain.identity import Certainty, Link, index_term
from hub.domain.protected_places import BEFORE, SCHEME, Looked, places_of, words_in_reports, words_of_place
from hub.domain.unread import NOBODY

PROTECTED: Final = "protected person"  # the scheme under which a person leads to themselves once their address is
_HASH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a report, which compartments it has parts in, and by what its places are known from now on.

    `standard`: the report less what is held apart, of which the hub's own link speaks. `to_review`: words of it wait.
    `lived`: by what its subject's address is known, where nothing protects it yet; `protected`: whether something does.
    `unread`: whose history does not open, so that nothing is known of the last address that was given of them.
    """

    what: Signed | InParts
    standard: Report
    held_apart: tuple[Compartment, ...]
    protects: tuple[str, ...]
    terms: tuple[Term, ...]
    to_review: bool = False
    lived: tuple[str, ...] = ()
    protected: bool = False
    unread: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Shield:
    """By what the places of a moved report are known from now on: pointers, and the hashes that its link states."""

    terms: tuple[Term, ...]
    protects: tuple[str, ...]


def hold_apart(receiving: Receiving, proved: Proved, link: Link) -> Held:
    """The report as it is to be kept. Raises StoreUnavailable."""
    index, report = receiving.index, proved.report
    marked = SensitivityTag.ADDRESS_PROTECTED in arrival.tags_of(report)
    protected = marked or _is_protected(index, link)
    of_staff, looked = _of_staff(receiving, proved, link), receiving.looked
    cut = set_apart(report, protected, partial(protected_words, index), of_staff=of_staff, looked=looked)
    people = (link.person_id, *link.candidates) if marked else ()
    terms = tuple(index.pointer(PROTECTED, person.hex, person) for person in people)
    lived = () if protected else tuple(hash_of(index, word) for word in _address(report))
    places = (receiving.store, index)
    before, unread = _last_known(places, people) if marked and not _address(report) else ((), ())
    terms = (*terms, *before)
    if cut is None:
        return Held(proved.signed, report, (), (), terms, lived=lived, protected=protected, unread=unread)
    words = cut.words if protected else ()
    terms = (*terms, *(index.pointer(SCHEME, word, NOBODY) for word in words))
    hashes = tuple(hash_of(index, word) for word in words)
    kept, names = _in_parts(receiving, proved, cut), tuple(name for name, _ in cut.parts)
    return Held(kept, cut.standard, names, hashes, terms, cut.to_review, lived, protected, unread)


def protected_words(index: IdentityIndex, words: Collection[str]) -> frozenset[str]:
    """Which of these words are known to be of a protected place, in two readings."""
    by_hash = {hash_of(index, word): word for word in words}
    before = index.known(BEFORE, tuple(by_hash))
    return index.known(SCHEME, tuple(by_hash.values())) | {by_hash[one] for one in before}


def _address(report: Report) -> tuple[str, ...]:
    """By what the address of whom a report is about is known."""
    address = report.subject().address
    return words_of_place(address) if address is not None else ()


def _last_known(
    places: tuple[Store, IdentityIndex], people: Iterable[UUID]
) -> tuple[tuple[Term, ...], tuple[UUID, ...]]:
    """What to keep so that the last address that was given of each of them, before it was protected, is known as such.

    Only where a report says that an address is protected and gives none: then that one is taken for it. A history that
    does not open keeps no report out: whose it is comes back, so that those who check are told.
    """
    terms: list[Term] = []
    unread: list[UUID] = []
    for person in people:
        try:
            terms += _lived_before(places, person)
        except Unreadable:
            unread.append(person)
    return tuple(terms), tuple(unread)


def _lived_before(places: tuple[Store, IdentityIndex], person: UUID) -> tuple[Term, ...]:
    store, index = places
    standing = store.read_history(person).standing()
    lived = next((link.lived for link in reversed(standing) if link.lived), ())
    return tuple(index.pointer(BEFORE, one, NOBODY) for one in lived)


def shield_moved(
    places: tuple[Store, IdentityIndex], link: ReportLinked, report: Report, to_person: UUID
) -> Shield | None:
    """What a report protects with whom it is moved to, as if it had come with them; None: nothing protects them.

    What lay open of it stays where it lies: its places, and the words that name them, are taken out as it is read.
    Raises StoreUnavailable, Unreadable.
    """
    index = places[1]
    marked = SensitivityTag.ADDRESS_PROTECTED in link.tags
    if not marked and not index.people_with(PROTECTED, to_person.hex, of=to_person):
        return None
    words = tuple(dict.fromkeys(word for place in places_of(report) for word in words_of_place(place)))
    protects = tuple(dict.fromkeys((*link.protects, *(hash_of(index, word) for word in words))))
    whom = (index.pointer(PROTECTED, to_person.hex, to_person),) if marked else ()
    before = _lived_before(places, to_person) if marked and not protects else ()
    return Shield((*whom, *before, *(index.pointer(SCHEME, word, NOBODY) for word in words)), protects)


def look_ahead(index: IdentityIndex, reports: Iterable[Report], people: Iterable[UUID]) -> Looked:
    """Have at hand what `hold_apart` will ask about these reports and people; what was found in them.

    Raises StoreUnavailable.
    """
    looked = Looked()
    words = words_in_reports(reports, False, looked)
    places = (*((SCHEME, word) for word in words), *((BEFORE, hash_of(index, word)) for word in words))
    index.look_ahead((*((PROTECTED, person.hex) for person in people), *places))
    return looked


def hash_of(index: IdentityIndex, word: str) -> str:
    """The keyed hash (16 hex digits) by which a word of a protected place is known again."""
    return index.token(SCHEME, word)[:_HASH_BYTES].hex()


def _is_protected(index: IdentityIndex, link: Link) -> bool:
    """Whether the person's address was protected before."""
    person = link.person_id
    return link.certainty is Certainty.KNOWN and bool(index.people_with(PROTECTED, person.hex, of=person))


def _of_staff(receiving: Receiving, proved: Proved, link: Link) -> bool:
    """Whether somebody in the report is staff or theirs, by a number that it states or by whose it is."""
    known = receiving.staff if receiving.staff is not None else receiving.knowing_staff().staff
    if not known:
        return False
    source = proved.attributes.source
    stated = {index_term(one, source) for person in proved.report.people for one in person.identifiers}
    people = {link.person_id, *link.candidates}
    return not known.isdisjoint(stated) or any(people.intersection(receiving.index.people_with(*one)) for one in known)


def _in_parts(receiving: Receiving, proved: Proved, cut: Cut) -> InParts:
    report_id, names = proved.attributes.id, tuple(name for name, _ in cut.parts)
    seal = receiving.apart.seal
    parts = tuple(
        (name.value, seal((name,), name.value, report_id, held.model_dump_json().encode())) for name, held in cut.parts
    )
    whole = seal(names, WHOLE, report_id, _bytes_of(proved.signed))
    return InParts(type(cut.standard).VERSION, cut.standard.to_bytes(), (*parts, (WHOLE, whole)))


def _bytes_of(signed: Signed) -> bytes:
    """The signature and the body, a line feed between: neither alone proves anything."""
    return signed.jws.encode("ascii") + b"\n" + signed.body
