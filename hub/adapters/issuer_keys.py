"""The public keys of issuers (JWKS, RFC 7517): asked for when a token names one that is not held, and not too often."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from contracts import strict_json
from contracts.errors import ContractError
from contracts.strict_json import Json
from hub.adapters.issuer_calls import IssuerCalls
from hub.application.ports import Clock
from hub.domain.errors import SignInRefused
from hub.domain.issuer import Issuer

PublicKey = RSAKey | ECKey | OKPKey
_Parts = dict[str, str | list[str]]
LEAST_APART = timedelta(seconds=60)
HELD_FOR = timedelta(hours=1)
_MOST_KEYS = 50
_LEAST_BITS = 2048
_KINDS: Mapping[str, tuple[str, str]] = {
    "RS256": ("RSA", ""),
    "PS256": ("RSA", ""),
    "ES256": ("EC", "P-256"),
    "Ed25519": ("OKP", "Ed25519"),
}


@dataclass(frozen=True, slots=True)
class _Held:
    keys: Mapping[str, PublicKey]
    asked: datetime


class IssuerKeys:
    """What is held of each issuer's keys. A key that it no longer publishes is dropped within the hour."""

    def __init__(self, calls: IssuerCalls, clock: Clock) -> None:
        """Hold none yet."""
        self._calls = calls
        self._clock = clock
        self._locks: dict[str, Lock] = {}  # one for each issuer: one that is slow keeps nobody else's people waiting
        self._held: dict[str, _Held] = {}

    def key(self, issuer: Issuer, key_id: str) -> PublicKey:
        """The issuer's key of that id. Raises SignInRefused (token_key; as IssuerCalls does)."""
        with self._locks.setdefault(issuer.keys, Lock()):
            held, now = self._held.get(issuer.keys), self._clock.now()
            age = abs(now - held.asked) if held is not None else HELD_FOR
            unknown = held is None or key_id not in held.keys
            if held is None or age >= HELD_FOR or (unknown and age >= LEAST_APART):
                # Noted before the asking, so that an issuer that does not answer is not asked at every try either.
                self._held[issuer.keys] = _Held(held.keys if held is not None and age < HELD_FOR else {}, now)
                held = _Held(_usable(self._calls.get(issuer.keys), issuer.algorithm), now)
                self._held[issuer.keys] = held
            found = held.keys.get(key_id)
        if found is None:
            raise SignInRefused("token_key")
        return found


def _usable(raw: bytes, algorithm: str) -> Mapping[str, PublicKey]:
    """The keys of a set that may prove a signature by this algorithm. Raises SignInRefused (token_key)."""
    try:
        written = strict_json.read(raw)
    except ContractError:
        raise SignInRefused("token_key") from None
    keys = written.get("keys") if isinstance(written, dict) else None
    if not isinstance(keys, list) or len(keys) > _MOST_KEYS:
        raise SignInRefused("token_key")
    found = ((one.get("kid"), _read(one, algorithm)) for one in keys if isinstance(one, dict))
    return {key_id: key for key_id, key in found if isinstance(key_id, str) and key is not None}


def _read(written: dict[str, Json], algorithm: str) -> PublicKey | None:
    kind, curve = _KINDS[algorithm]
    if written.get("kty") != kind or written.get("use", "sig") != "sig" or written.get("alg", algorithm) != algorithm:
        return None
    if curve and written.get("crv") != curve:
        return None
    names = ("kty", "crv", "x", "y", "n", "e")
    parts: _Parts = {name: value for name in names if isinstance(value := written.get(name), str)}
    try:
        if kind == "RSA":
            return _long_enough(parts)
        return ECKey.import_key(parts) if kind == "EC" else OKPKey.import_key(parts)
    except (JoseError, ValueError):
        return None


def _long_enough(parts: _Parts) -> PublicKey | None:
    if len(parts.get("n", "")) * 6 < _LEAST_BITS:
        return None
    return RSAKey.import_key(parts)
