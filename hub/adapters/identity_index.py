"""The keyed index from identifiers to people: no value can be read back from it without the key, which is elsewhere.

Every valid NHS number can be hashed in minutes, so an unkeyed hash would be the number itself. Birth date and surname
are kept only bound to the person, so that they can be compared but never searched or counted across people.
"""

import hmac
from collections.abc import Iterable, Iterator
from copy import copy
from hashlib import sha256
from uuid import UUID

from contracts.identifiers import Scheme
from hub.adapters.keys import derived
from hub.adapters.recorder_port import Recorder
from hub.application.ports import Added, Term, marks_of
from hub.domain.errors import Unreadable
from hub.domain.identity import BY_EVIDENCE, BY_PEOPLE, Candidate, Evidence

_PAGE = 500


class _Ahead:
    """Terms read many at a time and remembered, with those that are to be kept beside them."""

    def __init__(self, recorder: Recorder, added: Added) -> None:
        self.added = added
        self._recorder = recorder
        self._read: dict[bytes, tuple[Term, ...]] = {}
        self._made: dict[tuple[bytes, bytes], bytes] = {}
        self.first: dict[Evidence, tuple[bytes, ...]] = {}
        self.terms: dict[tuple[Evidence, UUID], tuple[Term, ...]] = {}

    def read(self, tokens: Iterable[bytes], of: UUID | None = None) -> None:
        """Read what is kept under these, all at once; nothing can be kept about somebody who is only being added."""
        new = tuple(dict.fromkeys(token for token in tokens if token not in self._read))
        found: dict[bytes, list[Term]] = {token: [] for token in new}
        if new and of not in self.added.people:
            for term in self._recorder.terms_with_any(new):
                found[term.token].append(term)
        self._read.update((token, tuple(terms)) for token, terms in found.items())

    def mac(self, secret: bytes, text: bytes) -> bytes:
        """A keyed hash, made once."""
        found = self._made.get((secret, text))
        if found is None:
            found = self._made[secret, text] = hmac.digest(secret, text, sha256)
        return found

    def terms_with(self, token: bytes) -> tuple[Term, ...]:
        """What is kept under a token, and what is to be, by person."""
        if token not in self._read:
            self.read((token,))
        kept = self._read[token]
        if token not in self.added.terms:
            return kept
        known = {term.person_id for term in kept}
        added = (term for term in self.added.terms.get(token, ()) if term.person_id not in known)
        return tuple(sorted((*kept, *added), key=lambda term: term.person_id.hex))


class KeyedIndex:
    """The index in the store's own database, so that its rows are kept with the report they come from."""

    def __init__(self, recorder: Recorder, secret: bytes) -> None:
        """Use these."""
        self._recorder = recorder
        self._ahead: _Ahead | None = None
        self._secret = derived(secret, "identity-index")
        self._proofs = derived(secret, "identity-index-proofs")

    def token(self, scheme: str, value: str) -> bytes:
        """See ports.IdentityIndex."""
        return self._mac(self._secret, f"id\x1f{scheme}\x1f{value}".encode())

    def _mac(self, secret: bytes, text: bytes) -> bytes:
        return hmac.digest(secret, text, sha256) if self._ahead is None else self._ahead.mac(secret, text)

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

    def people_with(self, scheme: str, value: str) -> tuple[UUID, ...]:
        """See ports.IdentityIndex."""
        return self._people(self.token(scheme, value))

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
        for scheme, value in evidence.national().items():
            terms.append(Term(self._bound(person_id, f"has {scheme}", ""), person_id))
            terms.append(Term(self._bound(person_id, scheme, value), person_id))
        for name, word in evidence.words():
            terms.append(Term(self._bound(person_id, f"has {name}", ""), person_id))
            terms.append(Term(self._bound(person_id, name, word), person_id))
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
        return self._proved([Term(self.token(scheme, value), person_id)])[0]

    def beside(self, added: Added, evidence: tuple[Evidence, ...]) -> "KeyedIndex":
        """See ports.IdentityIndex."""
        found = copy(self)
        found._ahead = ahead = _Ahead(self._recorder, added)
        ahead.read(token for one in evidence for token in self._first_tokens(one))
        about = ((one, person) for one in evidence for person in found.led_to((one,)))
        ahead.read(token for one, person in about for token in self._tokens_about(one, person))
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
        return self._mac(self._proofs, term.token + term.person_id.bytes)

    def _is_ours(self, term: Term) -> bool:
        return hmac.compare_digest(term.proof, self._proof(term))

    def _people(self, token: bytes) -> tuple[UUID, ...]:
        """The people to whom a token points. Raises Unreadable: a pointer that is not ours leads to nobody."""
        found = self._ahead.terms_with(token) if self._ahead is not None else self._recorder.terms_with(token)
        if not all(self._is_ours(term) for term in found):
            raise Unreadable(0, "index_altered")
        return tuple(term.person_id for term in found)

    def _fingerprint(self, evidence: Evidence) -> bytes:
        return self._mac(self._secret, b"evidence\x1f" + evidence.fingerprint().encode())

    def _decided(self, evidence: Evidence) -> bytes:
        return self._mac(self._secret, b"decided\x1f" + evidence.fingerprint().encode())

    def _first_tokens(self, evidence: Evidence) -> tuple[bytes, ...]:
        """What is asked for to find out whether anybody is known by it."""
        found = self._ahead.first.get(evidence) if self._ahead is not None else None
        if found is None:
            numbers = (self.token(scheme, value) for scheme, value in evidence.identifiers)
            found = (self._decided(evidence), self._fingerprint(evidence), *numbers) if evidence.identifiers else ()
            if self._ahead is not None:
                self._ahead.first[evidence] = found
        return found

    def _tokens_about(self, evidence: Evidence, person_id: UUID) -> Iterator[bytes]:
        """What is asked for to compare it with what is known of a person."""
        for name, value in (*evidence.words(), *evidence.national().items()):
            yield self._bound(person_id, f"has {name}", "")
            yield self._bound(person_id, name, value)
        for scheme, value in evidence.identifiers:
            yield self._bound(person_id, f"not {scheme}", value)

    def _candidate(self, evidence: Evidence, person_id: UUID, schemes: list[str]) -> Candidate:
        if self._ahead is not None:
            self._ahead.read(self._tokens_about(evidence, person_id), person_id)
        compared = ((name, self._agrees(person_id, name, word)) for name, word in evidence.words())
        numbers = (self._agrees(person_id, scheme, value) for scheme, value in evidence.national().items())
        never = (self._bound(person_id, f"not {scheme}", value) for scheme, value in evidence.identifiers)
        return Candidate(
            person_id=person_id,
            matched_on=tuple(schemes),
            agrees=tuple((name, agrees) for name, agrees in compared if agrees is not None),
            other_number_differs=any(number is False for number in numbers),
            never_join=any(self._people(token) for token in never),
        )

    def _agrees(self, person_id: UUID, name: str, value: str) -> bool | None:
        """Whether the person is known by that value; None when nothing of the kind is known of the person."""
        if not self._people(self._bound(person_id, f"has {name}", "")):
            return None
        return bool(self._people(self._bound(person_id, name, value)))

    def _bound(self, person_id: UUID, name: str, value: str) -> bytes:
        return self._mac(self._secret, f"of\x1f{person_id.hex}\x1f{name}\x1f{value}".encode())
