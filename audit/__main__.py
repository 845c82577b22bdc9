"""`python -m audit`: verify a log folder or one proof, offline. Exit code 0 verified, 1 not, 2 wrong usage."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.bodies import MAX_LINE_BYTES, parse_line
from audit.checkpoint import cosigned_at
from audit.commitment import opens
from audit.encoding import to_base64
from audit.errors import AuditError, CannotRead, Malformed, ProofFails
from audit.note import MAX_NOTE_BYTES, NoteVerifier
from audit.policy import MAX_POLICY_BYTES, cosigned_by, parse_policy
from audit.proof import verify_proof
from audit.tiles import MAX_ENTRY_BYTES
from audit.verify import Report, utc, verify_folder

VERIFIED, NOT_VERIFIED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. Answers go to standard output, wrong usage to standard error."""
    asked = commands_parser().parse_args(arguments)
    try:
        code = _verify(asked) if asked.command == "verify" else _prove(asked)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever was reading has gone: an answer that nobody read to its end is never "verified".
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_VERIFIED
    except (CannotRead, Malformed) as error:
        print(f"audit: {error}", file=sys.stderr)
        return WRONG_USAGE


def commands_parser() -> argparse.ArgumentParser:
    """What every command and its words are read by."""
    parser = argparse.ArgumentParser(prog="audit", description="Check a sealed log without the hub that wrote it.")
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify", help="a whole log folder")
    verify.add_argument("folder", type=Path, metavar="FOLDER")
    verify.add_argument("--vkey", help="the log's public key, as it gave it to you: name+id+key")
    verify.add_argument(
        "--also", action="append", default=[], metavar="VKEY", help="a key that must have signed besides"
    )
    verify.add_argument("--since", type=Path, metavar="FILE", help="an older checkpoint you kept")
    verify.add_argument("--after", type=Path, metavar="FILE", help="the last checkpoint of the log before this one")
    verify.add_argument("--bodies", type=Path, metavar="FILE", help="JSON lines with i, salt and body")
    verify.add_argument("--policy", type=Path, metavar="FILE", help="trusted logs and witnesses (tlog-policy)")
    verify.add_argument("--json", action="store_true", help="one JSON object")
    proof = commands.add_parser("proof", help="one .tlog-proof file")
    proof.add_argument("proof", type=Path, metavar="PROOF_FILE")
    proof.add_argument("--entry", type=Path, required=True, metavar="FILE", help="the entry's exact bytes")
    proof.add_argument(
        "--body", type=Path, metavar="FILE", help="what the entry stands for: JSON with i, salt and body"
    )
    proof.add_argument("--vkey", help="the log's public key; else the policy's")
    proof.add_argument("--policy", type=Path, metavar="FILE", help="trusted logs and witnesses (tlog-policy)")
    return parser


def _verify(asked: argparse.Namespace) -> int:
    report = verify_folder(
        asked.folder, asked.vkey, asked.since, asked.bodies, asked.policy, also=asked.also, after=asked.after
    )
    print(_as_json(report) if asked.json else _as_text(report))
    return VERIFIED if report.ok else NOT_VERIFIED


def _prove(asked: argparse.Namespace) -> int:
    policy = None if asked.policy is None else parse_policy(_file(asked.policy, MAX_POLICY_BYTES))
    vkeys = (asked.vkey,) if asked.vkey else policy.logs if policy is not None else ()
    if not vkeys:
        raise CannotRead("neither --vkey nor a log in --policy says whose log it is")
    for vkey in vkeys:
        NoteVerifier(vkey)
    raw, entry = _file(asked.proof, MAX_NOTE_BYTES), _file(asked.entry, MAX_ENTRY_BYTES)
    held = None if asked.body is None else parse_line(_file(asked.body, MAX_LINE_BYTES))
    try:
        proof, checkpoint = verify_proof(raw, entry, vkeys)
        if held is not None and not (held[0] == proof.index and opens(entry, *held[1:])):
            raise ProofFails("the body is not the one that the entry stands for")
        lines = {} if policy is None else cosigned_by(policy, proof.checkpoint)
    except AuditError as error:
        print(f"NOT VERIFIED\n  {error}")
        return NOT_VERIFIED
    if policy is not None and not policy.is_met_by(frozenset(lines)):
        print(f"NOT VERIFIED\n  {len(lines)} of {len(policy.witnesses)} cosigned: fewer than the policy asks")
        return NOT_VERIFIED
    print(
        f"Verified: this is entry {proof.index} of {checkpoint.origin}, under a signed checkpoint of {checkpoint.size}."
    )
    if held is not None:
        print("  the body is the one that the entry stands for")
    for line in lines.values():
        print(f"  cosigned by {line.name}, {utc(cosigned_at(line.signature))}")
    return VERIFIED


def _as_text(report: Report) -> str:
    if report.ok:
        lines = [f"Verified, as far as was checked: nothing changed or removed in {report.size} entries."]
    else:
        lines = [f"NOT VERIFIED: {len(report.findings)} found."]
    lines += [f"  {finding.where}: {finding.what}" for finding in report.findings]
    lines += ["Checked", *(f"  {check}" for check in report.checks)] if report.checks else []
    lines += ["Not checked", *(f"  {check}" for check in report.not_checked)]
    return "\n".join(lines)


def _as_json(report: Report) -> str:
    return json.dumps(
        {
            "ok": report.ok,
            "size": report.size,
            "root": None if report.root is None else to_base64(report.root),
            "checks": report.checks,
            "findings": [{"where": finding.where, "what": finding.what} for finding in report.findings],
            "not_checked": report.not_checked,
            "holes": report.holes,
        }
    )


def _file(path: Path, limit_bytes: int) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(limit_bytes + 1)
    except OSError as error:
        raise CannotRead(f"{path.name}: {error.strerror}") from error


if __name__ == "__main__":
    sys.exit(main())
