"""Does `hub quarantine` list, show and try again what was set aside, without a word of what it holds?"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agencies import registry as partners
from contracts.events.quarantine import QuarantineAsked
from contracts.strict_json import Json
from hub.adapters.edge_side import Edge
from hub.commands import quarantine, staff
from hub.commands.demo_story import STORY
from hub.domain.errors import AccessRefused
from hub.wiring import Hub, edge_folder
from tests.support.given import a_concern
from tests.support.house import house, say

Command = Callable[..., int]
SECRETS = ("Exemplar", "Robin", "9990001006", "crying")
IVY, SAM = staff.IG_OFFICER.subject, staff.UNRELATED.subject


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A hub that took one message in, and set aside one of an agency that is not enrolled."""
    made = house(tmp_path)
    say(made, "police", a_concern("C-1"))
    edge = Edge(partners.by_name("probation"), edge_folder(made.settings, "probation"), made.beyond)
    (sample,) = (told.path for told in STORY if told.agency == "probation")
    edge.send(sample.read_bytes(), sample.name)
    made.work()
    return made


@pytest.fixture
def command(hub: Hub) -> Command:
    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        quarantine.add(parser.add_subparsers(dest="command"))
        return quarantine.run(hub.settings, parser.parse_args(["quarantine", *words]))

    return run


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Json]:
    found: dict[str, Json] = json.loads(capsys.readouterr().out)
    return found


def test_a_message_is_found_shown_and_taken_in_once_its_agency_is_enrolled(
    hub: Hub, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("list", "--as", IVY) == 0
    listed = capsys.readouterr().out
    assert "alarms to look at first: 1" in listed
    assert "ALARM no. " in listed
    assert "1 received = 1 taken in, 0 known already, 0 set aside" in listed
    command("list", "--as", IVY, "--json", "--code", "source_unknown")
    (one,) = rows(printed(capsys), "set_aside")
    number = str(one["number"])
    assert command("show", number, "--as", IVY, "--purpose", "audit") == 0
    shown = capsys.readouterr().out
    assert "source_unknown: The agency named is not enrolled here" in shown
    assert "nobody was enrolled for that topic" in shown
    assert "(not proved)" not in shown
    assert "says that it is from" in shown
    hub.edge("probation")
    assert command("replay", "--as", IVY, "--code", "source_unknown") == 0
    assert capsys.readouterr().out == f"No. {number}: taken in\n"
    assert [receipt.outcome for receipt in hub.edge("probation").receipts()] == ["accepted"]
    assert command("replay", "--as", IVY, number) == 0
    assert capsys.readouterr().out == f"No. {number}: known already\n"
    command("show", number, "--as", IVY, "--purpose", "audit", "--json")
    told = printed(capsys)
    assert (told["state"], [row["outcome"] for row in rows(told, "replays")]) == ("replayed", ["accepted", "duplicate"])
    command("list", "--as", IVY, "--json")
    books = rows(printed(capsys), "books")
    assert {str(row["source"]).rpartition(":")[2]: row["accepted"] for row in books if row["source"]} == {
        "police": 1,
        "probation": 1,
    }
    assert all(row["balances"] for row in books)
    assert not [secret for secret in SECRETS if secret in listed + shown]


def test_a_refused_look_is_on_record_in_the_sealed_log(hub: Hub, command: Command) -> None:
    with pytest.raises(AccessRefused):
        command("list", "--as", SAM)
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 1_000)]
    (look,) = (fact for fact in facts if isinstance(fact, QuarantineAsked))
    assert (look.actor.subject, look.effect) == (SAM, "refused")
    bodies = [json.loads(body.body) for body in hub.bodies.from_index(0, 1_000)]
    (said,) = (body for body in bodies if body.get("decision", {}).get("what") == "quarantine_list")
    assert (said["kind"], said["actor"]["sub"], said["shown"]) == ("deny", SAM, 0)


def test_wrong_words_are_answered(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("replay", "--as", IVY) == 2
    assert command("replay", "7", "--code", "schema", "--as", IVY) == 2
    assert command("show", "999999", "--as", IVY, "--purpose", "audit") == 1
    assert "no. 999999. Your asking is on record" in capsys.readouterr().err
    assert command("replay", "--as", IVY, "--code", "schema") == 0
    assert "Nothing is set aside for that reason." in capsys.readouterr().out
    for wrong in (("show", "0"), ("show", "one"), ("list", "--code", "a b"), ("list", "--source", "nobody")):
        with pytest.raises(SystemExit):
            command(*wrong, "--as", IVY)


def rows(found: dict[str, Json], name: str) -> list[dict[str, Json]]:
    listed = found[name]
    assert isinstance(listed, list)
    return [row for row in listed if isinstance(row, dict)]
