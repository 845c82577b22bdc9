"""The small encodings that notes, proofs and checkpoints share, each with one spelling per value. Pure."""

import base64
import binascii
import re

from audit.errors import Malformed

MAX_NUMBER = 2**63 - 1
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


def to_base64(raw: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes. Raises Malformed unless this is the one canonical spelling of them."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64") from error
    # Spare bits in the last character would give one value two spellings.
    if to_base64(raw) != text:
        raise Malformed("not canonical base64")
    return raw


def from_hash(text: str) -> bytes:
    """The 32 bytes of a base64 hash. Raises Malformed."""
    raw = from_base64(text)
    if len(raw) != 32:
        raise Malformed("a hash is not 32 bytes long")
    return raw


def from_number(text: str) -> int:
    """A number written in ASCII decimal without leading zeroes, below 2**63. Raises Malformed."""
    if _NUMBER.fullmatch(text) is None or int(text) > MAX_NUMBER:
        raise Malformed("not a plain decimal number")
    return int(text)
