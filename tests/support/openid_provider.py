"""A small OpenID provider on this machine, for tests alone, that misbehaves in one way when told to."""

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

from contracts.strict_json import Json
from tests.support.openid_wrong import Wrong

CLIENT = "hub-of-the-tests"
SECRET = "tests alone"
Claims = dict[str, Json]


def new_key() -> RSAKey:
    """A fresh key of 2048 bits."""
    return RSAKey.generate_key(2048)


@cache
def first_key() -> RSAKey:
    """The key that every provider of a run begins with."""
    return new_key()


@dataclass
class Provider:
    """What it will say next. `claims` are added to those of its own; `now` is its clock."""

    address: str
    now: Callable[[], datetime] = lambda: datetime.now(tz=UTC)
    wrong: Wrong | None = None
    subject: str = "staff-1"
    claims: Claims = field(default_factory=dict)
    key_id: str = "key-1"
    keys: dict[str, RSAKey] = field(default_factory=lambda: {"key-1": first_key()})
    withdrawn: set[str] = field(default_factory=set)
    asked_for_keys: int = 0
    away: bool = False
    last_token: str = ""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _made: int = 0

    def listed(self, name: str = "trust", agencies: str = '"health"', more: str = "") -> str:
        """The provider as an entry of the allow-list; its secret lies beside the file."""
        return f"""[[issuer]]
name = "{name}"
title = "An invented trust"
issuer = "{self.address}"
client_id = "{CLIENT}"
agencies = [{agencies}]
algorithm = "RS256"
authorization_endpoint = "{self.address}/authorize"
token_endpoint = "{self.address}/token"
jwks_uri = "{self.address}/keys"
client_secret_file = "client-secret"
{more}
"""

    def list_in(self, folder: Path, name: str = "trust", agencies: str = '"health"', more: str = "") -> Path:
        """The file with this provider alone on it."""
        secret = folder / "client-secret"
        secret.write_text(SECRET)
        secret.chmod(0o600)
        path = folder / "issuers.toml"
        path.write_text(self.listed(name, agencies, more))
        return path

    def authorize(self, address: str) -> str:
        """Where a browser that asks for that address is sent back to: somebody signed in there."""
        asked = dict(parse_qsl(urlsplit(address).query))
        self._made += 1
        code = f"code-{self._made}"
        self._codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.address}
        match self.wrong:
            case Wrong.OTHER_ANSWERS:
                answer["iss"] = "https://another.example"
            case Wrong.NAMELESS:
                del answer["iss"]
            case Wrong.STATE:
                answer["state"] = "of-another-trip"
            case Wrong.NO_STATE:
                del answer["state"]
            case Wrong.DENIED:
                answer = {"error": "access_denied", "state": asked["state"], "iss": self.address}
            case Wrong.REPLAYED:
                self._codes.pop(code)
            case _:
                pass
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str]) -> bytes | None:
        """The answer to a code, once, for whoever proves to be its client and to have begun; None refuses."""
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        challenge = _text(sha256(form.get("code_verifier", "").encode()).digest())
        proved = "client_assertion" in form or form.get("client_secret") == SECRET
        if not proved or asked.get("code_challenge_method") != "S256" or challenge != asked["code_challenge"]:
            return None
        access = "an-access-token"
        self.last_token = self.signed(self._said(asked, access))
        answer = {"token_type": "Bearer", "access_token": access, "id_token": self.last_token}
        if self.wrong is Wrong.NO_ACCESS:
            del answer["access_token"]
        return json.dumps(answer).encode()

    def logout_token(self, **more: Json) -> str:
        """A logout token; a member given as None is left out."""
        at = int(self.now().timestamp())
        self._made += 1
        said: Claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": at,
            "exp": at + 120,
            "jti": f"logout-{self._made}",
            "sub": self.subject,
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            **more,
        }
        return self.signed({name: value for name, value in said.items() if value is not None}, "logout+jwt")

    def signed(self, claims: Claims, kind: str = "JWT") -> str:
        """The claims as a token, signed as told."""
        header: dict[str, Json] = {"alg": "RS256", "kid": self.key_id, "typ": kind}
        key, payload = self.keys[self.key_id], json.dumps(claims).encode()
        match self.wrong:
            case Wrong.KEY:
                key = new_key()
            case Wrong.UNKNOWN_KEY:
                header, key = {**header, "kid": "key-of-nobody"}, new_key()
            case Wrong.TWICE:
                payload = payload[:-1] + b', "sub": "staff-2"}'
            case _:
                return self._forged(header, payload, key) or jws.serialize_compact(header, payload, key, ["RS256"])
        return jws.serialize_compact(header, payload, key, ["RS256"])

    def _forged(self, header: dict[str, Json], payload: bytes, key: RSAKey) -> str:
        """A token that nobody signed as it says, where that was ordered."""
        match self.wrong:
            case Wrong.NO_ALGORITHM:
                return f"{_part({**header, 'alg': 'none'})}.{_text(payload)}."
            case Wrong.SHARED_SECRET:
                start = f"{_part({**header, 'alg': 'HS256'})}.{_text(payload)}"
                return f"{start}.{_text(hmac.digest(key.as_pem(private=False), start.encode(), sha256))}"
            case Wrong.OTHER_ALGORITHM:
                return jws.serialize_compact({**header, "alg": "RS512"}, payload, key, ["RS512"])
            case Wrong.KEY_INSIDE:
                own = new_key()
                inside: dict[str, Json] = {name: str(value) for name, value in own.as_dict(private=False).items()}
                return jws.serialize_compact({**header, "jwk": inside}, payload, own, ["RS256"])
            case Wrong.BIT:
                first, _, last = jws.serialize_compact(header, payload, key, ["RS256"]).split(".")
                return f"{first}.{_text(payload.replace(b'staff-1', b'staff-2'))}.{last}"
            case _:
                return ""

    def published(self) -> bytes:
        """Its public keys."""
        self.asked_for_keys += 1
        keys = [
            {**key.as_dict(private=False), "kid": name, "use": "sig"}
            for name, key in self.keys.items()
            if name not in self.withdrawn
        ]
        return json.dumps({"keys": keys}).encode()

    def _said(self, asked: dict[str, str], access: str) -> Claims:
        at = int(self.now().timestamp())
        bound = _text(sha256(access.encode()).digest()[:16])
        said: Claims = {
            "iss": self.address,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": at,
            "exp": at + 300,
            "auth_time": at,
            "nonce": asked["nonce"],
            "at_hash": bound,
            **self.claims,
        }
        return self._spoilt(said, at)

    def _spoilt(self, said: Claims, at: int) -> Claims:
        changes: dict[Wrong, Claims] = {
            Wrong.AUDIENCE: {"aud": "another-client"},
            Wrong.AUDIENCES: {"aud": [CLIENT, "another-client"]},
            Wrong.PARTY: {"azp": "another-client"},
            Wrong.NONCE: {"nonce": "of-another-trip"},
            Wrong.NO_NONCE: {"nonce": None},
            Wrong.ISSUER: {"iss": "https://another.example"},
            Wrong.EXPIRED: {"exp": at - 61},
            Wrong.NOT_YET: {"nbf": at + 3600},
            Wrong.OLD: {"iat": at - 3600, "exp": at + 3600},
            Wrong.NO_SUBJECT: {"sub": None},
            Wrong.NO_BINDING: {"at_hash": None},
            Wrong.BINDING: {"at_hash": _text(bytes(16))},
        }
        changed = {**said, **(changes.get(self.wrong, {}) if self.wrong is not None else {})}
        return {name: value for name, value in changed.items() if value is not None}


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _part(value: dict[str, Json]) -> str:
    return _text(json.dumps(value).encode())
