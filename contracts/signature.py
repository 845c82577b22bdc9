"""Detached JSON Web Signatures over exact bytes (RFC 7515 appendix F, RFC 7797, RFC 8037; alg per RFC 9864).

Statements made together may be signed together (`alg` TOGETHER, a name of our own): see signed_root. What is verified
is the same, and each statement is proved alone.

The protected header binds the CloudEvents attributes, so a genuine statement cannot be shown under another name,
from another source or on another agency's topic.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from contracts import strict_json
from contracts.errors import NotGenuine, NotReadable
from contracts.signed_root import ProvedRoots, sign_root, verify_root

ALGORITHM = "Ed25519"
TOGETHER = "Ed25519-RFC6962"
_FIELDS = {"alg", "kid", "b64", "crit", "typ", "top", "src", "eid", "ety", "iat", "seq"}
_SEQUENCE = r"([0-9a-f]{8}\.[1-9][0-9]{0,14})?"
_TYPE = "childhub-event+jws"
_MAX_HEADER = 4096


@dataclass(frozen=True, slots=True)
class Attributes:
    """The CloudEvents 1.0 attributes that the signature binds. `time` is when it was signed (UTC, whole seconds).

    `sequence` is `epoch.number`, eight hex digits and a whole number from 1: its sender's count of what it published,
    so that a gap can be told from silence; empty where nothing is counted.
    """

    id: UUID
    source: str
    type: str
    topic: str
    time: datetime
    sequence: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a time without its zone: the machine's own zone would be guessed."""
        if self.time.tzinfo is None:
            raise ValueError("the time has no zone")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key and the name under which its public half is pinned."""

    key_id: str
    private: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Signed:
    """Exact bytes and the detached signature over them (`header..signature`)."""

    jws: str
    body: bytes


def sign(body: bytes, attributes: Attributes, key: SigningKey) -> Signed:
    """`body` signed under `attributes` (Ed25519; `b64` false)."""
    protected = _protected(ALGORITHM, attributes, key)
    return _signed(protected, key.private.sign(protected + b"." + body), body)


def sign_together(statements: tuple[tuple[bytes, Attributes], ...], key: SigningKey) -> tuple[Signed, ...]:
    """Each body signed under its attributes, by one signature over all. Raises ValueError: none, or more than MOST."""
    protected = [_protected(TOGETHER, attributes, key) for _, attributes in statements]
    bodies = [body for body, _ in statements]
    signatures = sign_root([b".".join(pair) for pair in zip(protected, bodies, strict=True)], key.private)
    return tuple(_signed(*parts) for parts in zip(protected, signatures, bodies, strict=True))


def _protected(algorithm: str, attributes: Attributes, key: SigningKey) -> bytes:
    header = strict_json.write(
        {
            "alg": algorithm,
            "kid": key.key_id,
            "b64": False,
            "crit": ["b64"],
            "typ": _TYPE,
            "top": attributes.topic,
            "src": attributes.source,
            "eid": str(attributes.id),
            "ety": attributes.type,
            "iat": int(attributes.time.timestamp()),
            "seq": attributes.sequence,
        }
    )
    return _encode(header)


def _signed(protected: bytes, signature: bytes, body: bytes) -> Signed:
    return Signed(jws=(protected + b".." + _encode(signature)).decode("ascii"), body=body)


def verify(signed: Signed, keys: Mapping[str, Ed25519PublicKey], proved: ProvedRoots | None = None) -> Attributes:
    """The attributes under which the holder of one of `keys` (key id to public key) signed exactly these bytes.

    `proved` remembers the roots of statements that were signed together, so that each root is verified once.
    Raises NotGenuine with a code: sig_form, sig_header, sig_algorithm, sig_key, sig_path, sig_bytes.
    """
    parts = signed.jws.split("..")
    if len(parts) != 2:
        raise NotGenuine("sig_form")
    header = _header(parts[0])
    key = keys.get(_text(header, "kid"))
    if key is None:
        raise NotGenuine("sig_key")
    statement = parts[0].encode("ascii") + b"." + signed.body
    if header["alg"] == TOGETHER:
        verify_root(statement, _decode(parts[1]), key, proved or ProvedRoots())
        return _attributes(header)
    try:
        key.verify(_decode(parts[1]), statement)
    except InvalidSignature:
        raise NotGenuine("sig_bytes") from None
    return _attributes(header)


def claimed(jws: str) -> Attributes:
    """What the header claims, unproved: good for naming the sender of something set aside. Raises NotGenuine."""
    return _attributes(_header(jws.split("..", maxsplit=1)[0]))


def _header(protected: str) -> dict[str, strict_json.Json]:
    if len(protected) > _MAX_HEADER:
        raise NotGenuine("sig_form")
    try:
        header = strict_json.read(_decode(protected))
    except NotReadable:
        raise NotGenuine("sig_header") from None
    if not isinstance(header, dict) or set(header) != _FIELDS:
        raise NotGenuine("sig_header")
    if header["alg"] not in (ALGORITHM, TOGETHER):
        raise NotGenuine("sig_algorithm")
    if header["b64"] is not False or header["crit"] != ["b64"] or header["typ"] != _TYPE:
        raise NotGenuine("sig_header")
    return header


def _attributes(header: Mapping[str, strict_json.Json]) -> Attributes:
    issued = header["iat"]
    if not isinstance(issued, int) or isinstance(issued, bool) or not 0 <= issued < 2**33:
        raise NotGenuine("sig_header")
    try:
        event_id = UUID(_text(header, "eid"))
    except ValueError:
        raise NotGenuine("sig_header") from None
    if str(event_id) != header["eid"]:
        raise NotGenuine("sig_header")
    return Attributes(
        id=event_id,
        source=_text(header, "src"),
        type=_text(header, "ety"),
        topic=_text(header, "top"),
        time=datetime.fromtimestamp(issued, tz=UTC),
        sequence=_sequence(header["seq"]),
    )


def _sequence(value: strict_json.Json) -> str:
    if not isinstance(value, str) or not re.fullmatch(_SEQUENCE, value):
        raise NotGenuine("sig_header")
    return value


def _text(header: Mapping[str, strict_json.Json], name: str) -> str:
    value = header[name]
    if not isinstance(value, str) or not value:
        raise NotGenuine("sig_header")
    return value


def _encode(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _decode(text: str) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotGenuine("sig_form") from None
    if _encode(raw).decode("ascii") != text:
        raise NotGenuine("sig_form")
    return raw
