"""Can an officer read the policies, ask what they answer, and see what a change to them would open?"""

import json
import shutil
from importlib import resources
from pathlib import Path

import pytest

from hub.adapters.cedar_policies import own_policies
from hub.cli import main
from hub.domain import words
from hub.settings import Settings
from hub.wiring import Hub

OWN = Path(str(resources.files("hub").joinpath("policies")))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(("policies", *words))
    return code, capsys.readouterr().out


def test_every_policy_is_read_out_with_its_sentence_law_and_owner(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "list")
    assert code == 0
    for one in own_policies().read:
        for part in (one.id, one.title, one.says, one.law, one.owner, words.day(one.review)):
            assert part in out
    _, out = said(capsys, "list", "--json")
    assert {one["id"] for one in json.loads(out)["policies"]} == {one.id for one in own_policies().read}


def test_an_answer_is_explained_by_the_policies_that_decided(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("explain", "--role", "practitioner", "--does", "read_chronology", "--purpose", "s47")
    assert said(capsys, *asked)[1].startswith("Refused.\n    Nothing that the hub knows links")
    assert "[team]" in said(capsys, *asked, "--stands", "teams")[1]
    assert "[conflict-of-interest]" in said(capsys, *asked, "--stands", "teams", "conflicts")[1]
    assert "[machine]" in said(capsys, *asked, "--stands", "teams", "--machine")[1]


def test_a_change_says_which_cases_it_opens(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    after = tmp_path / "after"
    shutil.copytree(OWN, after)
    assert said(capsys, "compare", str(OWN), str(after)) == (
        0,
        "0 cases become permitted, 0 are refused from then on.\n",
    )
    checking = after / "3_checking.cedar"
    checking.write_text(
        checking.read_text().replace('when { context.purpose == "audit" }', 'when { context.purpose == "s47" }')
    )
    code, out = said(capsys, "compare", str(OWN), str(after), "--json")
    found = json.loads(out)
    assert code == 1
    assert "ig_officer, read_chronology, purpose s47, known of the two: nothing" in found["permitted"]
    assert "ig_officer, read_chronology, purpose audit, known of the two: nothing" in found["refused"]


def test_policies_that_do_not_fit_are_named_by_a_code(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(("policies", "compare", str(tmp_path), str(OWN))) == 1
    assert "nobody is served without them" in capsys.readouterr().err


def test_a_hub_has_the_released_policies(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path))
    assert hub.policies.sha256 == own_policies().sha256
    hub.close()
