"""`python -m audit`: verify a log folder or one proof, offline. Exit code 0 verified, 1 not, 2 wrong usage."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.encoding import to_base64
from audit.errors import AuditError, CannotRead, Malformed
from audit.note import MAX_NOTE_BYTES, NoteVerifier
from audit.proof import verify_proof
from audit.tiles import MAX_ENTRY_BYTES
from audit.verify import Report, verify_folder

VERIFIED, NOT_VERIFIED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. Answers go to standard output, wrong usage to standard error."""
    asked = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="audit", description="Check a sealed log without the hub that wrote it.")
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify", help="a whole log folder")
    verify.add_argument("folder", type=Path, metavar="FOLDER")
    verify.add_argument("--vkey", help="the log's public key, as it gave it to you: name+id+key")
    verify.add_argument("--since", type=Path, metavar="FILE", help="an older checkpoint you kept")
    verify.add_argument("--bodies", type=Path, metavar="FILE", help="JSON lines with i, salt and body")
    verify.add_argument("--policy", type=Path, metavar="FILE", help="trusted logs and witnesses (tlog-policy)")
    verify.add_argument("--json", action="store_true", help="one JSON object")
    proof = commands.add_parser("proof", help="one .tlog-proof file")
    proof.add_argument("proof", type=Path, metavar="PROOF_FILE")
    proof.add_argument("--entry", type=Path, required=True, metavar="FILE", help="the entry's exact bytes")
    proof.add_argument("--vkey", required=True, help="the log's public key")
    return parser


def _verify(asked: argparse.Namespace) -> int:
    report = verify_folder(asked.folder, asked.vkey, asked.since, asked.bodies, asked.policy)
    print(_as_json(report) if asked.json else _as_text(report))
    return VERIFIED if report.ok else NOT_VERIFIED


def _prove(asked: argparse.Namespace) -> int:
    NoteVerifier(asked.vkey)
    raw, entry = _file(asked.proof, MAX_NOTE_BYTES), _file(asked.entry, MAX_ENTRY_BYTES)
    try:
        proof, checkpoint = verify_proof(raw, entry, (asked.vkey,))
    except AuditError as error:
        print(f"NOT VERIFIED\n  {error}")
        return NOT_VERIFIED
    print(
        f"Verified: this is entry {proof.index} of {checkpoint.origin}, under a signed checkpoint of {checkpoint.size}."
    )
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
