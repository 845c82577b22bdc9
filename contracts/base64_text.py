"""Bytes written as text in a fact or a file of keys (RFC 4648 section 4): one spelling for each value."""

import base64
import binascii

from contracts.errors import NotOfShape


def to_text(raw: bytes) -> str:
    """The bytes, with padding."""
    return base64.b64encode(raw).decode("ascii")


def from_text(text: str) -> bytes:
    """The bytes that were written so. Raises NotOfShape unless `to_text` writes them just as they stand here."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotOfShape("base64") from None
    if to_text(raw) != text:  # spare bits in the last character would give one key two spellings
        raise NotOfShape("base64")
    return raw
