"""What the process that opens compartments answers: only a decision that the hub signed, fresh, and only once.

It holds its own keys and its own ledger, in a folder that the hub's other processes cannot read, and of the hub it
knows the public signing key alone. Whoever holds the hub's own keys can ask it, and is then on its ledger, which they
cannot change; how much can be asked for in an hour is bounded.
"""

import json
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contracts import signature, strict_json
from contracts.base64_text import from_text, to_text
from contracts.catalogue import wire_type
from contracts.errors import ContractError
from contracts.events.compartment import CompartmentAsked
from contracts.signature import Signed
from hub.adapters.compartment_keys import CompartmentKeys
from hub.adapters.openings import Opening
from hub.adapters.own_hand import HUB_SOURCE
from hub.application.ports import Clock
from hub.domain.compartment_access import FRESH, has_second
from hub.domain.compartments import CLOSED
from hub.domain.errors import StoreUnavailable, Unreadable

GOOD_FOR: Final = timedelta(seconds=60)
MOST_IN_AN_HOUR: Final = 60
_HOUR: Final = timedelta(hours=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _Refused(Exception):
    """The answer is no; the message is a code."""


class CompartmentOpener:
    """Opens what is held apart. Use it from one thread at a time."""

    def __init__(self, keys: CompartmentKeys, hub: Mapping[str, Ed25519PublicKey], clock: Clock) -> None:
        """Hold the keys, and the hub's public signing key by its id."""
        self._keys = keys
        self._hub = hub
        self._clock = clock
        self._ledger = keys.keyring.openings
        self._done = {line.opening.decision_id for line in self._ledger.lines()}
        self._lately: deque[datetime] = deque()

    def answer(self, request: bytes) -> bytes:
        """One JSON object: `opened` (base64), or `refused`, a code."""
        try:
            decision, sealed = _read(request)
            fact = self._proved(decision)
            self._record(fact)
            name = fact.compartment
            opened = self._keys.open((name,), name.value, fact.report_id, sealed)
        except _Refused as refused:
            return json.dumps({"refused": str(refused)}).encode()
        except Unreadable as refused:
            return json.dumps({"refused": refused.code}).encode()
        except StoreUnavailable:
            return json.dumps({"refused": "ledger"}).encode()
        return json.dumps({"opened": to_text(opened)}).encode()

    def _proved(self, decision: Signed) -> CompartmentAsked:
        try:
            attributes = signature.verify(decision, self._hub)
            if (attributes.source, attributes.type) != (HUB_SOURCE, wire_type(CompartmentAsked)):
                raise _Refused("another_kind")
            fact = CompartmentAsked.from_bytes(decision.body, CompartmentAsked.VERSION)
        except ContractError as refused:
            raise _Refused(refused.code) from None
        now = self._clock.now()
        if fact.effect != "permitted" or fact.compartment not in CLOSED:
            raise _Refused("not_permitted")
        if not -GOOD_FOR <= now - fact.at <= GOOD_FOR:
            raise _Refused("not_fresh")
        if fact.stepped_up_at is None or now - fact.stepped_up_at > FRESH + GOOD_FOR:
            raise _Refused("step_up")
        if not has_second(fact, now):
            raise _Refused("second_person")
        return fact

    def _record(self, fact: CompartmentAsked) -> None:
        """Put it on the ledger, once. Raises _Refused, StoreUnavailable."""
        now = self._clock.now()
        while self._lately and now - self._lately[0] > _HOUR:
            self._lately.popleft()
        if fact.decision_id in self._done:
            raise _Refused("opened_before")
        if len(self._lately) >= MOST_IN_AN_HOUR:
            raise _Refused("too_many")
        at_us = (now - _EPOCH) // timedelta(microseconds=1)
        opening = Opening(at_us, 0, fact.decision_id, fact.purpose.value)
        self._ledger.record(opening, UUID(int=0), (), fact.compartment.value)
        self._done.add(fact.decision_id)
        self._lately.append(now)


def request_of(decision: Signed, sealed: bytes) -> bytes:
    """What is asked of the service."""
    return json.dumps({"jws": decision.jws, "body": to_text(decision.body), "sealed": to_text(sealed)}).encode()


def _read(request: bytes) -> tuple[Signed, bytes]:
    try:
        match strict_json.read(request):
            case {"jws": str(jws), "body": str(body), "sealed": str(sealed), **rest} if not rest:
                return Signed(jws, from_text(body)), from_text(sealed)
    except ContractError as refused:
        raise _Refused(refused.code) from None
    raise _Refused("form")
