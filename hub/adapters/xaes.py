"""XAES-256-GCM (C2SP XAES-256-GCM): AES-256-GCM under a key drawn for each record from a 24-byte random nonce.

A random nonce of 12 bytes is safe for some four thousand million records under one key; one of 24 has no such limit.
It is made of AES-256, CMAC and GCM alone (the drawing is NIST SP 800-108r1 s.4.1, with CMAC).
"""

from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.cmac import CMAC

KEY_BYTES = 32
NONCE_BYTES = 24
_FIRST_HALF, _SECOND_HALF = b"\x00\x01X\x00", b"\x00\x02X\x00"


class Xaes256Gcm:
    """The cipher under one 32-byte key. `encrypt` and `decrypt` take a nonce of 24 bytes."""

    __slots__ = ("_begun",)

    def __init__(self, key: bytes) -> None:
        """Hold the key. Raises ValueError when it is not 32 bytes."""
        if len(key) != KEY_BYTES:
            raise ValueError("an XAES-256-GCM key has 32 bytes")
        # Begun once and copied for each half: setting the key up anew costs ten times as much as drawing with it.
        self._begun = CMAC(algorithms.AES(key))

    def encrypt(self, nonce: bytes, plaintext: bytes, bound: bytes) -> bytes:
        """The ciphertext and its tag (16 bytes more than the plaintext)."""
        return self._drawn(nonce).encrypt(nonce[12:], plaintext, bound)

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """The plaintext. Raises InvalidTag."""
        return self._drawn(nonce).decrypt(nonce[12:], sealed, bound)

    def _drawn(self, nonce: bytes) -> AESGCM:
        if len(nonce) != NONCE_BYTES:
            raise ValueError("an XAES-256-GCM nonce has 24 bytes")
        return AESGCM(self._half(_FIRST_HALF + nonce[:12]) + self._half(_SECOND_HALF + nonce[:12]))

    def _half(self, block: bytes) -> bytes:
        half = self._begun.copy()
        half.update(block)
        return half.finalize()
