"""Does the quick way through a bundle say the same as the slow one, for honest bundles and for every kind of change?"""

from hypothesis import example, given
from hypothesis import strategies as st

from audit import commitment, merkle, tiles
from audit.columns import read_columns
from audit.commitment import times_in_order
from audit.encoding import to_base64
from audit.errors import Malformed
from tests.support.sealed_logs import START_US


def bundle(first: int, count: int, step: int = 1) -> bytes:
    return tiles.encode_bundle(
        [commitment.entry(first + at, START_US + at * step, bytes([at % 256]) * 32) for at in range(count)]
    )


def slow(content: bytes, first: int, last_at_us: int) -> tuple[bytes, int] | None:
    """Leaf hashes and last time, when the bundle is in order; None when it needs a closer look."""
    try:
        entries = tiles.decode_bundle(content)
    except Malformed:
        return None
    last = times_in_order(entries, first, last_at_us)
    return None if last is None or not entries else (merkle.leaf_hashes(entries), last)


@given(first=st.integers(0, 10**15), count=st.integers(1, 256), step=st.integers(0, 10**9))
@example(first=0, count=256, step=1)
@example(first=99, count=2, step=0)
@example(first=1000, count=256, step=1)
def test_an_honest_bundle_is_read_alike(first: int, count: int, step: int) -> None:
    content = bundle(first, count, step)
    read = read_columns(content, first, START_US)
    if read is not None:
        assert (read.leaves, read.last_at_us) == slow(content, first, START_US)
        assert read.count == count
    else:
        assert first < 1000 or count == 1 or len({len(entry) for entry in tiles.decode_bundle(content)}) > 1


@given(
    first=st.integers(0, 5000),
    count=st.integers(1, 40),
    at=st.integers(0),
    byte=st.integers(1, 255),
    stale=st.booleans(),
)
def test_what_the_quick_way_accepts_the_slow_one_does_too(
    first: int, count: int, at: int, byte: int, *, stale: bool
) -> None:
    content = bytearray(bundle(first, count))
    content[at % len(content)] ^= byte
    last_at_us = START_US + 1 if stale else 0
    read = read_columns(bytes(content), first, last_at_us)
    if read is not None:
        assert (read.leaves, read.last_at_us) == slow(bytes(content), first, last_at_us)


def test_every_change_of_one_byte_to_another_digit_letter_or_mark_is_judged_alike() -> None:
    honest = bundle(1000, 3)
    for at in range(len(honest)):
        for byte in b'0129AZaz+/="{},:citv\x00\x01\xff':
            changed = honest[:at] + bytes([byte]) + honest[at + 1 :]
            read = read_columns(changed, 1000, 0)
            if read is not None:
                assert (read.leaves, read.last_at_us) == slow(changed, 1000, 0), (at, byte)


def test_wrong_first_index_earlier_time_and_a_cut_are_left_to_the_slow_way() -> None:
    honest = bundle(1000, 9)
    assert read_columns(honest, 1000, START_US) is not None
    assert read_columns(honest, 1001, START_US) is None
    assert read_columns(honest, 1000, START_US + 1) is None
    assert read_columns(honest[:-1], 1000, 0) is None
    assert read_columns(b"", 0, 0) is None
    assert read_columns(bundle(99, 2), 99, 0) is None
    assert read_columns(bundle(100, 2), 1000, 0) is None
    assert read_columns(bundle(1000, 2), 10_000, 0) is None
    one_short = [commitment.entry(index, START_US, bytes(32)) for index in (9999, 1000)]
    assert read_columns(tiles.encode_bundle(one_short), 9999, 0) is None


def test_numbers_beyond_what_an_entry_may_bear_are_taken_by_neither_way() -> None:
    beyond, commitment_of = 2**53 - 2, to_base64(bytes(32))
    for first, at_us in ((beyond, START_US), (1000, 2**53)):
        raw = [f'{{"c":"{commitment_of}","i":{index},"t":{at_us},"v":1}}'.encode() for index in range(first, first + 4)]
        assert read_columns(tiles.encode_bundle(raw), first, 0) is None
        assert times_in_order(raw, first, 0) is None
