"""Permits: what a kept decision lets be opened, made by the store alone, for one version of one history, for a minute.

Proof: 8 bytes big-endian microseconds since 1970 at which it was given, then 32 bytes HMAC-SHA-256 under a secret that
lives as long as the store object.
"""

import hmac
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked
from contracts.events.hub import AccessDecided
from contracts.events.printing import PrintDecided
from contracts.events.sharing import DisclosureDecided
from contracts.signature import Signed
from hub.adapters.openings import Opening
from hub.application.in_parts import InParts
from hub.application.permit import Act, Permit
from hub.application.ports import Clock, Entry, History, Seen, Stream
from hub.domain.errors import NotPermitted

GOOD_FOR: Final = timedelta(seconds=60)
_OPENING = {"chronology": Act.SHOW, "identity_question": Act.MOVE}  # what a decision may let a report be opened for
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Permits:
    """Gives permits and proves them."""

    def __init__(self, clock: Clock) -> None:
        """Prove with a new secret; what another object gave is worth nothing here."""
        self._secret = secrets.token_bytes(32)
        self._clock = clock

    def give(self, entries: tuple[Entry, ...], positions: tuple[int, ...], seen: Seen) -> Permit | None:
        """The permit that the first permitting decision among the entries gives.

        None when there is no such decision, or when the version that it states was not checked (`seen`) as it was kept:
        then it may have been made on a history that nobody read, or on one that had moved on. A decision kept beside
        one to print is for paper alone.
        """
        printing = any(isinstance(entry.what, PrintDecided) for entry in entries)
        for entry, position in zip(entries, positions, strict=True):
            if (opening := opening_by(entry.what, position)) is not None:
                bare = replace(opening[0], act=Act.PRINT) if printing else opening[0]
                return self._proved(bare) if (Stream.history(bare.person_id), bare.history_version) in seen else None
        return None

    def check(self, permit: Permit | None, history: History, act: Act) -> Opening:
        """Under what the permit opens the history for this act. Raises NotPermitted."""
        if permit is None or not hmac.compare_digest(permit.proof, self._proof(permit, permit.proof[:8])):
            raise NotPermitted("no receipt of a kept decision")
        if permit.person_id != history.person_id or permit.history_version < history.version:
            raise NotPermitted("the decision is about another history")
        if permit.act is not act:
            raise NotPermitted("the decision was made for something else")
        now = self._now()
        if abs(now - int.from_bytes(permit.proof[:8])) > GOOD_FOR // timedelta(microseconds=1):
            raise NotPermitted("the receipt is older than a minute")
        return Opening(now, permit.position, permit.decision_id, permit.purpose)

    def _proved(self, permit: Permit) -> Permit:
        return replace(permit, proof=self._proof(permit, self._now().to_bytes(8)))

    def _proof(self, permit: Permit, at: bytes) -> bytes:
        about = f"{permit.person_id} {permit.history_version} {permit.purpose} {permit.act.value} {permit.apart}"
        text = f"{permit.decision_id} {about} {permit.position} {at.hex()}"
        return at + hmac.digest(self._secret, text.encode(), sha256)

    def _now(self) -> int:
        return (self._clock.now() - _EPOCH) // timedelta(microseconds=1)


def opening_by(fact: Fact | Signed | InParts, position: int) -> tuple[Permit, datetime] | None:
    """The permit, not yet proved, that a kept decision gives, and when it was made; None: it lets nothing be opened."""
    if isinstance(fact, AccessDecided) and fact.effect == "permitted" and fact.what in _OPENING:
        purpose = fact.purpose.value if fact.purpose is not None else ""
        about = (fact.decision_id, fact.person_id, fact.history_version, position)
        return Permit(*about, b"", _OPENING[fact.what], purpose), fact.at
    if isinstance(fact, DisclosureDecided) and fact.effect == "permitted":
        purpose = fact.purpose.value
        about = (fact.disclosure_id, fact.person_id, fact.history_version, position)
        return Permit(*about, b"", Act.SHARE, purpose), fact.at
    if isinstance(fact, CompartmentAsked) and fact.effect == "permitted":
        about = (fact.decision_id, fact.person_id, fact.history_version, position)
        return Permit(*about, b"", Act.APART, fact.purpose.value, fact.compartment.value), fact.at
    return None
