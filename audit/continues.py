"""How one log goes on from another: entry 0 of the new one commits to the last checkpoint of the one before.

The file `begins` beside the checkpoint holds what opens entry 0, as one line of a bodies file: i, salt and body.
"""

import json

from audit.bodies import parse_line
from audit.checkpoint import Checkpoint, parse_checkpoint
from audit.commitment import MAX_BODY_BYTES, opens
from audit.errors import CannotRead, Malformed, ProofFails
from audit.files import Folder
from audit.log import CHECKPOINT
from audit.note import MAX_NOTE_BYTES
from audit.tree import SealedTree

BEGINS = "begins"


def check_continues(folder: Folder, before: bytes) -> Checkpoint:
    """The checkpoint `before`, when entry 0 of the log in the folder commits to it.

    Raises Malformed, ProofFails (it commits to another, or to none), CannotRead, LogDamaged.
    """
    raw = folder.read(BEGINS, 4 * MAX_BODY_BYTES)
    if raw is None:
        raise CannotRead(f"{BEGINS}: missing")
    index, salt, body = parse_line(raw)
    if index != 0 or not opens(SealedTree(folder, _size(folder)).entry(0), salt, body):
        raise ProofFails(f"the file {BEGINS} does not open it")
    stated, given = parse_checkpoint(_stated(body))[0], parse_checkpoint(before)[0]
    if stated != given:
        raise ProofFails("it commits to another checkpoint")
    return stated


def _size(folder: Folder) -> int:
    raw = folder.read(CHECKPOINT, MAX_NOTE_BYTES)
    if raw is None:
        raise CannotRead(f"{CHECKPOINT}: missing")
    return parse_checkpoint(raw)[0].size


def _stated(body: bytes) -> bytes:
    try:
        held: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("what it commits to is not JSON") from error
    match held:
        case {"kind": "key_rotation", "before": str(before)} if before:
            return before.encode()
        case _:
            raise Malformed("it does not say which log it continues")
