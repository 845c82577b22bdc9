"""An OpenID provider asked over the network: where to send a browser, and what the token says that comes of it.

OpenID Connect Core 1.0 s3.1; PKCE RFC 7636; private_key_jwt RFC 7523; signatures by joserfc.
"""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256, sha512
from urllib.parse import urlencode, urlsplit

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from contracts import strict_json
from contracts.strict_json import Json
from hub.adapters.compact_tokens import header_of, object_of
from hub.adapters.issuer_calls import IssuerCalls
from hub.adapters.issuer_keys import IssuerKeys
from hub.application.openid_port import Trip
from hub.application.ports import Clock
from hub.domain.errors import SignInRefused
from hub.domain.id_token import Claims
from hub.domain.issuer import Issuer

ASSERTION_TIME = timedelta(seconds=60)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class OpenIdProvider:
    """See openid_port.Provider. `home` is where browsers reach this hub, as each issuer has it registered."""

    calls: IssuerCalls
    keys: IssuerKeys
    clock: Clock
    home: str

    def new_trip(self, issuer: Issuer, until: datetime, *, afresh: bool) -> Trip:
        """See openid_port.Provider."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return Trip(issuer.name, state, nonce, verifier, until, afresh)

    def address(self, issuer: Issuer, trip: Trip) -> str:
        """See openid_port.Provider."""
        challenge = _encoded(sha256(trip.verifier.encode()).digest())
        asked = {
            "response_type": "code",
            "client_id": issuer.client_id,
            "redirect_uri": self._return_to(issuer),
            "scope": issuer.scope,
            "state": trip.state,
            "nonce": trip.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        level = " ".join(issuer.step_up) if trip.afresh else issuer.ask_for
        more = {"acr_values": level} if level else {}
        again = {"prompt": "login", "max_age": "0"} if trip.afresh else {}
        mark = "&" if urlsplit(issuer.authorize).query else "?"
        return f"{issuer.authorize}{mark}{urlencode({**asked, **more, **again})}"

    def claims(self, issuer: Issuer, trip: Trip, code: str) -> Claims:
        """See openid_port.Provider."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._return_to(issuer),
            "code_verifier": trip.verifier,
        }
        if issuer.client_key:
            form |= {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self._assertion(issuer)}
        else:
            form |= {"client_id": issuer.client_id, "client_secret": issuer.client_secret}
        answer = object_of(self.calls.post(issuer.token, urlencode(form)))
        token, access = answer.get("id_token"), answer.get("access_token")
        kind = answer.get("token_type")
        if not isinstance(token, str) or not isinstance(access, str) or str(kind).lower() != "bearer":
            raise SignInRefused("token_answer")
        claims = self._proved(issuer, token, ("JWT", None))
        _check_binding(issuer, claims, access)
        return claims

    def logout_claims(self, issuer: Issuer, token: str) -> Claims:
        """See openid_port.Provider."""
        return self._proved(issuer, token, ("logout+jwt", "JWT", None))

    def _return_to(self, issuer: Issuer) -> str:
        return f"{self.home}/sign-in/return/{issuer.name}"

    def _proved(self, issuer: Issuer, token: str, kinds: tuple[str | None, ...]) -> Claims:
        key_id = header_of(token, issuer.algorithm, kinds)
        key = self.keys.key(issuer, key_id)
        try:
            payload = jws.deserialize_compact(token, key, [issuer.algorithm]).payload
        except (JoseError, ValueError):
            raise SignInRefused("token_signature") from None
        return object_of(payload)

    def _assertion(self, issuer: Issuer) -> str:
        now = int(self.clock.now().timestamp())
        claims: dict[str, Json] = {
            "iss": issuer.client_id,
            "sub": issuer.client_id,
            "aud": issuer.token,
            "jti": secrets.token_urlsafe(24),
            "iat": now,
            "exp": now + int(ASSERTION_TIME.total_seconds()),
        }
        header = {"alg": issuer.client_algorithm, "kid": issuer.client_key_id, "typ": "JWT"}
        key = _client_key(issuer)
        return jws.serialize_compact(header, strict_json.write(claims), key, [issuer.client_algorithm])


def _client_key(issuer: Issuer) -> RSAKey | ECKey | OKPKey:
    kinds: dict[str, Callable[[bytes], RSAKey | ECKey | OKPKey]] = {
        "ES256": ECKey.import_key,
        "Ed25519": OKPKey.import_key,
    }
    try:
        return kinds.get(issuer.client_algorithm, RSAKey.import_key)(issuer.client_key)
    except (JoseError, ValueError):
        raise SignInRefused("client_key") from None


def _check_binding(issuer: Issuer, claims: Claims, access: str) -> None:
    """Raise SignInRefused where the ID token is not bound to the access token beside it (OpenID Core s3.1.3.6)."""
    bound = claims.get("at_hash")
    if bound is None and not issuer.binds_tokens:
        return
    whole = (sha512 if issuer.algorithm == "Ed25519" else sha256)(access.encode()).digest()
    if bound != _encoded(whole[: len(whole) // 2]):
        raise SignInRefused("token_binding")


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
