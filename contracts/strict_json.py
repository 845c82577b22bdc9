"""Reads JSON so that every reader of the same bytes sees the same thing (RFC 8259, RFC 7493 I-JSON).

The usual reader keeps the last of two equal keys, accepts NaN, and lets lone surrogates through; an attacker uses
each to show one thing to the sender's checks and another to ours. Unicode noncharacters are let through, because a
concern is not to be held up for one; `hidden_characters` finds them.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Never

from contracts.errors import NotReadable

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 10_000
MAX_STRING_LENGTH = 64 * 1024
MAX_INTEGER = 2**53 - 1
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# Possessive, and the closing quote may be absent: without both, a string that never ends is scanned again from each
# quote in it, which takes minutes for a megabyte.
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_NUMBER_LENGTH = 400


def read(
    raw: bytes, *, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES, max_string: int = MAX_STRING_LENGTH
) -> Json:
    """The value that the UTF-8 bytes hold; a leading byte-order mark is passed over.

    Raises NotReadable with a code: too_big, empty, encoding, too_deep, too_many, not_json, dup_key, number, string.
    """
    if len(raw) > max_bytes:
        raise NotReadable("too_big")
    raw = raw.removeprefix(BYTE_ORDER_MARK)
    if not raw.strip():
        raise NotReadable("empty")
    text = _decode(raw)
    opened = raw.count(b"[") + raw.count(b"{")
    if opened > MAX_DEPTH:
        _refuse_depth(raw)
    value = _parse(text)
    if len(raw) > max_string or b"\\u" in raw or opened + raw.count(b",") >= max_nodes:
        _refuse_content(value, max_nodes, max_string)
    return value


def write(value: Mapping[str, Json]) -> bytes:
    """The bytes of a JSON object: keys sorted, no white space, UTF-8. The one writer of what we sign.

    Raises NotReadable (string, number) for what no strict reader would take back: NUL, lone surrogates, NaN.
    """
    try:
        raw = _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError:
        raise NotReadable("string") from None
    except ValueError:
        raise NotReadable("number") from None
    if b"\\u0000" in raw:
        _refuse_content(json.loads(raw), len(raw), len(raw))
    return raw


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or raw[1:2] == b"\x00":
        raise NotReadable("encoding")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotReadable("encoding") from None


def _refuse_depth(raw: bytes) -> None:
    depth = 0
    for bracket in _STRINGS.sub(b"", raw).translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise NotReadable("too_deep")


def _parse(text: str) -> Json:
    try:
        value: Json = _DECODER.decode(text)
    except (json.JSONDecodeError, RecursionError):
        raise NotReadable("not_json") from None
    return value


def _object(pairs: list[tuple[str, Json]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotReadable("dup_key")
    return found


def _refuse_constant(_: str) -> Never:
    raise NotReadable("number")


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise NotReadable("number")
    return int(digits)


def _number(digits: str) -> float:
    if len(digits) > _MAX_NUMBER_LENGTH:
        raise NotReadable("number")
    value = float(digits)
    if not math.isfinite(value):
        raise NotReadable("number")
    return value


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_number
)


def _refuse_content(value: Json, max_nodes: int, max_string: int) -> None:
    waiting: list[Json] = [value]
    nodes = 0
    while waiting:
        node = waiting.pop()
        nodes += 1
        if nodes > max_nodes:
            raise NotReadable("too_many")
        if isinstance(node, dict):
            for key in node:
                _refuse_string(key, max_string)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, str):
            _refuse_string(node, max_string)


def _refuse_string(text: str, max_string: int) -> None:
    if len(text) > max_string or "\x00" in text or _SURROGATE.search(text):
        raise NotReadable("string")
