"""Verifies a log folder, offline and without the hub: signature, tree, order, an older checkpoint, bodies, witnesses.

Source: C2SP tlog-tiles, tlog-checkpoint, tlog-cosignature, tlog-policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from audit.bodies import holes, open_bodies
from audit.checkpoint import Checkpoint, cosigned_at, open_checkpoint, parse_checkpoint
from audit.continues import BEGINS, check_continues
from audit.errors import AuditError, CannotRead, Malformed, NotSigned
from audit.files import WRITING, Folder
from audit.log import CHECKPOINT, COSIGNED
from audit.mldsa import SUBTREE, SubtreeVerifier
from audit.note import MAX_NOTE_BYTES, NoteVerifier, Verifier, parse_vkey, verify_note
from audit.policy import MAX_POLICY_BYTES, NO_QUORUM, Policy, cosigned_by, parse_policy
from audit.replay import Finding, Replay, replay

NEVER_CHECKED = "whether everything that happened was written to the log in the first place"


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found.

    `size` and `root` are the checkpoint's, 0 and None when it could not be read. `holes` are the runs (first, last) of
    entries no body was given for; they are not failures. `ok` means no finding: nothing that could be checked was
    changed or removed. It never means that the log is complete.
    """

    ok: bool
    size: int
    root: bytes | None
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...]
    holes: tuple[tuple[int, int], ...] = ()


def verify_folder(
    folder: Path,
    vkey: str | None = None,
    since: Path | None = None,
    bodies: Path | None = None,
    policy: Path | None = None,
    *,
    also: Sequence[str] = (),
    after: Path | None = None,
) -> Report:
    """What a log folder shows.

    `vkey` is the log's key; `since` a file with an older checkpoint of it; `bodies` a file of JSON lines with i, salt
    and body; `policy` a file naming trusted logs and witnesses; `also` keys (Ed25519 or ML-DSA-44) that must have
    signed the checkpoint besides; `after` the last checkpoint of the log that this one continues.
    Witnesses may have cosigned an older checkpoint of the same tree: then what came after it is told as not checked.
    Raises Malformed for a key or policy that is none, CannotRead for a folder or file that cannot be read.
    """
    if not folder.is_dir():
        raise CannotRead("the log folder: no such folder")
    asked = None if policy is None else parse_policy(_given(policy, "policy"))
    work = _Verification(Folder(folder), vkey, asked, tuple(map(_verifier, also)))
    old = None if since is None else _given(since, "older checkpoint")
    checkpoint = work.read_checkpoint()
    if checkpoint is None:
        return work.report(None)
    earlier = None if old is None else work.read_since(old, checkpoint)
    work.read_entries(checkpoint, earlier, work.read_witnesses(checkpoint), bodies is not None)
    if bodies is not None:
        work.open_bodies(bodies)
    if after is not None:
        work.read_before(_given(after, "last checkpoint of the log before"))
    return work.report(checkpoint)


class _Verification:
    def __init__(
        self, folder: Folder, vkey: str | None, policy: Policy | None, also: tuple[Verifier, ...] = ()
    ) -> None:
        self._folder = folder
        self._also = also
        self._vkeys = ((vkey,) if vkey else ()) + (policy.logs if policy and not vkey else ())
        for one in self._vkeys:
            NoteVerifier(one)
        self._policy = policy
        self._raw = b""
        self._findings: list[Finding] = []
        self._checks: list[str] = []
        self._not_checked = [NEVER_CHECKED]
        self._replayed = Replay()
        self._holes: tuple[tuple[int, int], ...] = ()

    def read_checkpoint(self) -> Checkpoint | None:
        raw = self._folder.read(CHECKPOINT, MAX_NOTE_BYTES)
        if raw is None:
            self._find(CHECKPOINT, "missing")
        checkpoint = None if raw is None else self._signed(raw, CHECKPOINT)
        if raw is not None and checkpoint is not None:
            self._raw = raw
            self._check_also(raw)
        else:
            self._not_checked.append("the entries, as there is no checkpoint to hold them against")
        return checkpoint

    def read_since(self, raw: bytes, checkpoint: Checkpoint) -> Checkpoint | None:
        earlier = self._signed(raw, "older checkpoint")
        if earlier is None:
            return None
        if earlier.origin != checkpoint.origin:
            self._find("older checkpoint", "is of another log")
            return None
        if earlier.size > checkpoint.size:
            self._find(CHECKPOINT, f"the size went down: {earlier.size} entries before, {checkpoint.size} now")
            return None
        return earlier

    def read_witnesses(self, checkpoint: Checkpoint) -> Checkpoint | None:
        """The checkpoint that witnesses cosigned, when it is kept apart: the newest may bear too few lines so far.

        One of more entries than the newest: either the log grew while it was read, or its end was cut off.
        """
        if self._policy is None or self._policy.quorum == NO_QUORUM:
            return None
        older = self._folder.read(COSIGNED, MAX_NOTE_BYTES)
        held = None if older is None else self._signed(older, COSIGNED)
        if older is None or held is None:
            self._check_witnesses(self._raw, enough=True)
            return None
        if held.size > checkpoint.size:
            self._check_witnesses(self._raw, enough=True)
            return held
        newest_is = self._check_witnesses(self._raw, enough=False)
        self._check_witnesses(older, enough=True)
        if not newest_is and held.size < checkpoint.size:
            self._not_checked.append(f"{run(held.size, checkpoint.size - 1)}: signed, and not cosigned yet")
        return held

    def read_entries(
        self, checkpoint: Checkpoint, earlier: Checkpoint | None, cosigned: Checkpoint | None, commitments: bool
    ) -> None:
        older = tuple(one for one in (earlier, cosigned) if one is not None)
        sizes = tuple(one.size for one in older)
        read = replay(self._folder, checkpoint.size, checkpoint.root, sizes, commitments)
        self._replayed = read
        self._findings += read.findings
        if read.more:
            self._find("entries and tiles", f"{read.more} more findings")
        if read.roots.get(checkpoint.size) != checkpoint.root:
            self._find(CHECKPOINT, "the entries do not lead to the root it states")
        if cosigned is not None and cosigned.size > read.size:
            self._find(COSIGNED, f"the size went down: {cosigned.size} entries were cosigned, {read.size} are here")
        elif cosigned is not None and read.roots.get(cosigned.size) != cosigned.root:
            self._find(COSIGNED, f"the first {cosigned.size} entries are not those that were cosigned: two histories")
        if earlier is not None:
            self._checks.append(f"older checkpoint: its {earlier.size} entries held against the first of this log")
            if read.roots.get(earlier.size) != earlier.root:
                self._find(
                    "older checkpoint",
                    f"the first {earlier.size} entries are not those it was signed over: two histories",
                )
        self._checks.append(f"tree: {read.size} entries hashed, {read.files} files of tiles and entries compared")
        self._checks.append("order: whether indices run without a gap and times never go back")
        if read.size > checkpoint.size:
            self._not_checked.append(f"{run(checkpoint.size, read.size - 1)}: not under a signed checkpoint yet")
        self._note_strangers()

    def read_before(self, raw: bytes) -> None:
        """Holds the last checkpoint of the log before against what entry 0 of this one commits to."""
        try:
            before = check_continues(self._folder, raw)
        except AuditError as error:
            self._find("entry 0", f"the log before: {error}")
        else:
            self._checks.append(f"entry 0: continues {before.origin} at its {before.size} entries")

    def open_bodies(self, file: Path) -> None:
        opened = open_bodies(file, bytes(self._replayed.commitments or b""), self._find)
        self._checks.append(f"bodies: {sum(opened)} opened")
        self._holes = holes(opened)
        for first, last in self._holes[:20]:
            self._not_checked.append(f"{run(first, last)}: not opened, no body was given")
        if len(self._holes) > 20:
            self._not_checked.append(f"{len(self._holes) - 20} more runs of entries: not opened, no body was given")

    def report(self, checkpoint: Checkpoint | None) -> Report:
        if not self._vkeys:
            self._not_checked.insert(0, "who signed the checkpoint: no key was given")
        if self._policy is None or self._policy.quorum == NO_QUORUM:
            self._not_checked.append("whether others were shown another history: no witnesses were asked for")
        if self._replayed.commitments is None and checkpoint is not None:
            self._not_checked.append("what the entries stand for: no bodies were given")
        size, root = (0, None) if checkpoint is None else (checkpoint.size, checkpoint.root)
        found, checks, open_ = tuple(self._findings), tuple(self._checks), tuple(self._not_checked)
        return Report(not found, size, root, checks, found, open_, self._holes)

    def _signed(self, raw: bytes, where: str) -> Checkpoint | None:
        """The checkpoint, its signature checked when there are keys; what is wrong is found. None when it is none."""
        try:
            checkpoint, _ = parse_checkpoint(raw)
            if self._vkeys:
                open_checkpoint(raw, self._vkeys)
                self._checks.append(f"{where}: signed by {checkpoint.origin}, {checkpoint.size} entries")
        except Malformed as error:
            self._find(where, str(error))
            return None
        except NotSigned as error:
            self._find(where, str(error))
        return checkpoint

    def _check_also(self, raw: bytes) -> None:
        """Whether each further key signed."""
        for verifier in self._also:
            try:
                verify_note(parse_checkpoint(raw)[1], [verifier])
                self._checks.append(f"{CHECKPOINT}: signed besides by key {verifier.key.key_id.hex()}")
            except NotSigned as error:
                self._find(CHECKPOINT, f"key {verifier.key.key_id.hex()}: {error}")

    def _check_witnesses(self, raw: bytes, *, enough: bool) -> bool:
        """Whether the policy is met; where it must be (`enough`) and is not, that is found, as is a bad line."""
        if self._policy is None:
            return False
        try:
            lines = cosigned_by(self._policy, raw)
        except NotSigned as error:
            self._find("witnesses", str(error))
            return False
        met = self._policy.is_met_by(frozenset(lines))
        if not met and enough:
            held = f"{len(lines)} of {len(self._policy.witnesses)} cosigned"
            self._find("witnesses", f"{held}: fewer than the policy asks")
        for line in lines.values() if enough else ():
            self._checks.append(f"witness: {line.name} cosigned at {utc(cosigned_at(line.signature))}")
        return met

    def _note_strangers(self) -> None:
        for name in self._folder.names():
            if name.startswith(f"{WRITING}/"):
                self._not_checked.append(f"file {name}: an unfinished write, not part of the log")
            elif name not in (CHECKPOINT, COSIGNED, BEGINS) and not name.startswith("tile/"):
                self._not_checked.append(f"file {name}: not part of a log")

    def _find(self, where: str, what: str) -> None:
        self._findings.append(Finding(where, what))


def _verifier(vkey: str) -> Verifier:
    """Who checks for a key of either kind. Raises Malformed."""
    return SubtreeVerifier(vkey) if parse_vkey(vkey).kind == SUBTREE else NoteVerifier(vkey)


def _given(file: Path, what: str) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(MAX_POLICY_BYTES + 1)
    except OSError as error:
        raise CannotRead(f"the {what} file: {error.strerror}") from error


def run(first: int, last: int) -> str:
    """The entries from one to another, in words."""
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def utc(at: int) -> str:
    """The time in words, or as a number when no calendar reaches so far."""
    if at >= 253_402_300_800:
        return f"{at} s"
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
