"""Does `hub take-back` take back what it names, once, and say why not else?"""

import json
import re
from pathlib import Path

import pytest

from contracts.events.sharing import DisclosureDecided, ShareTakenBack
from hub.application.follow_disclosures import account_of
from hub.application.ports import Stream
from hub.cli import commands_parser
from hub.commands import share, take_back
from hub.domain.errors import AccessRefused
from hub.wiring import Hub
from tests.support.bus_away import a_road, no_road
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say

CHILD = f"nhs:{ROBIN}"


def run(hub: Hub, *words: str) -> int:
    """The exit code of the command that the words name, as priya."""
    arguments = commands_parser().parse_args([*words, "--as", "priya"])
    if words[0] == "take-back":
        return take_back.run(hub.settings, arguments)
    return share.run(hub.settings, arguments)


def test_the_command_takes_back_what_it_names_once_and_says_why_not_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = house(tmp_path)
    (report_id,) = say(there, "police", a_concern())
    assert run(there, "share", CHILD, "--report", str(report_id), "--to", "health", "--purpose", "s47", "--json") == 0
    decision = json.loads(capsys.readouterr().out)["disclosure_id"]
    assert run(there, "shares", CHILD) == 0
    asked = re.search(r"hub (take-back \S+ --decision \S+)", capsys.readouterr().out)
    assert asked is not None
    words = asked[1].split()
    assert words[-1] == decision
    assert run(there, *words[:-1], "00000000-0000-4000-8000-000000000001") == 1
    assert "Only whoever decided to share it" in capsys.readouterr().err
    assert run(there, *words) == 0
    assert "Taken back from Fenwold Hospitals NHS Trust. It had gone already." in capsys.readouterr().out
    facts = there.store.read_stream(Stream.access(there.index.people_with("nhs", ROBIN)[0]))
    (fact,) = (one for one in facts if isinstance(one, ShareTakenBack))
    assert (str(fact.disclosure_id), fact.actor.subject) == (decision, "priya")
    assert [one.cause for one in facts if isinstance(one, DisclosureDecided)] == ["asked", "taken_back"]
    assert run(there, *words, "--json") == 1
    assert json.loads(capsys.readouterr().out)["why_not"] == "taken_back"
    assert run(there, "shares", CHILD) == 0
    said = capsys.readouterr().out
    assert "take-back" not in said
    assert "taken back; the recall has not reached Fenwold Hospitals NHS Trust yet" in said
    with pytest.raises(AccessRefused):
        run(there, "take-back", "nhs:9990000018", *words[2:])


@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["in words", "as JSON"])
def test_what_was_taken_back_while_the_road_is_away_is_said_to_be_and_its_recall_leaves_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: tuple[str, ...]
) -> None:
    there = house(tmp_path)
    (report_id,) = say(there, "police", a_concern())
    assert run(there, "share", CHILD, "--report", str(report_id), "--to", "health", "--purpose", "s47", "--json") == 0
    decision = json.loads(capsys.readouterr().out)["disclosure_id"]
    no_road(there)
    assert run(there, "take-back", CHILD, "--decision", decision, *as_json) == 0
    said = capsys.readouterr()
    if as_json:
        assert json.loads(said.out)["taken_back"] is True
    else:
        assert "Taken back from Fenwold Hospitals NHS Trust." in said.out
    assert "the recall may not have left yet" in said.err
    assert "It is on record" in said.err
    assert "as soon as the road is back" in said.err
    stream = Stream.access(there.index.people_with("nhs", ROBIN)[0])
    facts = there.store.read_stream(stream)
    assert [str(one.disclosure_id) for one in facts if isinstance(one, ShareTakenBack)] == [decision]
    a_road(there)
    there.work()
    assert there.follow_if_free(there.store)
    account = account_of(there.sharing(), there.index.people_with("nhs", ROBIN)[0])
    assert account is not None
    assert account.permitted()[-1].items[0].news == "recall"
    assert account.permitted()[-1].disclosure_id in account.sent


def test_what_was_not_taken_back_has_nothing_follow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = house(tmp_path)
    (report_id,) = say(there, "police", a_concern())
    assert run(there, "share", CHILD, "--report", str(report_id), "--to", "health", "--purpose", "s47", "--json") == 0
    decision = json.loads(capsys.readouterr().out)["disclosure_id"]
    no_road(there)
    assert run(there, "take-back", CHILD, "--decision", decision) == 0
    capsys.readouterr()
    assert run(there, "take-back", CHILD, "--decision", decision) == 1
    said = capsys.readouterr().err
    assert "It was taken back before." in said
    assert "the road" not in said
