"""Does whatever anybody wrote come back from a table as it was, and is none of it ever a formula?"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.csv_rows import csv_row, safe

FORMULA = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20"
WORDS = st.text(st.characters(codec="utf-8"))


def read(row: bytes) -> list[str]:
    """The cells of one row, as another program reads them."""
    (cells,) = csv.reader(io.StringIO(row.decode(), newline=""))
    return cells


@pytest.mark.parametrize("start", FORMULA)
def test_what_would_be_a_formula_is_text(start: str) -> None:
    cell = f'{start}HYPERLINK("x";"y")'
    assert read(csv_row((cell, "plain"))) == [f"'{cell}", "plain"]
    assert safe("s47") == "s47"


@given(st.lists(WORDS | st.tuples(st.sampled_from(FORMULA), WORDS).map("".join), min_size=1))
def test_cells_come_back_less_the_apostrophe_and_none_is_a_formula(cells: list[str]) -> None:
    row = csv_row(tuple(cells))
    assert row.endswith(b'"\r\n')
    found = read(row)
    assert not [one for one in found if one.startswith(tuple(FORMULA))]
    assert [one[1:] if one != cell else one for one, cell in zip(found, cells, strict=True)] == cells
