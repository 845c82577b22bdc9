"""A bundle whose entries are all of one length, read column by column: the quick way through a million entries.

Says the same as decoding the bundle, asking for its order and hashing its leaves; where it cannot tell, it says nothing
and the caller goes the slow way. Source of the forms: commitment.entry, C2SP tlog-tiles. Pure.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter

from audit.commitment import MAX_INTEGER

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LAST = b"AEIMQUYcgkosw048"  # the last character of a 32-byte value carries four bits
_HEAD, _MIDDLE, _TIME, _TAIL = b'{"c":"', b'=","i":', b',"t":', b',"v":1}'
_CHARACTERS = 43
_FIRST = re.compile(rb'\{"c":"[A-Za-z0-9+/]{43}=","i":([0-9]{1,16}),"t":([0-9]{1,16}),"v":1\}')
_ENDS = b"".join([f"{number:03}".encode() for number in range(1000)])
_INDEX_AT = len(_HEAD) + _CHARACTERS + len(_MIDDLE)


@dataclass(frozen=True, slots=True)
class Row:
    """How each entry of the bundle is laid out: the digits of its index and of its time."""

    index_digits: int
    time_digits: int

    @property
    def time_at(self) -> int:
        """Where the time begins in the entry."""
        return _INDEX_AT + self.index_digits + len(_TIME)

    @property
    def length(self) -> int:
        """The length of the entry."""
        return self.time_at + self.time_digits + len(_TAIL)

    @property
    def fixed(self) -> tuple[tuple[int, bytes], ...]:
        """What stands in every entry alike, and where."""
        middle = len(_HEAD) + _CHARACTERS
        index_end, time_end = _INDEX_AT + self.index_digits, self.time_at + self.time_digits
        return (0, _HEAD), (middle, _MIDDLE), (index_end, _TIME), (time_end, _TAIL)


@dataclass(frozen=True, slots=True)
class Read:
    """A bundle of `count` entries in order: their joined leaf hashes and the time of the last, in microseconds."""

    count: int
    leaves: bytes
    last_at_us: int


def read_columns(bundle: bytes, first: int, last_at_us: int) -> Read | None:
    """The bundle, when all its entries bear the indices from `first` on and no time goes back; None for "look closer".

    None is no fault: entries of different lengths, as where an index grows by a digit, are read the slow way.
    """
    length = int.from_bytes(bundle[:2], "big")
    layout = _FIRST.fullmatch(bundle[2 : 2 + length])
    if layout is None or len(bundle) % (length + 2) or len(bundle) // (length + 2) < 2:
        return None
    row, count = Row(len(layout[1]), len(layout[2])), len(bundle) // (length + 2)
    # Each length is below 256, so its first byte is the 0x00 that a leaf is hashed under: without the second byte,
    # what is left are the very bytes to hash.
    leaves = bytearray(bundle)
    lengths = bytes(leaves[1 :: length + 2])
    del leaves[1 :: length + 2]
    stride = length + 1
    if lengths != bytes([length]) * count or leaves[::stride] != bytes(count):
        return None
    if not (_is_entries(leaves, row, count) and _are_indices(leaves, row, first, count)):
        return None
    plain = bytes(leaves)
    times = _cutter(1 + row.time_at, row.time_digits, stride, count)(plain)
    if int(times[0]) < last_at_us or int(times[-1]) > MAX_INTEGER or list(times) != sorted(times):
        return None
    begun = map(sha256, _cutter(0, stride, stride, count)(plain))
    return Read(count, b"".join([one.digest() for one in begun]), int(times[-1]))


@lru_cache(maxsize=16)
def _cutter(start: int, length: int, stride: int, count: int) -> Callable[[bytes], tuple[bytes, ...]]:
    """Cuts the same piece out of every row at once; there are only so many layouts. `count` is at least 2."""
    return itemgetter(*[slice(at, at + length) for at in range(start, start + stride * count, stride)])


def _is_entries(leaves: bytearray, row: Row, count: int) -> bool:
    """Whether every entry has the layout, and in its open columns only what may stand there."""
    stride = row.length + 1
    for at, text in row.fixed:
        for offset, character in enumerate(text, start=1 + at):
            if leaves[offset::stride] != bytes([character]) * count:
                return False
    # All that is fixed is now known; what else is not of base64 would be left over here.
    left_over = leaves.translate(None, _BASE64)
    punctuation = b"\x00" + (_HEAD + _MIDDLE + _TIME + _TAIL).translate(None, _BASE64)
    last = leaves[1 + len(_HEAD) + _CHARACTERS - 1 :: stride]
    if left_over != punctuation * count or last.translate(None, _LAST):
        return False
    return _are_numbers(leaves, _INDEX_AT, row.index_digits, stride) and _are_numbers(
        leaves, row.time_at, row.time_digits, stride
    )


def _are_numbers(leaves: bytearray, at: int, digits: int, stride: int) -> bool:
    """Whether the columns hold digits alone, and no number begins with a zero it could do without."""
    columns = [leaves[1 + at + offset :: stride] for offset in range(digits)]
    return all(column.isdigit() for column in columns) and (digits == 1 or b"0"[0] not in columns[0])


def _are_indices(leaves: bytearray, row: Row, first: int, count: int) -> bool:
    """Whether the indices run from `first` on; compared a thousand at a time, so that no number has to be written."""
    if first < 1000 or first + count > MAX_INTEGER or len(str(first)) != row.index_digits:
        return False
    stride, at = row.length + 1, first
    while at < first + count:
        thousand, low = divmod(at, 1000)
        end = min(first + count, (thousand + 1) * 1000)
        high = str(thousand).encode()
        if len(high) + 3 != row.index_digits:  # the index has come to need a digit more than the entries have
            return False
        part = leaves[(at - first) * stride : (end - first) * stride]
        columns = [part[1 + _INDEX_AT + k :: stride] for k in range(row.index_digits)]
        alike = [columns[k] == high[k : k + 1] * (end - at) for k in range(len(high))]
        ends = [columns[len(high) + k] == _ENDS[3 * low + k : 3 * (low + end - at) : 3] for k in range(3)]
        if not all(alike + ends):
            return False
        at = end
    return True
