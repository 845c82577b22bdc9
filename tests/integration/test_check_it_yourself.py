"""Does the page "Check it yourself" work as it is written, on a machine with `audit` and nothing else of ours?"""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.checkpoint import parse_checkpoint
from audit.commitment import body_bytes, commit
from audit.commitment import entry as make_entry
from audit.encoding import to_base64
from audit.log import SealedLog
from audit.note import NoteSigner
from tests.support.places import REPO
from tests.support.sealed_logs import (
    START_US,
    change_entry,
    entries,
    log_signer,
    private_key,
    write_bodies,
)
from tests.support.witnesses import policy_text, signer_of

PAGE = (REPO / "docs" / "check-it-yourself.md").read_text()
COMMANDS = tuple(
    shlex.split(line) for block in re.findall(r"```console\n(.*?)```", PAGE, re.S) for line in block.splitlines()
)
NOW = 1_795_000_100


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An auditor's folder with all that the page says is given, and the folder `audit`."""
    shutil.copytree(REPO / "audit", tmp_path / "audit", ignore=shutil.ignore_patterns("__pycache__"))
    with SealedLog.open(tmp_path / "log", log_signer()) as log:
        log.add(entries(0, 300))
        (tmp_path / "old-checkpoint").write_bytes(log.checkpoint())
        log.add(entries(300, 700))
        note = log.checkpoint()
        text = parse_checkpoint(note)[1].text
        log.attach(note, b"".join(signer_of(name).cosign(text, NOW) for name in ("police", "health")), enough=True)
        (tmp_path / "entry.tlog-proof").write_bytes(log.proof_file(41))
        (tmp_path / "entry").write_bytes(log.entry(41))
    write_bodies(tmp_path / "bodies.jsonl", range(700))
    write_bodies(tmp_path / "body.json", range(41, 42))
    places = {name: "" for name in ("police", "health", "school")}
    (tmp_path / "policy.txt").write_text(policy_text((log_signer().vkey,), places, 2))
    begin_year(tmp_path)
    return tmp_path


def begin_year(desk: Path) -> None:
    """The log of the next year, its entry 0 over the last checkpoint of this one."""
    before = (desk / "log" / "checkpoint").read_text()
    body, salt = body_bytes({"kind": "key_rotation", "before": before, "v": 1}), bytes(range(32))
    with SealedLog.open(desk / "log-2027", NoteSigner("hub.example/audit/2027", private_key(6))) as log:
        log.add([make_entry(0, START_US, commit(salt, body))])
        log.checkpoint()
    held = f'{{"i":0,"salt":"{to_base64(salt)}","body":"{to_base64(body)}"}}\n'
    (desk / "log-2027" / "begins").write_text(held)


def run(desk: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """The command as the page has it, with no way to anything else of ours."""
    command = [sys.executable, *words[1:]]
    return subprocess.run(command, cwd=desk, env={"PATH": ""}, capture_output=True, text=True, check=False)


def test_the_page_has_its_four_commands() -> None:
    assert [words[3] for words in COMMANDS] == ["verify", "verify", "proof", "verify"]
    assert all(words[:3] == ["python", "-m", "audit"] for words in COMMANDS)


def test_every_command_of_the_page_verifies(desk: Path) -> None:
    for words in COMMANDS:
        done = run(desk, words)
        assert (done.returncode, done.stderr) == (0, ""), (words, done.stdout)
    first = run(desk, COMMANDS[0]).stdout.splitlines()[0]
    assert first in PAGE


def test_the_first_time_it_verifies_without_an_old_checkpoint(desk: Path) -> None:
    (desk / "old-checkpoint").unlink()
    assert run(desk, COMMANDS[0]).returncode != 0
    since = COMMANDS[0].index("--since")
    assert f"leave `{' '.join(COMMANDS[0][since:])}` out" in PAGE
    assert run(desk, COMMANDS[0][:since]).returncode == 0


def test_what_the_page_says_will_be_said_of_a_changed_entry_is_said(desk: Path) -> None:
    change_entry(desk / "log", 300)
    done = run(desk, COMMANDS[0])
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] in PAGE
    assert "entry 300" in done.stdout


def test_each_thing_that_was_given_is_really_looked_at(desk: Path) -> None:
    """Change what each command is given, one thing at a time: it must say no."""
    for words, name in (
        (COMMANDS[0], "old-checkpoint"),
        (COMMANDS[0], "policy.txt"),
        (COMMANDS[1], "bodies.jsonl"),
        (COMMANDS[2], "entry"),
        (COMMANDS[2], "entry.tlog-proof"),
        (COMMANDS[2], "body.json"),
        (COMMANDS[3], "log/checkpoint"),
    ):
        whole = (desk / name).read_bytes()
        at = whole.index(b"\n", 30) + 1 if name.endswith("checkpoint") else len(whole) // 2
        (desk / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert run(desk, words).returncode != 0, (words, name)
        (desk / name).write_bytes(whole)


def test_a_hole_is_listed_and_an_unmet_quorum_refused(desk: Path) -> None:
    held = (desk / "bodies.jsonl").read_text().splitlines(keepends=True)
    (desk / "bodies.jsonl").write_text("".join(held[:41] + held[45:]))
    done = run(desk, COMMANDS[1])
    assert (done.returncode, "entries 41 to 44: not opened" in done.stdout) == (0, True)
    policy = desk / "policy.txt"
    policy.write_text(policy.read_text().replace("group enough 2", "group enough 3"))
    assert [run(desk, words).returncode for words in COMMANDS[:3]] == [1, 1, 1]
