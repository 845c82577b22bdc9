"""One entry and its proof as a file that anybody can check without us; that it was handed out is on record first.

In it are the files that the one-page guide for auditors names: the entry, its proof (C2SP tlog-proof), what it stands
for with the salt, and the keys it was checked with.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

from audit.encoding import to_base64
from audit.policy import NO_QUORUM, Policy
from contracts.events.hub import Actor
from hub.application.kept_rows import KeptRow
from hub.application.look_at_audit import keep_audit_look, refuse_others
from hub.application.prove_entry import Material, Proved, ProvingEntries, prove
from hub.domain.access_line import line_of
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotOnRecord

WHAT: Final = "entry_proof_file"
_THEN: Final = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is asked for
_READ_ME: Final = """\
One entry of the record of access of a safeguarding hub, and its proof.

  entry              the entry as it stands in the log: a salted commitment, which tells nobody anything
  entry.tlog-proof   the proof that it is in the log, under a signed checkpoint (C2SP tlog-proof)
  body.json          what the entry stands for, with its salt: handle it as you handle personal data
  policy.txt         the keys it was checked with. Do not trust this copy: ask two of the agencies for theirs

Check it with Python 3.11 or newer, the package cryptography, and the folder audit of the project:

  python -m audit proof entry.tlog-proof --entry entry --body body.json --policy policy.txt

It shows that nothing was changed or removed here since the entry was sealed. It does not show that everything that
happened was written down.
"""


def hand_out_proof(proving: ProvingEntries, actor: Actor, position: int) -> bytes:
    """The file (zip), the same bytes for the same entry and checkpoint.

    Raises AccessRefused and NotOnRecord (the try is on record; also for what no checkpoint covers yet), Unreadable,
    StoreUnavailable.
    """
    sought = (str(position),)
    refuse_others(proving.checking, actor, AuditLook(WHAT, "export", sought=sought))
    rows = proving.kept.rows_after(position - 1, 1)
    row = rows[0] if rows and rows[0].position == position else None
    made = _made(prove(proving.sealed, row)) if row is not None else None
    people = _people(proving, row) if row is not None else ()
    digest = sha256(made).hexdigest() if made is not None else ""
    look = AuditLook(WHAT, "export", 1 if made else 0, people if made else (), sought, digest)
    keep_audit_look(proving.checking, actor, look)
    if made is None:
        raise NotOnRecord(str(position))
    return made


def _people(proving: ProvingEntries, row: KeptRow) -> tuple[UUID, ...]:
    fact = proving.kept.open_row(row)
    line = line_of(fact, row.position) if fact is not None else None
    return line.people if line is not None else ()


def _made(proved: Proved) -> bytes | None:
    """The file, even where a check failed: whoever looks into that needs it."""
    if proved.material is None or not proved.proof:
        return None
    files = {
        "READ-ME.txt": _READ_ME.encode(),
        "entry": proved.material.entry,
        "entry.tlog-proof": proved.proof,
        "body.json": _body(proved.material),
        "policy.txt": policy_text(proved.material),
    }
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one (zip): the same bytes for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, _THEN), content)
    return held.getvalue()


def _body(material: Material) -> bytes:
    held = {"i": material.index, "salt": to_base64(material.salt), "body": to_base64(material.body)}
    return json.dumps(held).encode() + b"\n"


def policy_text(material: Material) -> bytes:
    """The keys of the log and of the witnesses (C2SP tlog-policy)."""
    policy = material.policy or Policy((), {}, {}, NO_QUORUM)
    lines = [
        *(f"log {vkey}" for vkey in material.vkeys),
        *(f"witness {name} {vkey}" for name, vkey in policy.witnesses.items()),
        *(f"group {name} {group.needed} {' '.join(group.members)}" for name, group in policy.groups.items()),
        f"quorum {policy.quorum}",
    ]
    return ("\n".join(lines) + "\n").encode()
