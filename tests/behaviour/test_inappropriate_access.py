"""Scenario 4, end to end by the commands: a look that was not for the work, from the first try to the sealed log."""

import argparse
import json
import shutil
import sys
from pathlib import Path

import pytest

from audit.verify import verify_folder
from hub.cli import ROOMS, commands_parser
from hub.commands import audit_export, audit_log, chronology, unexplained
from hub.domain.errors import AccessRefused
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.house import house
from tests.support.story import SECRETS, tell_story

ROBIN, NOBODY = "nhs:9990001006", "nhs:9990001375"


class Walk:
    """The hub's commands, one step after another, each told."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.settings = Settings(home=home)
        self.capsys = capsys
        self.told: list[str] = []

    def step(self, says: str, *words: str, code: int = 0) -> str:
        self.capsys.readouterr()
        refused = ""
        try:
            found = run(self.settings, commands_parser().parse_args(words))
        except AccessRefused as no:
            found, refused = 1, str(no)
        out, err = self.capsys.readouterr()
        self.told.append(f"{len(self.told) + 1:2}. {says}: hub {' '.join(words[:2])}, exit {found}")
        assert found == code, (words, out, err)
        return f"{out}{err}{refused}"


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code of a command, with settings that need no environment."""
    match arguments.command:
        case "chronology":
            asked = chronology.Asking(arguments.child, arguments.staff, arguments.purpose, None)
            return chronology.run(settings, asked, as_json=arguments.json)
        case "audit" if arguments.what == "unexplained":
            return unexplained.run_unexplained(settings, arguments)
        case "audit" if arguments.what == "export":
            return audit_export.run(settings, arguments)
        case "audit":
            return audit_log.verify(settings, as_json=arguments.json)
        case name:
            return next(one for one in ROOMS if name in one.NAMES).run(settings, arguments)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A hub with Robin's story and invented staff; Lena's nursery has said nothing of Robin."""
    hub: Hub = house(tmp_path)
    tell_story(hub)
    hub.follow()
    hub.close()
    return hub.settings.home


@pytest.mark.slow
def test_scenario_4_from_the_first_try_to_the_sealed_log(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    walk = Walk(home, capsys)
    look = ("--as", "lena", "--purpose", "s47")
    denied = walk.step("Lena looks, and is refused", "chronology", ROBIN, *look, code=1)
    absent = walk.step("a child who is not there is answered alike", "chronology", NOBODY, *look, code=1)
    assert denied == absent
    opened = walk.step(
        "Lena opens in an emergency", "break-glass", ROBIN, "--as", "lena", "--reason", "urgent_call", "--json"
    )
    decision = json.loads(opened)["opening"]["decision_id"]
    exported = walk.step(
        "Lena tries to take the record out", "audit", "export", "--csv", "--as", "lena", str(home / "o.csv"), code=1
    )
    waiting = walk.step("who checks finds it at once", "reviews", "--as", "ivy")
    asked = walk.step("nothing accounts for it", "audit", "unexplained", "--as", "ivy")
    assert decision in waiting
    assert decision in asked
    assert not [word for word in SECRETS if word in denied + exported + waiting + asked]
    walk.step("it goes to those who look into conduct", "review", decision, "--as", "ivy", "--finding", "refer")
    again = ("break-glass", ROBIN, "--as", "lena", "--reason", "urgent_call")
    walk.step("Lena cannot open it again meanwhile", *again, code=1)
    kept_out(walk)
    walk.step("Lena is refused as before", "chronology", ROBIN, *look, code=1)
    walk.step("Priya's work goes on", "chronology", ROBIN, "--as", "priya", "--purpose", "s47")
    walk.step(
        "the record of all this is taken out, on record",
        "audit",
        "export",
        "--s62",
        "--as",
        "ivy",
        str(home / "s62.csv"),
    )
    walk.step("the log and the store fit", "audit", "verify")
    walk.told.append(f"{len(walk.told) + 1:2}. one byte altered is named: {altered(home)}")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(walk.told) + "\n")


def kept_out(walk: Walk) -> None:
    """A conflict of interest is declared of Lena, and neither Lena nor who declared it takes it back."""
    declared = walk.step(
        "a conflict of interest is declared of Lena",
        *("conflict", "declare", ROBIN, "--as", "ivy", "--of", "lena", "--kind", "family"),
    )
    conflict = declared.split("conflict ")[1].split(".")[0]
    walk.step("Lena cannot withdraw it", "conflict", "withdraw", conflict, "--as", "lena", code=1)
    walk.step("nor who declared it, alone", "conflict", "withdraw", conflict, "--as", "ivy", code=1)


def altered(home: Path) -> str:
    """What the verifier, which needs nothing of the hub, says of a copy of the log with one byte changed."""
    hub = Hub(Settings(home=home))
    vkey, folder = hub.log_key, hub.log_folder
    hub.close()
    assert verify_folder(folder, vkey=vkey).ok
    copy = home.parent / "copy"
    shutil.copytree(folder, copy)
    target = max((copy / "tile" / "entries").rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0)
    changed = bytearray(target.read_bytes())
    changed[len(changed) // 2] ^= 1
    target.write_bytes(bytes(changed))
    report = verify_folder(copy, vkey=vkey)
    assert not report.ok
    return report.findings[0].where
