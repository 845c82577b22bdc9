"""Detached JSON Web Signatures over exact bytes (RFC 7515 appendix F, RFC 7797, RFC 8037; alg per RFC 9864).

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

ALGORITHM = "Ed25519"
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
    header = strict_json.write(
        {
            "alg": ALGORITHM,
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
    protected = _encode(header)
    signature = key.private.sign(protected + b"." + body)
    return Signed(jws=(protected + b".." + _encode(signature)).decode("ascii"), body=body)


def verify(signed: Signed, keys: Mapping[str, Ed25519PublicKey]) -> Attributes:
    """The attributes under which the holder of one of `keys` (key id to public key) signed exactly these bytes.

    Raises NotGenuine with a code: sig_form, sig_header, sig_algorithm, sig_key, sig_bytes.
    """
    parts = signed.jws.split("..")
    if len(parts) != 2:
        raise NotGenuine("sig_form")
    header = _header(parts[0])
    key = keys.get(_text(header, "kid"))
    if key is None:
        raise NotGenuine("sig_key")
    try:
        key.verify(_decode(parts[1]), parts[0].encode("ascii") + b"." + signed.body)
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
    if header["alg"] != ALGORITHM:
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
