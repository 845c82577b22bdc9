"""Does `hub erasure` say what became of it, to people and to programs, and certify what was done?"""

import json
from pathlib import Path

import pytest

from tests.support.given import ROBIN
from tests.support.officers import ANNS, officers
from tests.support.terminal import Said, by_own_proof

pytestmark = pytest.mark.slow
CHILD = f"nhs:{ROBIN}"


@pytest.fixture
def erasure(tmp_path: Path) -> Said:
    """Run `hub erasure` with these words: its exit code, what it printed and what it said besides."""
    return by_own_proof(officers(tmp_path).hub, "erasure", "ivy", {"ann": ANNS}, cwd=tmp_path)


def test_three_people_erase_a_record_and_the_certificate_says_so(erasure: Said) -> None:
    code, out, _ = erasure("ask", CHILD, "--ground", "request_upheld", "--json")
    number = str(json.loads(out)["erasure"])
    assert (code, "1 of 2" in erasure("approve", number, who="ann")[1]) == (0, True)
    assert f"hub erasure finish {number}" in erasure("approve", number, who="priya")[1]
    assert erasure("finish", number)[0] == 0
    certified = json.loads(erasure("certificate", number, "--json")[1])
    assert (certified["destroyed"]["keys"], certified["ground"], len(certified["approved"])) == (1, "request_upheld", 2)


def test_a_hold_is_placed_and_beats_whoever_asks(erasure: Said) -> None:
    placed = erasure("hold", "--everybody", "--reason", "inquiry", "--review-on", "2027-01-01", "--json", who="priya")[
        1
    ]
    assert json.loads(placed)["hold"]
    code, _, said = erasure("ask", CHILD, "--ground", "ordered")
    assert (code, "a hold beats everything" in said) == (1, True)
    assert "everybody" in erasure("list")[1]


def test_others_are_refused_and_so_is_who_does_not_prove_who_they_are(erasure: Said) -> None:
    code, out, said = erasure("list", who="priya")
    assert (code, out, "on record" in said) == (1, "", True)
    code, out, said = erasure("ask", CHILD, "--ground", "ordered", phrase="not hers")
    assert (code, out, "pass phrase was not accepted" in said) == (1, "", True)
    code, out, said = erasure("ask", "nhs:9990000182", "--ground", "ordered")
    assert (code, out) == (1, "")
    assert "nobody is known here by that. Nothing was changed. Your asking is on record." in said
