"""What stands in the log for a body: a salted commitment, so that an entry tells an outsider nothing.

Body: RFC 8785, restricted to a profile in which there is one way to write a value. Commitment: HMAC-SHA256 (RFC 2104)
under a random 32-byte salt that is kept beside the body and never in the log. Pure.
"""

import hmac
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from audit.encoding import from_base64, to_base64
from audit.errors import Malformed, OutsideProfile

SALT_BYTES = 32
MAX_BODY_BYTES = 65_536
MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32
_LABEL = b"hub-audit/v1\n"
_KEY = re.compile("[a-z][a-z0-9_]*")
# The last character of a 32-byte value carries four bits: only sixteen characters are canonical there.
_ENTRY = re.compile(
    rb'\{"c":"([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)","i":(0|[1-9][0-9]{0,15}),"t":(0|[1-9][0-9]{0,15}),"v":1\}'
)
_FIXED_BYTES = len(b'{"c":"","i":,"t":,"v":1}') + 44


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry taken apart: its index, its time in microseconds since 1970 UTC, its 32-byte commitment."""

    index: int
    at_us: int
    commitment: bytes


def body_bytes(body: Mapping[str, object]) -> bytes:
    """The one way to write a body: UTF-8, sorted keys, at most 65,536 bytes.

    Keys are `[a-z][a-z0-9_]*`; values are strings (NFC), whole numbers up to 2**53-1 either way, true, false, arrays
    and objects. Raises OutsideProfile for anything else, naming the place and never the value.
    """
    _check(body, "body", 0)
    written = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if len(written) > MAX_BODY_BYTES:
        raise OutsideProfile(f"the body is longer than {MAX_BODY_BYTES} bytes")
    return written


def commit(salt: bytes, body: bytes) -> bytes:
    """The 32-byte commitment to a body under a salt. Raises Malformed unless the salt is exactly 32 bytes."""
    # HMAC pads short keys with zeroes: another length would let two salts give one value.
    if len(salt) != SALT_BYTES:
        raise Malformed(f"a salt is not {SALT_BYTES} bytes long")
    return hmac.digest(salt, _LABEL + body, "sha256")


def entry(index: int, at_us: int, commitment: bytes) -> bytes:
    """The bytes of an entry; time in microseconds since 1970, UTC. Raises Malformed for a value out of range."""
    if not 0 <= index <= MAX_INTEGER or not 0 <= at_us <= MAX_INTEGER or len(commitment) != sha256().digest_size:
        raise Malformed("an entry's index, time or commitment is out of range")
    return f'{{"c":"{to_base64(commitment)}","i":{index},"t":{at_us},"v":1}}'.encode()


def parse_entry(raw: bytes) -> Entry:
    """The entry in these bytes. Raises Malformed unless they are exactly as `entry` writes them."""
    found = _ENTRY.fullmatch(raw)
    if found is None:
        raise Malformed("not an entry of version 1")
    index, at_us = int(found[2]), int(found[3])
    if index > MAX_INTEGER or at_us > MAX_INTEGER:
        raise Malformed("an entry's index or time is out of range")
    return Entry(index, at_us, from_base64(found[1].decode()))


def order_of(raw: bytes) -> tuple[int, int] | None:
    """Index and time of an entry, or None when the bytes are not one."""
    found = _ENTRY.fullmatch(raw)
    if found is None or (index := int(found[2])) > MAX_INTEGER or (at_us := int(found[3])) > MAX_INTEGER:
        return None
    return index, at_us


def times_in_order(entries: Sequence[bytes], first: int, last_at_us: int) -> int | None:
    """The last time, when all are entries that bear the indices from `first` on and no time goes back; else None.

    The same question as `order_of`, asked of a whole bundle at once: a verifier asks it a million times.
    """
    found = _ENTRY.findall(b"".join(entries))
    # Where the lengths agree, every match is one whole entry and nothing lies between them.
    if [len(entry) for entry in entries] != [_FIXED_BYTES + len(index) + len(at) for _, index, at in found]:
        return None
    times = [last_at_us, *[int(at) for _, _, at in found]]
    if [int(index) for _, index, _ in found] != list(range(first, first + len(entries))) or times != sorted(times):
        return None
    return times[-1] if first + len(entries) <= MAX_INTEGER and times[-1] <= MAX_INTEGER else None


def opens(entry_bytes: bytes, salt: bytes, body: bytes) -> bool:
    """Whether this body under this salt is the one the entry stands for. Raises Malformed for no entry."""
    committed = parse_entry(entry_bytes).commitment
    return len(salt) == SALT_BYTES and hmac.compare_digest(committed, commit(salt, body))


def _check(value: object, place: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise OutsideProfile(f"the body is nested deeper than {MAX_DEPTH}")
    match value:
        case bool():
            return
        case int():
            if abs(value) > MAX_INTEGER:
                raise OutsideProfile(f"{place}: a number beyond 2**53-1")
        case str():
            _check_text(value, place)
        case list() | tuple() | dict():
            for inner, item in _parts(value, place):
                _check(item, inner, depth + 1)
        case _:
            raise OutsideProfile(f"{place}: a {type(value).__name__} cannot be written")


def _parts(value: list[object] | tuple[object, ...] | dict[object, object], place: str) -> Iterator[tuple[str, object]]:
    """What an array or object holds, each with its place."""
    if not isinstance(value, dict):
        yield from ((f"{place}[{at}]", item) for at, item in enumerate(value))
        return
    for key, item in value.items():
        if not isinstance(key, str) or _KEY.fullmatch(key) is None:
            raise OutsideProfile(f"{place}: a key that is not [a-z][a-z0-9_]*")
        yield f"{place}.{key}", item


def _check_text(text: str, place: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise OutsideProfile(f"{place}: a lone surrogate")
    if not unicodedata.is_normalized("NFC", text):
        raise OutsideProfile(f"{place}: a text that is not in normal form NFC")
