"""The keyed index from identifiers to people: no value can be read back from it without the key, which is elsewhere.

Every valid NHS number can be hashed in minutes, so an unkeyed hash would be the number itself. Birth date and surname
are kept only bound to the person, so that they can be compared but never searched or counted across people.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from contracts.identifiers import Scheme
from hub.adapters.keys import KeyedHash, derived
from hub.adapters.recorder_port import Recorder
from hub.application.ports import Added, Term, marks_of
from hub.domain.errors import Unreadable
from hub.domain.identity import BY_EVIDENCE, BY_PEOPLE, Candidate, Evidence

_PAGE = 500
_NO_TERMS: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class _About:
    """The tokens by which some evidence is compared with what is known of one person.

    `compared` are words, `numbers` national numbers: name, the token that any is known, the token that this one is.
    `never`: that one of the numbers was found to be another's.
    """

    compared: tuple[tuple[str, bytes, bytes], ...]
    numbers: tuple[tuple[str, bytes, bytes], ...]
    never: tuple[bytes, ...]

    def tokens(self) -> Iterator[bytes]:
        """All of them."""
        for _, known, this in (*self.compared, *self.numbers):
            yield known
            yield this
        yield from self.never


class _Ahead:
    """Terms read many at a time and remembered, with those that are to be kept beside them."""

    def __init__(self, recorder: Recorder, is_ours: Callable[[Term], bool], added: Added) -> None:
        self.added = added
        self.first: dict[Evidence, tuple[bytes, ...]] = {}
        self.terms: dict[tuple[Evidence, UUID], tuple[Term, ...]] = {}
        self.about: dict[tuple[Evidence, UUID], _About] = {}
        self.tokens: dict[tuple[str, str], bytes] = {}
        self._recorder = recorder
        self._is_ours = is_ours
        self._read: dict[bytes, tuple[UUID, ...]] = {}
        self._people: dict[bytes, tuple[tuple[Term, ...], tuple[UUID, ...]]] = {}

    def read(self, tokens: Iterable[bytes], of: UUID | None = None) -> None:
        """Read what is kept under these, all at once; nothing can be kept about somebody who is only being added."""
        new = tuple(dict.fromkeys(token for token in tokens if token not in self._read))
        found: dict[bytes, list[Term]] = {token: [] for token in new}
        if new and of not in self.added.people:
            for term in self._recorder.terms_with_any(new):
                found[term.token].append(term)
        self._read.update((token, _proved_people(terms, self._is_ours)) for token, terms in found.items())

    def people(self, token: bytes) -> tuple[UUID, ...]:
        """To whom it leads, and is to lead, by person; found anew only when more was added under it."""
        added = self.added.terms.get(token, _NO_TERMS)
        before = self._people.get(token)
        if before is not None and before[0] is added:
            return before[1]
        if token not in self._read:
            self.read((token,))
        found = self._read[token]
        if added:
            found = tuple(sorted({*found, *(term.person_id for term in added)}, key=lambda person: person.hex))
        self._people[token] = (added, found)
        return found


class KeyedIndex:
    """The index in the store's own database, so that its rows are kept with the report they come from."""

    def __init__(self, recorder: Recorder, secret: bytes) -> None:
        """Use these."""
        self._recorder = recorder
        self._ahead: _Ahead | None = None
        self._hash = KeyedHash(derived(secret, "identity-index"))
        self._proofs = KeyedHash(derived(secret, "identity-index-proofs"))

    def token(self, scheme: str, value: str) -> bytes:
        """See ports.IdentityIndex."""
        if self._ahead is None:
            return self._token(scheme, value)
        made = self._ahead.tokens.get((scheme, value))
        if made is None:
            made = self._ahead.tokens[scheme, value] = self._token(scheme, value)
        return made

    def _token(self, scheme: str, value: str) -> bytes:
        return self._hash.digest(f"id\x1f{scheme}\x1f{value}".encode())

    def look_up(self, evidence: Evidence) -> tuple[Candidate, ...]:
        """See ports.IdentityIndex."""
        if not evidence.identifiers:
            return ()
        decided, fingerprint, *tokens = self._first_tokens(evidence)
        for said, token in ((BY_PEOPLE, decided), (BY_EVIDENCE, fingerprint)):
            before = self._people(token)
            if before:
                return tuple(Candidate(person_id, (said,)) for person_id in before)
        matched: dict[UUID, list[str]] = {}
        for (scheme, _), token in zip(evidence.identifiers, tokens, strict=True):
            for person_id in self._people(token):
                matched.setdefault(person_id, []).append(scheme)
        return tuple(self._candidate(evidence, person_id, schemes) for person_id, schemes in matched.items())

    def people_with(self, scheme: str, value: str, of: UUID | None = None) -> tuple[UUID, ...]:
        """See ports.IdentityIndex."""
        token = self.token(scheme, value)
        if self._ahead is not None:
            self._ahead.read((token,), of)
        return self._people(token)

    def known(self, scheme: str, values: tuple[str, ...]) -> frozenset[str]:
        """See ports.IdentityIndex."""
        asked = {self.token(scheme, value): value for value in values}
        ahead = self._ahead or _Ahead(self._recorder, self._is_ours, Added())
        ahead.read(asked)
        return frozenset(value for token, value in asked.items() if ahead.people(token))

    def look_ahead(self, asked: Iterable[tuple[str, str]]) -> None:
        """See ports.IdentityIndex."""
        if self._ahead is not None:
            self._ahead.read(self.token(*one) for one in asked)

    def terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        """See ports.IdentityIndex."""
        if self._ahead is None:
            return self._made_terms(evidence, person_id)
        made = self._ahead.terms.get((evidence, person_id))
        if made is None:
            made = self._ahead.terms[evidence, person_id] = self._made_terms(evidence, person_id)
        return made

    def _made_terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        terms = [Term(self.token(Scheme.HUB, person_id.hex.upper()), person_id)]
        terms += [Term(self.token(scheme, value), person_id, alone=True) for scheme, value in evidence.identifiers]
        about = self._about(evidence, person_id)
        for _, known, this in (*about.numbers, *about.compared):
            terms += (Term(known, person_id), Term(this, person_id))
        return self._proved(terms)

    def questioned_terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        """See ports.IdentityIndex."""
        hub_reference = Term(self.token(Scheme.HUB, person_id.hex.upper()), person_id)
        return self._proved([hub_reference, Term(self._fingerprint(evidence), person_id)])

    def moved_terms(self, evidence: Evidence, from_person: UUID, to_person: UUID) -> tuple[Term, ...]:
        """See ports.IdentityIndex."""
        terms = [Term(self.token(Scheme.HUB, to_person.hex.upper()), to_person)]
        terms.append(Term(self._decided(evidence), to_person))
        for scheme, value in evidence.identifiers:
            terms.append(Term(self._bound(from_person, f"not {scheme}", value), from_person))
        return self._proved(terms)

    def pointer(self, scheme: str, value: str, person_id: UUID) -> Term:
        """See ports.IdentityIndex."""
        token = self.token(scheme, value)
        added = self._ahead.added.terms.get(token, _NO_TERMS) if self._ahead is not None else _NO_TERMS
        before = (term for term in added if term.person_id == person_id and not term.alone)
        return next(before, None) or self._proved([Term(token, person_id)])[0]

    def beside(self, added: Added, evidence: tuple[Evidence, ...]) -> "KeyedIndex":
        """See ports.IdentityIndex."""
        found = copy(self)
        found._ahead = ahead = _Ahead(self._recorder, self._is_ours, added)
        ahead.read(token for one in evidence for token in found._first_tokens(one))
        about = ((one, person) for one in evidence for person in found.led_to((one,)))
        ahead.read(token for one, person in about for token in found._about(one, person).tokens())
        return found

    def led_to(self, evidence: tuple[Evidence, ...]) -> tuple[UUID, ...]:
        """See ports.IdentityIndex."""
        tokens = dict.fromkeys(token for one in evidence for token in self._first_tokens(one))
        return tuple(dict.fromkeys(person for token in tokens for person in self._people(token)))

    def kept(self) -> Iterator[tuple[str, bool]]:
        """Each term kept, by the mark that the fact beside it states, and whether it is as the hub wrote it."""
        last = Term(b"", UUID(int=0))
        while batch := self._recorder.terms_after(last, _PAGE):
            for last in batch:
                yield marks_of(self._proved([last]))[0], self._is_ours(last)

    def _proved(self, terms: list[Term]) -> tuple[Term, ...]:
        return tuple(Term(term.token, term.person_id, term.alone, self._proof(term)) for term in terms)

    def _proof(self, term: Term) -> bytes:
        return self._proofs.digest(term.token + term.person_id.bytes)

    def _is_ours(self, term: Term) -> bool:
        return hmac.compare_digest(term.proof, self._proof(term))

    def _people(self, token: bytes) -> tuple[UUID, ...]:
        """The people to whom a token points. Raises Unreadable: a pointer that is not ours leads to nobody."""
        if self._ahead is not None:
            return self._ahead.people(token)
        return _proved_people(self._recorder.terms_with(token), self._is_ours)

    def _fingerprint(self, evidence: Evidence) -> bytes:
        return self._hash.digest(b"evidence\x1f" + evidence.fingerprint().encode())

    def _decided(self, evidence: Evidence) -> bytes:
        return self._hash.digest(b"decided\x1f" + evidence.fingerprint().encode())

    def _first_tokens(self, evidence: Evidence) -> tuple[bytes, ...]:
        """What is asked for to find out whether anybody is known by it."""
        found = self._ahead.first.get(evidence) if self._ahead is not None else None
        if found is None:
            numbers = (self.token(scheme, value) for scheme, value in evidence.identifiers)
            found = (self._decided(evidence), self._fingerprint(evidence), *numbers) if evidence.identifiers else ()
            if self._ahead is not None:
                self._ahead.first[evidence] = found
        return found

    def _about(self, evidence: Evidence, person_id: UUID) -> _About:
        """What is asked for to compare it with what is known of a person."""
        found = self._ahead.about.get((evidence, person_id)) if self._ahead is not None else None
        if found is None:
            found = _About(
                self._pairs(person_id, evidence.words()),
                self._pairs(person_id, evidence.national().items()),
                tuple(self._bound(person_id, f"not {scheme}", value) for scheme, value in evidence.identifiers),
            )
            if self._ahead is not None:
                self._ahead.about[evidence, person_id] = found
        return found

    def _pairs(self, person_id: UUID, values: Iterable[tuple[str, str]]) -> tuple[tuple[str, bytes, bytes], ...]:
        return tuple(
            (name, self._bound(person_id, f"has {name}", ""), self._bound(person_id, name, value))
            for name, value in values
        )

    def _candidate(self, evidence: Evidence, person_id: UUID, schemes: list[str]) -> Candidate:
        about = self._about(evidence, person_id)
        if self._ahead is not None:
            self._ahead.read(about.tokens(), person_id)
        compared = ((name, self._agrees(known, this)) for name, known, this in about.compared)
        return Candidate(
            person_id=person_id,
            matched_on=tuple(schemes),
            agrees=tuple((name, agrees) for name, agrees in compared if agrees is not None),
            other_number_differs=any(self._agrees(known, this) is False for _, known, this in about.numbers),
            never_join=any(self._people(token) for token in about.never),
        )

    def _agrees(self, known: bytes, this: bytes) -> bool | None:
        """Whether the person is known by that value; None when nothing of the kind is known of the person."""
        return bool(self._people(this)) if self._people(known) else None

    def _bound(self, person_id: UUID, name: str, value: str) -> bytes:
        return self._hash.digest(f"of\x1f{person_id.hex}\x1f{name}\x1f{value}".encode())


def _proved_people(terms: Iterable[Term], is_ours: Callable[[Term], bool]) -> tuple[UUID, ...]:
    """The people to whom terms that were kept lead. Raises Unreadable (index_altered) for one that is not ours."""
    found = tuple(terms)
    if not all(is_ours(term) for term in found):
        raise Unreadable(0, "index_altered")
    return tuple(term.person_id for term in found)
