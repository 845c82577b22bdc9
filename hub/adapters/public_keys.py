"""The hub's public keys, as an edge holds them: one JSON object that the hub prints and each edge is given."""

import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from contracts import strict_json
from contracts.base64_text import from_text, to_text
from contracts.errors import ContractError, NotOfShape
from contracts.strict_json import Json

FORM = "childhub-public-keys/1"
_FIELD = 2**255 - 19  # both curves are over the integers modulo this
# The heights of the eight points of edwards25519 whose order divides 8. Under one of them as its key, a signature that
# nobody made verifies: whoever enrolled it would have let everybody speak in that agency's name.
SMALL_ORDER_HEIGHTS = frozenset(
    {
        0,
        1,
        _FIELD - 1,
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    }
)


class NotPublicKeys(Exception):
    """What was read is not a hub's public keys; the message is a code."""


@dataclass(frozen=True, slots=True)
class HubKeys:
    """The key that proves the hub's statements, with its id; the key that is sealed to; the sealed log's vkey."""

    key_id: str
    signing: Ed25519PublicKey
    seal: X25519PublicKey
    log_key: str


def write_keys(keys: HubKeys) -> str:
    """The keys as one JSON object: raw 32-byte keys in base64."""
    held: dict[str, Json] = {
        "form": FORM,
        "key_id": keys.key_id,
        "public_key": to_text(keys.signing.public_bytes_raw()),
        "seal_key": to_text(keys.seal.public_bytes_raw()),
        "log_key": keys.log_key,
    }
    return json.dumps(held)


def read_keys(raw: bytes) -> HubKeys:
    """The keys that were written so. Raises NotPublicKeys."""
    try:
        held = strict_json.read(raw)
    except ContractError as refused:
        raise NotPublicKeys(refused.code) from None
    match held:
        case {
            "form": "childhub-public-keys/1",
            "key_id": str(key_id),
            "public_key": str(public_key),
            "seal_key": str(seal_key),
            "log_key": str(log_key),
            **rest,
        } if not rest:
            return HubKeys(key_id, signing_key_of(public_key), seal_key_of(seal_key), log_key)
        case _:
            raise NotPublicKeys("form")


def signing_key_of(text: str) -> Ed25519PublicKey:
    """The Ed25519 key with those raw bytes (base64; RFC 8032 s.5.1.3). Raises NotPublicKeys.

    That is `weak_key` where anybody can sign by it, or where it is written otherwise than the one way there is.
    """
    raw = _raw(text)
    height = int.from_bytes(raw, "little") & (2**255 - 1)  # the top bit says which of the two points of that height
    if height >= _FIELD or height in SMALL_ORDER_HEIGHTS:
        raise NotPublicKeys("weak_key")
    return Ed25519PublicKey.from_public_bytes(raw)


def seal_key_of(text: str) -> X25519PublicKey:
    """The X25519 key with those raw bytes (base64). Raises NotPublicKeys.

    That is `weak_key` for one of the few points that no secret can be shared with (RFC 7748 s.6.1): sealing to it fails
    and whoever answers many at once would be stopped by it. So it is for a key that is written
    otherwise than the one way there is.
    """
    raw = _raw(text)
    if int.from_bytes(raw, "little") >= _FIELD:
        raise NotPublicKeys("weak_key")
    key = X25519PublicKey.from_public_bytes(raw)
    try:
        X25519PrivateKey.generate().exchange(key)
    except ValueError:
        raise NotPublicKeys("weak_key") from None
    return key


def _raw(text: str) -> bytes:
    try:
        raw = from_text(text)
    except NotOfShape:
        raise NotPublicKeys("key_form") from None
    if len(raw) != 32:
        raise NotPublicKeys("key_form")
    return raw
