"""Does `hub erasure` say what became of it, to people and to programs, and certify what was done?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.cli import commands_parser
from hub.commands import erasure as command
from hub.domain.errors import AccessRefused
from tests.support.given import ROBIN
from tests.support.officers import officers

Said = Callable[..., tuple[int, str, str]]
CHILD = f"nhs:{ROBIN}"


@pytest.fixture
def erasure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run `hub erasure` with these words: its exit code, what it printed and what it said besides."""
    settings = officers(tmp_path).hub.settings

    def run(*words: str, who: str = "ivy") -> tuple[int, str, str]:
        code = command.run(settings, commands_parser().parse_args(["erasure", *words, "--as", who]))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_three_people_erase_a_record_and_the_certificate_says_so(erasure: Said) -> None:
    code, out, _ = erasure("ask", CHILD, "--ground", "request_upheld", "--json")
    number = str(json.loads(out)["erasure"])
    assert (code, erasure("certificate", number)[0]) == (0, 1)
    assert erasure("approve", number)[0] == 1  # whoever asked
    assert "1 of 2" in erasure("approve", number, who="ann")[1]
    assert f"hub erasure finish {number}" in erasure("approve", number, who="priya")[1]
    assert erasure("finish", number)[0] == 0
    text = erasure("certificate", number)[1]
    for told in (
        number,
        "Asked by      ivy (ig_officer",
        "Agreed by     ann",
        "Agreed by     priya",
        "1 key",
        "Beyond use until",
    ):
        assert told in text
    assert ROBIN not in text
    certified = json.loads(erasure("certificate", number, "--json")[1])
    assert (certified["destroyed"]["keys"], certified["ground"], len(certified["approved"])) == (1, "request_upheld", 2)
    assert "done" in erasure("list")[1]
    assert erasure("ask", CHILD, "--ground", "unlawful")[0] == 1  # nobody is known by that


def test_a_hold_is_placed_listed_and_lifted(erasure: Said) -> None:
    placed = erasure("hold", "--everybody", "--reason", "inquiry", "--review-on", "2027-01-01", "--json", who="priya")[
        1
    ]
    hold = str(json.loads(placed)["hold"])
    code, _, said = erasure("ask", CHILD, "--ground", "ordered")
    assert (code, "a hold beats everything" in said) == (1, True)
    assert "everybody" in erasure("list")[1]
    with pytest.raises(AccessRefused):
        erasure("lift", hold, who="priya")  # who decides at the MASH places holds, and lifts none
    assert erasure("lift", hold)[0] == 0
    assert "is not over" in erasure("ask", CHILD, "--ground", "retention_over")[2]
    assert [erasure("ask", CHILD, "--ground", "ordered")[0], erasure("lift", hold)[0]] == [0, 1]


def test_others_are_refused_and_nothing_is_printed(erasure: Said, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("list",), ("ask", CHILD, "--ground", "ordered")):
        with pytest.raises(AccessRefused):
            erasure(*words, who="sam")
    with pytest.raises(AccessRefused):
        erasure("list", who="priya")
    assert capsys.readouterr().out == ""
