"""What travels between agencies and hub: CloudEvents 1.0 attributes outside, a signed fact sealed to its reader inside.

Sign, then seal: the signature goes inside the seal (HPKE, RFC 9180, base mode), so the broker sees neither the fact,
its true type, nor anything it could test a guess against. The seal is bound to the attributes outside it.
"""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from contracts import signature
from contracts.errors import NotForUs, NotGenuine
from contracts.signature import Attributes, Signed, SigningKey
from contracts.signed_root import ProvedRoots
from contracts.trace_context import TRACE_HEADER, read_trace

SEALED_TYPE = "uk.childhub.sealed.v1"
BUNDLE_TYPE = "uk.childhub.bundle.v1"
CONTENT_TYPE = "application/vnd.childhub.sealed"
SPEC_VERSION = "1.0"
MAX_VALUE_BYTES = 1024 * 1024 + 8192
HEADER_NAMES = frozenset({"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", TRACE_HEADER})
_LABELS = {SEALED_TYPE: b"childhub/seal/v1", BUNDLE_TYPE: b"childhub/bundle/v1"}
_SOURCE = r"urn:childhub:[!-~]{1,200}"
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2199

PrivateKey = X25519PrivateKey | MLKEM768X25519PrivateKey
PublicKey = X25519PublicKey | MLKEM768X25519PublicKey


class Cipher(Enum):
    """The two suites: classical, and hybrid with ML-KEM-768 for records that outlive today's ciphers."""

    X25519 = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    MLKEM768_X25519 = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A message as the bus carries it: header names and values (text), and the sealed value."""

    headers: tuple[tuple[str, str], ...]
    value: bytes

    def header(self, name: str) -> str | None:
        """The value of a header; None when absent."""
        return next((value for key, value in self.headers if key == name), None)

    def may_travel(self) -> bool:
        """Whether its headers are among those allowed, and a trace that it names is a trace and nothing else."""
        traces = [value for name, value in self.headers if name == TRACE_HEADER]
        return all(name in HEADER_NAMES for name, _ in self.headers) and all(read_trace(each) for each in traces)


def seal(
    body: bytes, attributes: Attributes, key: SigningKey, recipient: PublicKey, outside: UUID | None = None
) -> Sealed:
    """`body` signed by `key` under `attributes` and sealed to `recipient`, ready for the topic it names.

    `outside` is the id that the bus sees in place of the event's own, which a stranger who knows the record's number
    could work out; the true id is bound by the signature inside.
    """
    return seal_signed(signature.sign(body, attributes, key), attributes, recipient, outside or attributes.id)


def seal_signed(signed: Signed, attributes: Attributes, recipient: PublicKey, outside: UUID) -> Sealed:
    """What was signed under these attributes, sealed to `recipient` by itself."""
    return locked(SEALED_TYPE, pack(signed), attributes, recipient, outside)


def unseal(
    sealed: Sealed, topic: str, private: PrivateKey, keys_of: Mapping[str, Mapping[str, Ed25519PublicKey]]
) -> tuple[Attributes, Signed]:
    """What was signed and under which attributes, proved to be stated by the source that the message names.

    `keys_of` holds the pinned keys of each source. Raises NotForUs (seal_context, seal_open), NotGenuine (sig_*,
    source_unknown, source_forged, topic_forged, time_forged).
    """
    signed = open_seal(sealed, topic, private)
    return prove(signed, sealed, topic, keys_of), signed


def prove(
    signed: Signed,
    sealed: Sealed,
    topic: str,
    keys_of: Mapping[str, Mapping[str, Ed25519PublicKey]],
    proved: ProvedRoots | None = None,
) -> Attributes:
    """The attributes under which the source that the message names signed what was inside it. Raises NotGenuine.

    `proved` as for signature.verify.
    """
    source = sealed.header("ce_source") or ""
    keys = keys_of.get(source)
    if keys is None:
        raise NotGenuine("source_unknown")
    attributes = signature.verify(signed, keys, proved)
    if attributes.source != source:
        raise NotGenuine("source_forged")
    if attributes.topic != topic:
        raise NotGenuine("topic_forged")
    if _written(attributes.time) != sealed.header("ce_time"):
        raise NotGenuine("time_forged")
    return attributes


def open_seal(sealed: Sealed, topic: str, private: PrivateKey) -> Signed:
    """The signed bytes inside, not yet proved. Raises NotForUs, also for a bundle (seal_context)."""
    return unpack(unlocked(sealed, topic, private, SEALED_TYPE))


def locked(kind: str, packed: bytes, attributes: Attributes, recipient: PublicKey, outside: UUID) -> Sealed:
    """A message of that kind (SEALED_TYPE, BUNDLE_TYPE) that holds these bytes, bound to what stands outside."""
    binding = binding_of(kind, str(outside), attributes.source, attributes.topic)
    value = suite_of(recipient).encrypt(packed, recipient, binding)
    return Sealed(_headers(kind, str(outside), attributes), value)


def unlocked(sealed: Sealed, topic: str, private: PrivateKey, kind: str) -> bytes:
    """What a message of that kind holds. Raises NotForUs, also for a message of another kind (seal_context)."""
    source, event_id = context_of(sealed, kind)
    if len(sealed.value) > MAX_VALUE_BYTES:
        raise NotForUs("too_big")
    try:
        return suite_of(private).decrypt(sealed.value, private, info=binding_of(kind, event_id, source, topic))
    except (InvalidTag, ValueError):
        raise NotForUs("seal_open") from None


def pack(signed: Signed) -> bytes:
    """The signature and the body as one string of bytes: four bytes of length, the JWS, the body."""
    jws = signed.jws.encode("ascii")
    return struct.pack(">I", len(jws)) + jws + signed.body


def unpack(packed: bytes) -> Signed:
    """The inverse of `pack`. Raises NotForUs."""
    if len(packed) < 4:
        raise NotForUs("seal_form")
    (length,) = struct.unpack(">I", packed[:4])
    if length > len(packed) - 4:
        raise NotForUs("seal_form")
    try:
        return Signed(jws=packed[4 : 4 + length].decode("ascii"), body=packed[4 + length :])
    except UnicodeDecodeError:
        raise NotForUs("seal_form") from None


def _headers(kind: str, shown: str, attributes: Attributes) -> tuple[tuple[str, str], ...]:
    return (
        ("ce_specversion", SPEC_VERSION),
        ("ce_id", shown),
        ("ce_source", attributes.source),
        ("ce_type", kind),
        ("ce_time", _written(attributes.time)),
        ("content-type", CONTENT_TYPE),
    )


def context_of(sealed: Sealed, kind: str) -> tuple[str, str]:
    """Source and id of a message of that kind, after checking that its headers are exactly those that we allow.

    Raises NotForUs (pii_in_context, specversion, seal_context).
    """
    names = [name for name, _ in sealed.headers]
    if len(set(names)) != len(names) or not set(names) <= HEADER_NAMES:
        raise NotForUs("pii_in_context")
    source, event_id, time = sealed.header("ce_source"), sealed.header("ce_id"), sealed.header("ce_time")
    if sealed.header("ce_specversion") != SPEC_VERSION:
        raise NotForUs("specversion")
    if source is None or event_id is None or time is None or sealed.header("ce_type") != kind:
        raise NotForUs("seal_context")
    if sealed.header("content-type") != CONTENT_TYPE or not _is_time(time) or not _is_uuid(event_id):
        raise NotForUs("seal_context")
    if not re.fullmatch(_SOURCE, source):
        raise NotForUs("seal_context")
    return source, event_id


def _written(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_time(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text):
        return False
    try:
        return _EARLIEST_YEAR <= datetime.fromisoformat(text).year <= _LATEST_YEAR
    except ValueError:
        return False


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def binding_of(kind: str, event_id: str, source: str, topic: str) -> bytes:
    """The bytes that bind a seal to what stands outside it."""
    return b"\x00".join((_LABELS[kind], event_id.encode(), source.encode(), topic.encode()))


def suite_of(key: PrivateKey | PublicKey) -> Suite:
    """The suite that a key is of."""
    classical = isinstance(key, X25519PrivateKey | X25519PublicKey)
    return Cipher.X25519.value if classical else Cipher.MLKEM768_X25519.value
