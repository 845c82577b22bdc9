"""Does the map to OWASP ASVS 5.0 list every requirement, and claim no pass without a test that is there?"""

import csv
import re
from collections import Counter
from functools import lru_cache
from io import StringIO

import pytest

from tests.support.asvs_numbers import BESIDES, levels, wanted
from tests.support.source_tree import ROOT

STATES = frozenset({"pass", "not applicable", "open"})
MAP = ROOT / "docs" / "asvs.csv"
PAGE = ROOT / "docs" / "security.md"
HEAD = "requirement,level,asks,state,held_by,tests,why\n"


@lru_cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file; none where there is no such file."""
    found = ROOT / path
    if not path.startswith("tests/") or not found.is_file():
        return frozenset()
    return frozenset(re.findall(r"^(?:async )?def (test_\w+)\(", found.read_text(encoding="utf-8"), re.MULTILINE))


def rows(text: str) -> list[dict[str, str]]:
    """The rows of the map."""
    return list(csv.DictReader(StringIO(text)))


def faults(row: dict[str, str]) -> list[str]:
    """What is wrong with one row."""
    tests, held_by = row["tests"].split(), row["held_by"].split()
    claims = row["state"] == "pass"
    ways = {
        "state": row["state"] in STATES,
        "level": levels().get(row["requirement"]) == row["level"],
        "asks": bool(row["asks"]),
        "a pass names what holds it, and a test": not claims or bool(tests and held_by),
        "anything else says why, and claims no test": claims or bool(row["why"] and not tests and not held_by),
        "every test is there": all(name in names_in(path) for path, _, name in (one.partition("::") for one in tests)),
        "every file is there": all((ROOT / path).is_file() for path in held_by),
    }
    return [what for what, is_so in ways.items() if not is_so]


def test_every_row_is_whole_and_no_pass_is_claimed_without_a_test() -> None:
    found = rows(MAP.read_text(encoding="utf-8"))
    assert {row["requirement"]: wrong for row in found if (wrong := faults(row))} == {}


def test_every_requirement_of_levels_1_and_2_and_those_named_besides_is_listed_once() -> None:
    listed = Counter(row["requirement"] for row in rows(MAP.read_text(encoding="utf-8")))
    assert set(listed) == wanted()
    assert set(listed.values()) == {1}


def test_the_standard_has_as_many_requirements_as_it_says() -> None:
    assert Counter(levels().values()) == {"1": 70, "2": 183, "3": 92}
    assert {levels()[one] for one in BESIDES} == {"3"}


def test_the_page_counts_them_as_they_are() -> None:
    states = Counter(row["state"] for row in rows(MAP.read_text(encoding="utf-8")))
    said = f"{states['pass']} pass, {states['not applicable']} do not apply, {states['open']} are open"
    assert said in " ".join(PAGE.read_text(encoding="utf-8").split())


GOOD = "tests/architecture/test_asvs.py::test_a_row_that_claims_too_much_would_be_found"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (f"V1.1.1,2,x,pass,hub/cli.py,{GOOD},", []),
        ("V1.1.1,2,x,open,,,not yet", []),
        ("V1.1.1,2,x,pass,hub/cli.py,,", ["a pass names what holds it, and a test"]),
        (f"V1.1.1,2,x,pass,,{GOOD},", ["a pass names what holds it, and a test"]),
        ("V1.1.1,2,x,pass,hub/cli.py,tests/nowhere.py::test_x,", ["every test is there"]),
        ("V1.1.1,2,x,pass,hub/cli.py,tests/architecture/test_asvs.py::test_x,", ["every test is there"]),
        ("V1.1.1,2,x,pass,hub/cli.py,tests/architecture/test_asvs.py,", ["every test is there"]),
        (f"V1.1.1,2,x,pass,hub/nowhere.py,{GOOD},", ["every file is there"]),
        (f"V1.1.1,1,x,pass,hub/cli.py,{GOOD},", ["level"]),
        (f"V99.1.1,1,x,pass,hub/cli.py,{GOOD},", ["level"]),
        (f"V1.1.1,2,x,passed,hub/cli.py,{GOOD},", ["state", "anything else says why, and claims no test"]),
        ("V1.1.1,2,x,not applicable,,,", ["anything else says why, and claims no test"]),
    ],
)
def test_a_row_that_claims_too_much_would_be_found(row: str, wrong: list[str]) -> None:
    assert [faults(one) for one in rows(f"{HEAD}{row}\n")] == [wrong]
