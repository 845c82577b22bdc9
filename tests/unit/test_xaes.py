"""Is the cipher of the records XAES-256-GCM as C2SP publishes it, byte for byte?"""

from hashlib import shake_128

import pytest
from cryptography.exceptions import InvalidTag

from hub.adapters.xaes import Xaes256Gcm

NONCE = b"ABCDEFGHIJKLMNOPQRSTUVWX"
PLAIN = b"XAES-256-GCM"


@pytest.mark.parametrize(
    ("key", "bound", "sealed"),
    [
        (b"\x01" * 32, b"", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
        (b"\x03" * 32, b"c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"),
    ],
    ids=["subkey not reduced", "subkey reduced"],
)
def test_the_published_vectors(key: bytes, bound: bytes, sealed: str) -> None:
    cipher = Xaes256Gcm(key)
    assert cipher.encrypt(NONCE, PLAIN, bound).hex() == sealed
    assert cipher.decrypt(NONCE, bytes.fromhex(sealed), bound) == PLAIN


def test_the_published_sum_of_ten_thousand_random_records() -> None:
    told = shake_128()
    stream = memoryview(shake_128().digest(10_000 * (32 + 24 + 1 + 255 + 1 + 255)))
    at = 0

    def take(count: int) -> bytes:
        nonlocal at
        at += count
        return bytes(stream[at - count : at])

    for _ in range(10_000):
        key, nonce = take(32), take(24)
        plain = take(take(1)[0])
        bound = take(take(1)[0])
        sealed = Xaes256Gcm(key).encrypt(nonce, plain, bound)
        assert Xaes256Gcm(key).decrypt(nonce, sealed, bound) == plain
        told.update(sealed)
    assert told.hexdigest(32) == "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939"


@pytest.mark.parametrize("size", [0, 12, 23, 25])
def test_a_nonce_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="24 bytes"):
        Xaes256Gcm(b"\x01" * 32).encrypt(bytes(size), PLAIN, b"")


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Xaes256Gcm(b"\x01" * 16)


def test_one_flipped_bit_opens_nothing() -> None:
    cipher = Xaes256Gcm(b"\x01" * 32)
    sealed = bytearray(cipher.encrypt(NONCE, PLAIN, b""))
    sealed[0] ^= 1
    with pytest.raises(InvalidTag):
        cipher.decrypt(NONCE, bytes(sealed), b"")
