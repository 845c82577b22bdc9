"""A second signature that a quantum computer cannot forge: ML-DSA-44 over a checkpoint (FIPS 204).

Source: C2SP tlog-cosignature, the ML-DSA-44 signed message (type 0x06), with the log as cosigner of its own tree. Its
time is zero: the log states no more than that the tree is consistent with all it signed.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from audit.checkpoint import Checkpoint, parse_text
from audit.encoding import MAX_NUMBER
from audit.errors import Malformed
from audit.note import SignatureLine, make_key, parse_vkey

SUBTREE = 0x06
_PUBLIC_BYTES, _SIGNATURE_BYTES = 1312, 2420
_LABEL = b"subtree/v1\n\x00"


class SubtreeSigner:
    """Signs checkpoints with an ML-DSA-44 key under a name; for a log, its origin."""

    def __init__(self, name: str, private_key: MLDSA44PrivateKey) -> None:
        self._private_key = private_key
        self.key = make_key(name, SUBTREE, private_key.public_key().public_bytes_raw())

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> "SubtreeSigner":
        """The signer whose key is made from 32 secret bytes."""
        return cls(name, MLDSA44PrivateKey.from_seed_bytes(seed))

    @property
    def vkey(self) -> str:
        """The key to give to verifiers."""
        return self.key.vkey

    def line(self, text: str) -> bytes:
        """The signature line over a checkpoint's text. Raises Malformed for a text that is no checkpoint."""
        message = _message(self.key.name, parse_text(text), 0)
        signature = bytes(8) + self._private_key.sign(message)
        return SignatureLine(self.key.name, self.key.key_id, signature).line.encode()


class SubtreeVerifier:
    """Checks the ML-DSA-44 signatures (type 0x06) of one key. Raises Malformed for another type of key."""

    def __init__(self, vkey: str) -> None:
        self.key = parse_vkey(vkey)
        if self.key.kind != SUBTREE or len(self.key.public_key) != _PUBLIC_BYTES:
            raise Malformed(f"a verifier key is not an ML-DSA-44 key of type {SUBTREE}")
        self._public_key = MLDSA44PublicKey.from_public_bytes(self.key.public_key)

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether time and signature (2,428 bytes) are this key's over the checkpoint's text."""
        at = int.from_bytes(signature[:8], "big")
        if len(signature) != 8 + _SIGNATURE_BYTES or at > MAX_NUMBER:
            return False
        try:
            self._public_key.verify(signature[8:], _message(self.key.name, parse_text(text), at))
        except (InvalidSignature, Malformed):
            return False
        return True


def _message(name: str, checkpoint: Checkpoint, at: int) -> bytes:
    tree = (0).to_bytes(8, "big") + checkpoint.size.to_bytes(8, "big") + checkpoint.root
    return _LABEL + _named(name) + at.to_bytes(8, "big") + _named(checkpoint.origin) + tree


def _named(name: str) -> bytes:
    raw = name.encode()
    if not 0 < len(raw) < 256:
        raise Malformed("a name is empty or longer than 255 bytes")
    return bytes([len(raw)]) + raw
