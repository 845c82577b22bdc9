"""Have bytes one spelling as text, so that no key is written in two ways?"""

import pytest

from contracts.base64_text import from_text, to_text
from contracts.errors import NotOfShape


@pytest.mark.parametrize("raw", [b"", b"\x00", b"\xfb\xff", bytes(32), bytes(range(256))])
def test_what_is_written_reads_back(raw: bytes) -> None:
    assert from_text(to_text(raw)) == raw


@pytest.mark.parametrize(
    "text",
    ["AA", "AA=", "A===", "AB==", "AAB=", "AA==\n", " AA==", "AA==AA==", "-_8=", "é==="],
    ids=[
        "no_padding",
        "short_padding",
        "one_letter",
        "spare_bits",
        "spare_bit",
        "line_end",
        "blank",
        "two",
        "url",
        "é",
    ],
)
def test_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(NotOfShape, match="base64"):
        from_text(text)
