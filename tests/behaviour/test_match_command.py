"""Does `hub match` say what is asked and what waits, and settle, propose and move by two people's own word?"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from hub.cli import commands_parser
from hub.commands import match
from hub.wiring import Hub
from tests.support.given import ROBIN, WREN, a_child, a_concern
from tests.support.house import house, say
from tests.support.terminal import Said, by_own_proof

pytestmark = pytest.mark.slow
CHILD = f"nhs:{ROBIN}"
WHY = ("--reason", "the school says so")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub that asks whether two records are of one child."""
    made = house(tmp_path)
    say(made, "police", a_concern("C-1"), a_concern("C-2", a_child(WREN, given="Wren", born="2020-01-02")))
    say(made, "health", a_concern("H-1", a_child(family="Quite", given="Else", born="2015-01-02")))
    yield made
    made.close()


@pytest.fixture
def proving(hub: Hub) -> Said:
    """Run `hub match` with these words and a pass phrase: its exit code, what it printed and what it said besides."""
    return by_own_proof(hub, "match", "priya")


def asked(*words: str) -> argparse.Namespace:
    """A command as it was typed."""
    return commands_parser().parse_args(("match", *words))


def listed(hub: Hub, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, list[dict[str, str]]], str]:
    """The list for who decides, as an object and in words; it takes no proof."""
    assert match.run(hub.settings, asked("list", "--as", "priya", "--json")) == 0
    found: dict[str, list[dict[str, str]]] = json.loads(capsys.readouterr().out)
    assert match.run(hub.settings, asked("list", "--as", "priya")) == 0
    return found, capsys.readouterr().out


def person(hub: Hub, nhs: str = ROBIN) -> UUID:
    """Whom the number leads to."""
    (found,) = hub.index.people_with("nhs", nhs)
    return found


def reports_of(hub: Hub, nhs: str = ROBIN) -> int:
    """How many reports stand with the child."""
    return len(hub.store.read_history(person(hub, nhs)).standing())


def test_what_is_the_same_child_is_proposed_and_moved_by_somebody_else(
    hub: Hub, proving: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    found, told = listed(hub, capsys)
    (question,) = found["questions"]
    assert (str(person(hub)) in question["candidates"], found["moves"]) == (True, [])
    assert f"{question['report']}  in question since " in told
    assert "The number agrees, but the name and date of birth do not; under hub:" in told
    same = (question["report"], "--answer", "same", "--as-child", CHILD, *WHY)
    code, said, _ = proving("settle", *same, "--json")
    assert (code, reports_of(hub)) == (0, 1)
    number = json.loads(said)["move"]
    found, told = listed(hub, capsys)
    ((move,), by) = (found["moves"], f"MOVE: report {question['report']} from hub:{question['person']} to hub:")
    assert (move["move"], move["to"], move["by"], by in told) == (number, str(person(hub)), "priya", True)
    code, _, said = proving("agree", number)
    assert (code, "somebody else agrees. Nothing was changed. Your asking is on record." in said) == (1, True)
    code, said, _ = proving("agree", number, "--json", who="ivy")
    assert (code, json.loads(said)["person"], reports_of(hub)) == (0, str(person(hub)), 2)
    assert listed(hub, capsys)[1] == "Nothing is in question, and nothing waits to be moved.\n"


def test_of_another_child_it_is_settled_at_once_and_a_report_goes_to_the_child_that_is_named(
    hub: Hub, proving: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    (question,) = listed(hub, capsys)[0]["questions"]
    code, said, _ = proving("settle", question["report"], "--answer", "different", *WHY)
    assert (code, said) == (0, "On record. It is of another child.\n")
    report = str(hub.store.read_history(person(hub)).standing()[0].report_id)
    code, said, _ = proving("move", report, "--from", CHILD, "--to", f"nhs:{WREN}", *WHY)
    assert (code, "Nothing is moved until somebody else agrees" in said, reports_of(hub, WREN)) == (0, True, 1)
    number = said.partition("hub match agree ")[2].partition(" ")[0]
    code, said, _ = proving("agree", number, who="ivy")
    assert (code, f"Moved to child hub:{person(hub, WREN)}." in said) == (0, True)
    assert (reports_of(hub), reports_of(hub, WREN)) == (0, 2)
