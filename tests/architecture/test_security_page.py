"""Does the page on security name only what is there, and claim nothing that no test guards?"""

import re

from tests.support.source_tree import ROOT

PAGE = ROOT / "docs" / "security.md"
NUMBERS = [f"T{number}" for number in (*range(20, 33), *range(40, 53))]
_PATH = re.compile(r"`([a-z_]+(?:/[A-Za-z0-9_.]+)+|[a-z]+\.lock)`")


def rows(text: str) -> list[list[str]]:
    """The cells of each row of a threat."""
    lines = (line for line in text.splitlines() if re.match(r"\| T\d", line))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def unguarded(found: list[list[str]]) -> list[str]:
    """The threats that something is said to hold, with no test named."""
    return [row[0] for row in found if "*not yet*" not in row[2] and not re.search(r"`tests/[^`]+`", row[3])]


def test_every_threat_has_its_row_in_order() -> None:
    assert [row[0] for row in rows(PAGE.read_text(encoding="utf-8"))] == NUMBERS


def test_everything_that_is_named_is_there() -> None:
    named = _PATH.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > len(NUMBERS)
    assert not [path for path in named if not (ROOT / path).is_file()]


def test_nothing_is_claimed_that_no_test_guards() -> None:
    assert not unguarded(rows(PAGE.read_text(encoding="utf-8")))


def test_a_claim_without_a_test_would_be_found() -> None:
    assert unguarded(rows("| T1 | a | `hub/a.py` | |")) == ["T1"]
    assert not unguarded(rows("| T1 | a | *not yet* | |"))
