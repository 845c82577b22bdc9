"""Does a commitment bind exactly one body, and is there one way to write a body?"""

from collections.abc import Mapping

import pytest

from audit import commitment
from audit.errors import Malformed, OutsideProfile
from tests.support.sealed_logs import START_US, body, entry, salt


def test_a_body_is_written_in_one_way() -> None:
    written = commitment.body_bytes({"b": [True, -1, "é\n\u2028"], "a": {"sha256": ""}})
    assert written == '{"a":{"sha256":""},"b":[true,-1,"é\\n\u2028"]}'.encode()
    assert commitment.body_bytes({"a": {"sha256": ""}, "b": (True, -1, "é\n\u2028")}) == written


@pytest.mark.parametrize(
    "outside",
    [
        {"a": None},
        {"a": 1.0},
        {"a": float("nan")},
        {"a": 2**53},
        {"a": -(2**53)},
        {"a": "e\u0301"},
        {"a": "\ud800"},
        {"a": b"bytes"},
        {"a": {1: "x"}},
        {"A": 1},
        {"é": 1},
        {"": 1},
        {"a": ["x", {"b": None}]},
    ],
)
def test_a_body_outside_the_profile_is_refused_and_its_value_not_repeated(outside: Mapping[str, object]) -> None:
    with pytest.raises(OutsideProfile) as refused:
        commitment.body_bytes(outside)
    assert not any(char in str(refused.value) for char in "é\u0301\ud800")


def test_the_largest_numbers_are_written() -> None:
    largest = commitment.MAX_INTEGER
    assert commitment.body_bytes({"a": [largest, -largest]}) == b'{"a":[9007199254740991,-9007199254740991]}'


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(OutsideProfile, match=r"body\.subjects\[1\]\.k: a NoneType cannot be written"):
        commitment.body_bytes({"subjects": [{"k": "x"}, {"k": None}]})


def test_a_body_too_long_or_too_deep_is_refused() -> None:
    assert len(commitment.body_bytes({"a": "x" * 65_528})) == 65_536
    with pytest.raises(OutsideProfile):
        commitment.body_bytes({"a": "x" * 65_529})
    assert commitment.body_bytes(nested(commitment.MAX_DEPTH))
    for depth in (commitment.MAX_DEPTH + 1, 5000):
        with pytest.raises(OutsideProfile):
            commitment.body_bytes(nested(depth))


def nested(depth: int) -> dict[str, object]:
    """An object so many levels deep below the outermost."""
    deep: dict[str, object] = {}
    for _ in range(depth):
        deep = {"a": deep}
    return deep


def test_a_body_opens_its_own_entry_only() -> None:
    sealed = entry(7)
    assert commitment.opens(sealed, salt(7), body(7))
    assert not commitment.opens(sealed, salt(7), body(8))
    assert not commitment.opens(sealed, salt(8), body(7))
    assert not commitment.opens(sealed, salt(7)[:31], body(7))
    assert not commitment.opens(sealed, salt(7), body(7) + b" ")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(Malformed):
        commitment.commit(bytes(length), b"{}")


def test_an_entry_reads_back() -> None:
    assert commitment.parse_entry(entry(7)) == commitment.Entry(7, START_US + 7, commitment.commit(salt(7), body(7)))
    largest = commitment.entry(2**53 - 1, 2**53 - 1, bytes(32))
    assert commitment.parse_entry(largest).index == 2**53 - 1


@pytest.mark.parametrize(
    ("index", "at_us", "committed"),
    [(-1, 0, bytes(32)), (2**53, 0, bytes(32)), (0, -1, bytes(32)), (0, 2**53, bytes(32)), (0, 0, bytes(31))],
)
def test_an_entry_out_of_range_is_not_made(index: int, at_us: int, committed: bytes) -> None:
    with pytest.raises(Malformed):
        commitment.entry(index, at_us, committed)


OTHER_SPELLINGS = (
    entry(7) + b"\n",
    entry(7).replace(b'"i":7', b'"i":07'),
    entry(7).replace(b'"i":7', b'"i": 7'),
    entry(7).replace(b'"v":1', b'"v":2'),
    entry(7).replace(b'"v":1', b'"v":1,"x":1'),
    entry(7).replace(b'"i":7', b'"i":9007199254740992'),
    commitment.entry(7, 2**53 - 1, bytes(32)).replace(b'"t":9007199254740991', b'"t":9007199254740992'),
    entry(7).replace(b'=",', b'",'),
    commitment.entry(7, START_US, bytes(32)).replace(b"A=", b"B="),
    b"",
)


@pytest.mark.parametrize("raw", OTHER_SPELLINGS)
def test_another_spelling_is_no_entry(raw: bytes) -> None:
    with pytest.raises(Malformed):
        commitment.parse_entry(raw)
    assert commitment.order_of(raw) is None
    assert commitment.times_in_order((raw,), 7, 0) is None


def test_entries_are_in_order_only_with_every_index_and_no_time_back() -> None:
    first, second, third = entry(5), entry(6), entry(7)
    early = commitment.entry(6, START_US, bytes(32))
    assert commitment.times_in_order((first, second, third), 5, START_US) == START_US + 7
    assert commitment.times_in_order((), 5, 3) == 3
    for entries, start, last in (
        ((first, third), 5, 0),
        ((second, first), 5, 0),
        ((first, first), 5, 0),
        ((first, second), 4, 0),
        ((first, early), 5, 0),
        ((first, second), 5, START_US + 6),
        ((first[:40], first[40:] + second), 5, 0),
    ):
        assert commitment.times_in_order(entries, start, last) is None
