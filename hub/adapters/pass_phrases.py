"""Pass phrases, hashed with scrypt (RFC 7914; N 2**14, r 8, p 1)."""

import hashlib
import hmac
import secrets

from contracts.base64_text import from_text, to_text

_COST = 2**14


class ScryptPhrases:
    """See application.enrol.PassPhrases."""

    def hashed(self, phrase: str) -> str:
        """See application.enrol.PassPhrases."""
        salt = secrets.token_bytes(16)
        return f"scrypt${to_text(salt)}${to_text(_scrypt(phrase, salt))}"

    def matches(self, phrase: str, hashed: str) -> bool:
        """See application.enrol.PassPhrases."""
        _, salt, expected = hashed.split("$")
        return hmac.compare_digest(_scrypt(phrase, from_text(salt)), from_text(expected))


def _scrypt(phrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(phrase.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32)
