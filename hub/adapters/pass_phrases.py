"""Pass phrases, hashed with scrypt (RFC 7914; N 2**14, r 8, p 1)."""

import base64
import hashlib
import hmac
import secrets

_COST = 2**14


class ScryptPhrases:
    """See application.enrol.PassPhrases."""

    def hashed(self, phrase: str) -> str:
        """See application.enrol.PassPhrases."""
        salt = secrets.token_bytes(16)
        return f"scrypt${_text(salt)}${_text(_scrypt(phrase, salt))}"

    def matches(self, phrase: str, hashed: str) -> bool:
        """See application.enrol.PassPhrases."""
        _, salt, expected = hashed.split("$")
        return hmac.compare_digest(_scrypt(phrase, base64.b64decode(salt)), base64.b64decode(expected))


def _scrypt(phrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(phrase.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
