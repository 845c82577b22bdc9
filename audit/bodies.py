"""Opens entries: holds bodies against the commitments that stand for them in the log."""

import hmac
import json
from collections.abc import Callable
from pathlib import Path

from audit.commitment import MAX_BODY_BYTES, SALT_BYTES, commit
from audit.encoding import from_base64
from audit.errors import CannotRead, Malformed

MAX_LINE_BYTES = 4 * MAX_BODY_BYTES
_COMMITMENT_BYTES = 32


def open_bodies(file: Path, commitments: bytes, report: Callable[[str, str], None]) -> bytes:
    """One byte per entry, 1 where a body opened it. Each line that does not is reported. Raises CannotRead."""
    opened = bytearray(len(commitments) // _COMMITMENT_BYTES)
    try:
        with file.open("rb") as lines:
            number = 0
            while line := lines.readline(MAX_LINE_BYTES + 1):
                number += 1
                _open_one(number, line, commitments, opened, report)
    except OSError as error:
        raise CannotRead(f"the bodies file: {error.strerror}") from error
    return bytes(opened)


def holes(opened: bytes) -> tuple[tuple[int, int], ...]:
    """The runs of entries that no body opened, as (first, last)."""
    runs: list[tuple[int, int]] = []
    first = opened.find(0)
    while first >= 0:
        after = opened.find(1, first)
        last = (len(opened) if after < 0 else after) - 1
        runs.append((first, last))
        first = opened.find(0, last + 1)
    return tuple(runs)


def _open_one(
    number: int, line: bytes, commitments: bytes, opened: bytearray, report: Callable[[str, str], None]
) -> None:
    try:
        index, salt, body = parse_line(line)
    except Malformed as error:
        report(f"bodies line {number}", str(error))
        return
    if index >= len(opened):
        report(f"bodies line {number}", f"is for entry {index}, which the log does not hold")
        return
    committed = commitments[index * _COMMITMENT_BYTES : (index + 1) * _COMMITMENT_BYTES]
    if len(salt) == SALT_BYTES and hmac.compare_digest(committed, commit(salt, body)):
        opened[index] = 1
    else:
        report(f"entry {index}", f"the body on line {number} is not the one that was sealed")


def parse_line(line: bytes) -> tuple[int, bytes, bytes]:
    """Index, salt and body of a line of a bodies file. Raises Malformed."""
    try:
        held: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed("not a JSON object") from error
    match held:
        case {"i": int(index), "salt": str(salt), "body": str(body)} if not isinstance(index, bool) and index >= 0:
            return index, from_base64(salt), from_base64(body)
        case _:
            raise Malformed("not an object with i, salt and body")
