"""The keyed index from identifiers to people: no value can be read back from it without the key, which is elsewhere.

Every valid NHS number can be hashed in minutes, so an unkeyed hash would be the number itself. Birth date and surname
are kept only bound to the person, so that they can be compared but never searched or counted across people.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from contracts.identifiers import Scheme
from hub.adapters.keys import derived
from hub.adapters.recorder_port import Recorder
from hub.application.ports import Found, Term
from hub.domain.identity import Evidence

_NATIONAL = (Scheme.NHS_NUMBER, Scheme.UPN)


class KeyedIndex:
    """The index in the store's own database, so that its rows are kept with the report they come from."""

    def __init__(self, recorder: Recorder, secret: bytes) -> None:
        """Use these."""
        self._recorder = recorder
        self._secret = derived(secret, "identity-index")

    def token(self, scheme: str, value: str) -> bytes:
        """See ports.IdentityIndex."""
        return hmac.digest(self._secret, f"id\x1f{scheme}\x1f{value}".encode(), sha256)

    def look_up(self, evidence: Evidence) -> tuple[Found, ...]:
        """See ports.IdentityIndex."""
        asked_before = self._recorder.people_with(self._fingerprint(evidence)) if evidence.identifiers else ()
        if asked_before:
            return tuple(Found(person_id, ("evidence",), None, None, False) for person_id in asked_before[:1])
        matched: dict[UUID, list[str]] = {}
        for scheme, value in evidence.identifiers:
            for person_id in self._recorder.people_with(self.token(scheme, value)):
                matched.setdefault(person_id, []).append(scheme)
        return tuple(self._found(evidence, person_id, schemes) for person_id, schemes in matched.items())

    def people_with(self, scheme: str, value: str) -> tuple[UUID, ...]:
        """See ports.IdentityIndex."""
        return self._recorder.people_with(self.token(scheme, value))

    def terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        """See ports.IdentityIndex."""
        terms = [Term(self.token(Scheme.HUB, person_id.hex.upper()), person_id)]
        terms += [Term(self.token(scheme, value), person_id) for scheme, value in evidence.identifiers]
        for scheme, value in evidence.national().items():
            terms.append(Term(self._bound(person_id, f"has {scheme}", ""), person_id))
            terms.append(Term(self._bound(person_id, scheme, value), person_id))
        for name, word in _words(evidence):
            terms.append(Term(self._bound(person_id, f"has {name}", ""), person_id))
            terms.append(Term(self._bound(person_id, name, word), person_id))
        return tuple(terms)

    def questioned_terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        """See ports.IdentityIndex."""
        hub_reference = Term(self.token(Scheme.HUB, person_id.hex.upper()), person_id)
        return (hub_reference, Term(self._fingerprint(evidence), person_id))

    def _fingerprint(self, evidence: Evidence) -> bytes:
        return hmac.digest(self._secret, b"evidence\x1f" + evidence.fingerprint().encode(), sha256)

    def _found(self, evidence: Evidence, person_id: UUID, schemes: list[str]) -> Found:
        agrees = {name: self._agrees(person_id, name, word) for name, word in _words(evidence)}
        numbers = (self._agrees(person_id, scheme, value) for scheme, value in evidence.national().items())
        return Found(
            person_id=person_id,
            matched_on=tuple(schemes),
            birth_date_agrees=agrees.get("birth_date"),
            family_name_agrees=agrees.get("family_name"),
            other_number_differs=any(number is False for number in numbers),
        )

    def _agrees(self, person_id: UUID, name: str, value: str) -> bool | None:
        """Whether the person is known by that value; None when nothing of the kind is known of the person."""
        if not self._recorder.has_term(self._bound(person_id, f"has {name}", "")):
            return None
        return self._recorder.has_term(self._bound(person_id, name, value))

    def _bound(self, person_id: UUID, name: str, value: str) -> bytes:
        return hmac.digest(self._secret, f"of\x1f{person_id.hex}\x1f{name}\x1f{value}".encode(), sha256)


def _words(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    pairs = (("birth_date", evidence.birth_date), ("family_name", evidence.family_name))
    return tuple((name, value) for name, value in pairs if value is not None)
