"""Does every command say what it put on record, whatever comes of the road, the views and the sealed log after it?"""

import ast
import json
import subprocess
from pathlib import Path

import pytest

from contracts.events.sharing import DisclosureDecided
from hub import commands
from hub.application.follow_disclosures import account_of
from hub.application.ports import Stream
from hub.wiring import Hub
from tests.support.bus_away import a_road, no_road
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say
from tests.support.terminal import hub_says

CHILD = f"nhs:{ROBIN}"
COMMANDS = sorted(Path(next(iter(commands.__path__))).glob("*.py"))
POLICE = str(Path(__file__).parents[2] / "agencies/police/samples/made-up-incident-notice.json")


@pytest.fixture
def there(tmp_path: Path) -> Hub:
    """A hub of which the commands are asked."""
    return house(tmp_path)


def asked(hub: Hub, *words: str) -> subprocess.CompletedProcess[str]:
    """What a command says there."""
    return hub_says(hub.settings.home, *words, more={"HUB_DATABASE": hub.settings.database or ""})


def no_log(hub: Hub) -> Path:
    """The sealed log opens for nobody: where its lock lies there is something else."""
    lock = hub.log_folder.with_suffix(".lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    return lock


@pytest.mark.parametrize("module", COMMANDS, ids=lambda path: path.stem)
def test_no_command_follows_in_a_finally_or_before_it_says_what_it_kept(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Try):
            for one in node.finalbody:
                assert "follow" not in ast.unparse(one)


@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["in words", "as JSON"])
def test_a_share_decided_while_the_road_is_away_is_said_to_be_and_leaves_later(
    there: Hub, as_json: tuple[str, ...]
) -> None:
    (report_id,) = say(there, "police", a_concern())
    no_road(there)
    words = ["share", CHILD, "--report", str(report_id), "--to", "health", "--as", "priya", "--purpose", "s47"]
    said = asked(there, *words, *as_json)
    assert said.returncode == 0
    if as_json:
        assert json.loads(said.stdout)["effect"] == "permitted"
        assert json.loads(said.stdout)["sent"] is False
    else:
        assert "Decided, and not yet sent to Fenwold Hospitals NHS Trust" in said.stdout
        assert "Sent to" not in said.stdout
    assert "may not have left yet" in said.stderr
    assert "It is on record" in said.stderr
    assert "nothing was done" not in said.stderr
    (person_id,) = there.index.people_with("nhs", ROBIN)
    (fact,) = (one for one in there.store.read_stream(Stream.access(person_id)) if isinstance(one, DisclosureDecided))
    a_road(there)
    assert there.follow_if_free(there.store)
    account = account_of(there.sharing(), person_id)
    assert account is not None
    assert account.permitted()[-1].follows == fact.disclosure_id
    assert account.permitted()[-1].disclosure_id in account.sent


def test_a_share_that_went_is_said_to_have_gone(there: Hub) -> None:
    (report_id,) = say(there, "police", a_concern())
    words = ["share", CHILD, "--report", str(report_id), "--to", "health", "--as", "priya", "--purpose", "s47"]
    said = asked(there, *words, "--json")
    assert said.returncode == 0
    assert json.loads(said.stdout)["sent"] is True


def test_what_was_read_of_a_file_while_the_road_is_away_waits_at_the_edge_and_is_said_to(there: Hub) -> None:
    no_road(there)
    said = asked(there, "send", "police", POLICE, "--json")
    assert said.returncode == 1
    assert {item["reason"] for item in json.loads(said.stdout)["items"]} == {"hub_has_not_answered_yet"}
    assert "the hub has not taken in all of this yet" in said.stderr
    a_road(there)
    said = asked(there, "send", "police", POLICE, "--json")
    assert said.returncode == 0
    assert {item["reason"] for item in json.loads(said.stdout)["items"]} == {""}


def test_what_was_taken_in_while_the_log_is_away_is_said_to_be(there: Hub) -> None:
    no_log(there)
    said = asked(there, "send", "police", POLICE, "--json")
    assert said.returncode == 0
    assert {item["reason"] for item in json.loads(said.stdout)["items"]} == {""}
    assert "the lists and the sealed log do not have this yet" in said.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("staff", "add", "ana", "--name", "Ana Reed", "--agency", "police", "--role", "practitioner"),
            "shown this once",
        ),
        (("staff", "leave", "tom"), "They may sign in no more."),
        (("conflict", "declare", CHILD, "--kind", "friend", "--as", "priya"), "On record: conflict"),
        (("team", "join", "tom", "assessment-north", "--as", "ivy"), "On record: tom joined"),
        (("enquiry", "open", CHILD, "--as", "priya", "--purpose", "s47"), "is opened."),
        (("chronology", CHILD, "--as", "priya", "--purpose", "s47"), "Concern"),
        (("shares", CHILD, "--as", "priya"), "Nothing was shared about this child"),
        (("erasure", "hold", CHILD, "--reason", "court", "--review-on", "2099-01-01", "--as", "ivy"), "Held:"),
        (
            (
                *("refuse", CHILD, "--as", "priya", "--asked-by", "health", "--asked-for", "all"),
                *("--purpose", "s47", "--reason", "no_consent"),
            ),
            "On record as",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_was_kept_while_the_log_is_away_is_said_first_and_ends_as_it_would(
    there: Hub, words: tuple[str, ...], says: str
) -> None:
    say(there, "police", a_concern())
    lock = no_log(there)
    said = asked(there, *words)
    assert says in said.stdout
    assert said.returncode == (1 if words[0] == "refuse" else 0)  # that reason is a myth, and does not stand
    assert "What was put on record stays there" in said.stderr
    assert "nothing was done" not in said.stderr
    lock.rmdir()
    there.follow()


def test_a_refusal_on_record_is_told_as_it_is_while_the_log_is_away(there: Hub) -> None:
    say(there, "police", a_concern())
    no_log(there)
    said = asked(there, "chronology", CHILD, "--as", "sam", "--purpose", "s47", "--json")
    assert said.returncode == 1
    assert json.loads(said.stdout)["refused"] is True
    assert "Your asking is on record." in said.stderr
    assert "nothing was done" not in said.stderr
