"""Is the telephone of the duty desk written as people read it out, and never broken over two lines?"""

import pytest

from hub.domain.own_area import NOT_SET, duty_desk, grouped

_NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("01632 960100", "01632 960 100"),
        ("01632960100", "01632 960 100"),
        ("(01632) 960-100", "01632 960 100"),
        ("07700900123", "07700 900 123"),
        ("02079460000", "020 7946 0000"),
        ("0161 496 0000", "0161 496 0000"),
        ("01164960000", "0116 496 0000"),
        ("03001234567", "0300 123 4567"),
        ("0800890567", "0800 890 567"),
        ("01632 960100 ext 12", "01632 960 100 ext 12"),
        ("015396 12345", "015396 12345"),
        ("+44 1632 960100", "+44 1632 960100"),
        ("101", "101"),
    ],
)
def test_a_number_is_grouped_as_it_is_read_out_and_stays_on_one_line(number: str, shown: str) -> None:
    assert grouped(number) == shown.replace(" ", _NO_BREAK)


def test_the_desk_is_named_with_it() -> None:
    assert duty_desk("01632 960100") == f"the duty desk on 01632{_NO_BREAK}960{_NO_BREAK}100"
    assert duty_desk(None) == NOT_SET
