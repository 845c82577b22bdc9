"""The allow-list of issuers, a TOML file that whoever runs the hub writes; see docs/sign-in.md."""

import re
import tomllib
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub.domain.issuer import Issuer

SourceOf = Callable[[str], str | None]


class NotIssuers(Exception):
    """The file is no allow-list of issuers; the message is a code and perhaps a field of ours."""


class _Written(BaseModel):
    """One [[issuer]] of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    title: str = Field(min_length=1, max_length=80)
    issuer: str
    client_id: str = Field(min_length=1, max_length=200)
    agencies: tuple[str, ...] = Field(min_length=1)
    algorithm: Literal["RS256", "PS256", "ES256", "Ed25519"]
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    other_hosts: tuple[str, ...] = ()
    client_secret_file: str = ""
    client_key_file: str = ""
    client_key_id: str = ""
    client_algorithm: Literal["RS256", "PS256", "ES256", "Ed25519"] = "RS256"
    acr_values: str = ""
    step_up_acr: tuple[str, ...] = ()
    scope: str = "openid"
    subject_claim: str = Field(default="sub", pattern=r"^[a-z_]{1,40}$")
    required_claims: dict[str, str] = Field(default_factory=dict)
    sends_iss: bool = True
    sends_at_hash: bool = True


class _File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    issuer: tuple[_Written, ...] = Field(max_length=50)


class IssuersFile:
    """See openid_port.Issuers. The file is looked at each time, so that who is taken off it is off at once."""

    def __init__(self, path: Path, source_of: SourceOf) -> None:
        """`source_of`: an agency's source, by its name."""
        self._path = path
        self._source_of = source_of
        self._seen: tuple[int, int, int] | None = None
        self._issuers: tuple[Issuer, ...] = ()

    def now(self) -> tuple[Issuer, ...]:
        """See openid_port.Issuers."""
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._issuers, self._seen = read_issuers(self._path, self._source_of), seen
        except (OSError, NotIssuers):
            self._issuers, self._seen = (), None
        return self._issuers


def read_issuers(path: Path, source_of: SourceOf) -> tuple[Issuer, ...]:
    """The issuers in the file. Raises NotIssuers, OSError."""
    try:
        written = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as refused:
        place = ".".join(str(part) for part in refused.errors(include_input=False)[0]["loc"][:3])
        raise NotIssuers(f"field {place}") from None
    except ValueError:
        raise NotIssuers("not_toml") from None
    found = tuple(_issuer(one, path.parent, source_of) for one in written.issuer)
    if len({one.name for one in found}) != len(found) or len({one.issuer for one in found}) != len(found):
        raise NotIssuers("twice")
    return found


def _issuer(one: _Written, beside: Path, source_of: SourceOf) -> Issuer:
    _check_addresses(one)
    sources = frozenset(source_of(name) or "" for name in one.agencies)
    if "" in sources:
        raise NotIssuers("agencies")
    if bool(one.client_secret_file) == bool(one.client_key_file) or bool(one.client_key_file) != bool(
        one.client_key_id
    ):
        raise NotIssuers("client_secret_file or client_key_file with client_key_id")
    return Issuer(
        name=one.name,
        title=one.title,
        issuer=one.issuer,
        client_id=one.client_id,
        sources=sources,
        algorithm=one.algorithm,
        authorize=one.authorization_endpoint,
        token=one.token_endpoint,
        keys=one.jwks_uri,
        client_secret=_secret(beside, one.client_secret_file).decode("ascii", "strict").strip(),
        client_key=_secret(beside, one.client_key_file),
        client_key_id=one.client_key_id,
        client_algorithm=one.client_algorithm,
        ask_for=one.acr_values,
        step_up=one.step_up_acr,
        scope=one.scope,
        subject_claim=one.subject_claim,
        must_say=one.required_claims,
        names_itself=one.sends_iss,
        binds_tokens=one.sends_at_hash,
    )


def _secret(beside: Path, name: str) -> bytes:
    if not name:
        return b""
    path = beside / name
    if path.stat().st_mode & 0o007:
        raise NotIssuers("a secret that others may read")
    return path.read_bytes()


def _check_addresses(one: _Written) -> None:
    """Raise NotIssuers unless all is on the issuer's host (or those named besides), by https or on this machine."""
    home = urlsplit(one.issuer)
    hosts = {home.netloc, *one.other_hosts}
    for address in (one.issuer, one.authorization_endpoint, one.token_endpoint, one.jwks_uri):
        parts = urlsplit(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
        if not safe or parts.netloc not in hosts or not re.fullmatch(r"[\x21-\x7e]{1,500}", address):
            raise NotIssuers("address")
        if "@" in parts.netloc or parts.fragment:
            raise NotIssuers("address")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
