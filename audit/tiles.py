"""Names and contents of the files a log consists of.

Source: C2SP tlog-tiles. Tiles are 256 wide: joined 32-byte hashes. Entry bundles are entries, each after its length
as two bytes, big-endian. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.errors import Malformed
from audit.merkle import HASH_BYTES

WIDTH = 256
TILE_BYTES = WIDTH * HASH_BYTES
MAX_ENTRY_BYTES = 65_535
MAX_BUNDLE_BYTES = WIDTH * (MAX_ENTRY_BYTES + 2)
ENTRIES = -1
"""The level that stands for entry bundles in a Place."""

_NAME = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6})([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which tile a file holds: level 0-63 or ENTRIES, index from 0, width 1-256 (256 is a full one)."""

    level: int
    index: int
    width: int


def name_of(place: Place) -> str:
    """The file's name below the log's folder, with forward slashes."""
    level = "entries" if place.level == ENTRIES else str(place.level)
    partial = "" if place.width == WIDTH else f".p/{place.width}"
    return f"tile/{level}/{_index_path(place.index)}{partial}"


def parse_name(name: str) -> Place:
    """The place a file name stands for. Raises Malformed when it is not exactly such a name."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Malformed("not the name of a tile or an entry bundle")
    level = ENTRIES if found[1] == "entries" else int(found[1])
    index = int(found[2].replace("x", "").replace("/", "") + found[3])
    place = Place(level, index, WIDTH if found[4] is None else int(found[4]))
    if level > 63 or name_of(place) != name:
        raise Malformed("not the name of a tile or an entry bundle")
    return place


def width_at(level: int, size: int) -> int:
    """How many hashes the rightmost, partial tile of a level has in a tree of `size`; 0 when there is none."""
    return (size >> (8 * level)) % WIDTH


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """The entries as they stand in a bundle. Raises Malformed for an entry over 65,535 bytes."""
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise Malformed(f"an entry is longer than {MAX_ENTRY_BYTES} bytes")
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def decode_bundle(bundle: bytes) -> list[bytes]:
    """The entries of a bundle, in order. Raises Malformed when a length does not fit."""
    entries: list[bytes] = []
    at, end = 0, len(bundle)
    while at + 2 <= end:
        after = at + 2 + (bundle[at] << 8 | bundle[at + 1])
        entries.append(bundle[at + 2 : after])
        at = after
    if at != end:
        raise Malformed(f"the bundle breaks off in its entry {len(entries)}")
    return entries


def _index_path(index: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
