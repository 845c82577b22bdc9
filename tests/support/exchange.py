"""Keys, attributes and addresses of an invented exchange: the same in every run, so that a failure can be repeated."""

from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from contracts.envelope import PrivateKey
from contracts.signature import Attributes, SigningKey

POLICE = "urn:childhub:agency:northmoor-police"
SCHOOL = "urn:childhub:agency:meadow-lane"
TOPIC = "in.police.v1"
EVENT_ID = UUID("0c6a4cf2-2f0e-5b60-9f55-0d2a7e5b0a11")
SIGNED_AT = datetime(2025, 11, 3, 5, 50, 12, tzinfo=UTC)
BODY = '{"about":"child","said":"Zoë 🙂"}'.encode()


def signing_key(key_id: str = "northmoor-police-2025-1", seed: int = 1) -> SigningKey:
    """A signing key made from a small number; never for use outside a test."""
    return SigningKey(key_id=key_id, private=Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def pinned(*keys: SigningKey) -> dict[str, Ed25519PublicKey]:
    """The public halves, by key id."""
    return {key.key_id: key.private.public_key() for key in keys}


def attributes(
    *,
    event_id: UUID = EVENT_ID,
    source: str = POLICE,
    topic: str = TOPIC,
    time: datetime = SIGNED_AT,
    wire_type: str = "uk.childhub.domestic_abuse.notified.v1",
) -> Attributes:
    """What the police state about their message, unless a test says otherwise."""
    return Attributes(id=event_id, source=source, type=wire_type, topic=topic, time=time)


def reading_keys() -> tuple[PrivateKey, PrivateKey]:
    """A hub's private key in each suite: classical, and hybrid with ML-KEM."""
    hybrid = MLKEM768X25519PrivateKey(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())
    return X25519PrivateKey.generate(), hybrid
