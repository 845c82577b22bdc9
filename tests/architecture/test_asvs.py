"""Does no row of the map to OWASP ASVS 5.0 claim a pass without a test that is there?"""

import csv
import re
from io import StringIO

from tests.support.source_tree import ROOT

STATES = {"pass", "not applicable", "not yet", "not assessed"}
_NUMBER = re.compile(r"V\d{1,2}\.\d{1,2}\.\d{1,2}")


def rows(text: str) -> list[dict[str, str]]:
    """The rows of the map."""
    return list(csv.DictReader(StringIO(text)))


def wrong(found: list[dict[str, str]]) -> list[str]:
    """The requirements whose row is not as it must be: a known state, and a test that is there for each pass."""
    return [
        row["requirement"]
        for row in found
        if row["status"] not in STATES
        or row["level"] not in {"1", "2", "3"}
        or not _NUMBER.fullmatch(row["requirement"])
        or (row["status"] == "pass") is not (bool(row["test"]) and (ROOT / row["test"]).is_file())
    ]


def test_no_row_claims_a_pass_without_a_test() -> None:
    found = rows((ROOT / "docs" / "asvs.csv").read_text(encoding="utf-8"))
    assert len(found) == len({row["requirement"] for row in found}) > 30
    assert wrong(found) == []


def test_a_pass_without_a_test_would_be_found() -> None:
    head = "requirement,level,title,status,test\n"
    assert wrong(rows(f"{head}V1.1.1,2,x,pass,\n")) == ["V1.1.1"]
    assert wrong(rows(f"{head}V1.1.1,2,x,pass,tests/nowhere.py\n")) == ["V1.1.1"]
    assert wrong(rows(f"{head}V1.1.1,2,x,passed,\n")) == ["V1.1.1"]
    assert wrong(rows(f"{head}V1.1.1,2,x,not yet,\n")) == []
