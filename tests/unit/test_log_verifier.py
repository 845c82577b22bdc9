"""Does the verifier say what holds, what does not, and what it could not check?"""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit.__main__ import main
from audit.checkpoint import parse_checkpoint, with_lines
from audit.errors import CannotRead, Malformed
from audit.log import SealedLog
from audit.note import NoteSigner
from audit.verify import verify_folder
from tests.support.sealed_logs import (
    ORIGIN,
    body,
    cosigner,
    entries,
    entry,
    log_signer,
    make_log,
    private_key,
    salt,
    write_dishonest_log,
)

VKEY = log_signer().vkey


def write_bodies(file: Path, indices: range, act: str = "read") -> Path:
    lines = (
        {"i": i, "salt": base64.b64encode(salt(i)).decode(), "body": base64.b64encode(body(i, act)).decode()}
        for i in indices
    )
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def test_an_honest_log_is_verified(tmp_path: Path) -> None:
    make_log(tmp_path, 3, 300)
    report = verify_folder(tmp_path, VKEY)
    assert report.ok
    assert report.size == 300
    assert report.root == parse_checkpoint((tmp_path / "checkpoint").read_bytes())[0].root
    assert any("300 entries hashed" in check for check in report.checks)


def test_what_was_not_checked_is_said(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    said = " / ".join(verify_folder(tmp_path).not_checked)
    for words in ("who signed", "another history", "no bodies", "written to the log in the first place"):
        assert words in said
    assert "who signed" not in " / ".join(verify_folder(tmp_path, VKEY).not_checked)


def test_entries_not_yet_signed_are_said_and_are_no_fault(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(300, 600))
    report = verify_folder(tmp_path, VKEY)
    assert (report.ok, report.size) == (True, 300)
    assert "entries 300 to 599: not under a signed checkpoint yet" in report.not_checked


def test_a_single_entry_not_yet_signed_is_said_as_one(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(3, 4))
    assert "entry 3: not under a signed checkpoint yet" in verify_folder(tmp_path, VKEY).not_checked


def test_strange_files_are_named(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    (tmp_path / "notes.txt").write_text("x")
    assert "file notes.txt: not part of a log" in verify_folder(tmp_path, VKEY).not_checked
    (tmp_path / "tile" / "0" / "1").write_text("x")
    assert [finding.where for finding in verify_folder(tmp_path, VKEY).findings] == ["tile tile/0/1"]


def test_a_log_without_a_checkpoint_is_not_verified(tmp_path: Path) -> None:
    report = verify_folder(tmp_path, VKEY)
    assert [(finding.where, finding.what) for finding in report.findings] == [("checkpoint", "missing")]
    assert (report.ok, report.root) == (False, None)


def test_a_log_of_another_key_is_not_verified(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    for name, seed in ((ORIGIN, 3), ("other.example/log", 1)):
        report = verify_folder(tmp_path, NoteSigner(name, private_key(seed)).vkey)
        assert [(finding.where, finding.what) for finding in report.findings] == [
            ("checkpoint", "no known key signed this")
        ]


def test_an_older_checkpoint_of_the_same_history_holds(tmp_path: Path) -> None:
    make_log(tmp_path / "log", 3)
    old = tmp_path / "old"
    old.write_bytes((tmp_path / "log" / "checkpoint").read_bytes())
    make_log(tmp_path / "log", 300)
    report = verify_folder(tmp_path / "log", VKEY, since=old)
    assert report.ok
    assert any("its 3 entries held" in check for check in report.checks)


def test_an_older_checkpoint_of_another_log_is_no_older_checkpoint(tmp_path: Path) -> None:
    make_log(tmp_path / "log", 3)
    with SealedLog.open(tmp_path / "other", NoteSigner("other.example/log", private_key(1))) as other:
        other.add(entries(0, 3))
        other.checkpoint()
    report = verify_folder(tmp_path / "log", since=tmp_path / "other" / "checkpoint")
    assert [(finding.where, finding.what) for finding in report.findings] == [("older checkpoint", "is of another log")]


def test_bodies_are_opened_and_holes_named(tmp_path: Path) -> None:
    make_log(tmp_path / "log", 300)
    bodies = write_bodies(tmp_path / "bodies", range(2, 299))
    report = verify_folder(tmp_path / "log", VKEY, bodies=bodies)
    assert report.ok
    assert report.holes == ((0, 1), (299, 299))
    assert "entries 0 to 1: not opened, no body was given" in report.not_checked
    assert "bodies: 297 opened" in report.checks
    assert verify_folder(tmp_path / "log", bodies=write_bodies(bodies, range(300))).holes == ()


@pytest.mark.parametrize(
    "line",
    [
        b"not json\n",
        b"[]\n",
        b'{"i":0}\n',
        b'{"i":true,"salt":"","body":""}\n',
        b'{"i":-1,"salt":"","body":""}\n',
        b'{"i":9,"salt":"","body":""}\n',
        b'{"i":0,"salt":"!","body":""}\n',
        b'{"i":0,"salt":"","body":""}\n',
        b"[" * 200_000 + b"\n",
        b"\xff\n",
    ],
)
def test_a_line_that_is_no_body_of_the_log_is_a_fault(tmp_path: Path, line: bytes) -> None:
    make_log(tmp_path / "log", 3)
    (tmp_path / "bodies").write_bytes(line)
    report = verify_folder(tmp_path / "log", VKEY, bodies=tmp_path / "bodies")
    assert not report.ok


def test_witnesses_are_counted_against_the_policy(tmp_path: Path) -> None:
    make_log(tmp_path / "log", 3)
    two = (cosigner("a.example", 2), cosigner("b.example", 3))
    lines = "".join(f"witness {one.key.name} {one.vkey}\n" for one in two)
    policy = tmp_path / "policy"
    policy.write_text(f"log {VKEY}\n{lines}group g all a.example b.example\nquorum g\n")
    checkpoint = tmp_path / "log" / "checkpoint"
    for number, one in enumerate(two):
        report = verify_folder(tmp_path / "log", policy=policy)
        assert [finding.where for finding in report.findings] == ["witnesses"]
        assert f"{number} of 2" in report.findings[0].what
        raw = checkpoint.read_bytes()
        checkpoint.write_bytes(with_lines(raw, one.cosign(parse_checkpoint(raw)[1].text, 1_795_000_100)))
    report = verify_folder(tmp_path / "log", policy=policy)
    assert report.ok
    assert "witness: a.example cosigned at 2026-11-18 11:08:20 UTC" in report.checks


def test_a_wrong_index_a_time_back_and_a_strange_entry_are_named(tmp_path: Path) -> None:
    content = list(entries(0, 300))
    content[10], content[11] = content[11], content[10]
    content[270] = b"anything"
    write_dishonest_log(tmp_path, content)
    found = [(finding.where, finding.what) for finding in verify_folder(tmp_path, VKEY).findings]
    assert found == [
        ("entry 10", "bears the index 11"),
        ("entry 11", "bears the index 10"),
        ("entry 11", "its time is before that of the entry before it"),
        ("entry 270", "is not an entry of version 1"),
    ]


def test_findings_beyond_the_first_hundred_are_counted(tmp_path: Path) -> None:
    write_dishonest_log(tmp_path, [b"anything"] * 300)
    report = verify_folder(tmp_path, VKEY)
    assert len(report.findings) == 101
    assert report.findings[-1].what == "200 more findings"


def test_wrong_usage_is_told_from_a_log_that_does_not_hold(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    with pytest.raises(CannotRead):
        verify_folder(tmp_path / "nothing")
    with pytest.raises(Malformed):
        verify_folder(tmp_path, "not a key")
    nothing = tmp_path / "nothing"
    for since, bodies, policy in ((nothing, None, None), (None, nothing, None), (None, None, nothing)):
        with pytest.raises(CannotRead):
            verify_folder(tmp_path, VKEY, since, bodies, policy)
    with pytest.raises(CannotRead):
        verify_folder(tmp_path, VKEY, after=nothing)


def test_the_command_answers_people_and_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_log(tmp_path, 300)
    assert main(["verify", str(tmp_path), "--vkey", VKEY]) == 0
    said = capsys.readouterr().out
    assert "nothing changed or removed in 300 entries" in said
    assert "complete" not in said
    assert main(["verify", str(tmp_path), "--vkey", VKEY, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["size"], answer["findings"], answer["holes"]) == (True, 300, [], [])
    bundle = tmp_path / "tile" / "entries" / "000"
    bundle.write_bytes(bundle.read_bytes().replace(entry(41)[:30], entry(42)[:30]))
    assert main(["verify", str(tmp_path), "--vkey", VKEY]) == 1
    assert capsys.readouterr().out.splitlines()[1].startswith("  entry 41: changed")
    assert main(["verify", str(tmp_path), "--vkey", VKEY, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["where"] == "entry 41"


@pytest.mark.parametrize(
    "arguments", [["verify", "nothing"], ["verify", ".", "--vkey", "x"], ["proof", "x", "--entry", "y"]]
)
def test_wrong_usage_exits_with_two_and_no_traceback(arguments: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "audit", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_the_command_checks_one_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SealedLog.open(tmp_path / "log", log_signer()) as log:
        log.add(entries(0, 5))
        log.checkpoint()
        (tmp_path / "p.tlog-proof").write_bytes(log.proof_file(3))
    (tmp_path / "entry").write_bytes(entry(3))
    arguments = ["proof", str(tmp_path / "p.tlog-proof"), "--entry", str(tmp_path / "entry"), "--vkey", VKEY]
    assert main(arguments) == 0
    assert "entry 3 of hub.example/audit/2026" in capsys.readouterr().out
    (tmp_path / "entry").write_bytes(entry(4))
    assert main(arguments) == 1
    (tmp_path / "p.tlog-proof").write_bytes(b"x")
    assert main(arguments) == 1
    assert "NOT VERIFIED" in capsys.readouterr().out


def test_the_package_needs_cryptography_and_nothing_else_of_ours() -> None:
    code = (
        "import sys, audit.__main__, audit.witness; print(' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split()) - set(sys.stdlib_module_names)
    assert {"audit", "cryptography"} <= loaded
    assert not loaded & {"hub", "contracts", "consent", "agencies", "pydantic", "fastapi", "eventsourcing"}
