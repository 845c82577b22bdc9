"""Verifies a log folder, offline and without the hub: signature, tree, order, an older checkpoint, bodies, witnesses.

Source: C2SP tlog-tiles, tlog-checkpoint, tlog-cosignature, tlog-policy.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from audit.bodies import holes, open_bodies
from audit.checkpoint import Checkpoint, cosigned_at, open_checkpoint, parse_checkpoint
from audit.errors import CannotRead, Malformed, NotSigned
from audit.files import WRITING, Folder
from audit.note import MAX_NOTE_BYTES, NoteVerifier
from audit.policy import MAX_POLICY_BYTES, NO_QUORUM, Policy, cosigned_by, parse_policy
from audit.replay import Finding, Replay, replay

CHECKPOINT = "checkpoint"
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
) -> Report:
    """What a log folder shows.

    `vkey` is the log's key; `since` a file with an older checkpoint of it; `bodies` a file of JSON lines with i, salt
    and body; `policy` a file naming trusted logs and witnesses.
    Raises Malformed for a key or policy that is none, CannotRead for a folder or file that cannot be read.
    """
    if not folder.is_dir():
        raise CannotRead("the log folder: no such folder")
    work = _Verification(Folder(folder), vkey, None if policy is None else parse_policy(_given(policy, "policy")))
    old = None if since is None else _given(since, "older checkpoint")
    checkpoint = work.read_checkpoint()
    if checkpoint is None:
        return work.report(None)
    earlier = None if old is None else work.read_since(old, checkpoint)
    work.read_entries(checkpoint, earlier, bodies is not None)
    if bodies is not None:
        work.open_bodies(bodies)
    return work.report(checkpoint)


class _Verification:
    def __init__(self, folder: Folder, vkey: str | None, policy: Policy | None) -> None:
        self._folder = folder
        self._vkeys = ((vkey,) if vkey else ()) + (policy.logs if policy and not vkey else ())
        for one in self._vkeys:
            NoteVerifier(one)
        self._policy = policy
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
            self._check_witnesses(raw)
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

    def read_entries(self, checkpoint: Checkpoint, earlier: Checkpoint | None, commitments: bool) -> None:
        sizes = () if earlier is None else (earlier.size,)
        read = replay(self._folder, checkpoint.size, checkpoint.root, sizes, commitments)
        self._replayed = read
        self._findings += read.findings
        if read.more:
            self._find("entries and tiles", f"{read.more} more findings")
        if read.roots.get(checkpoint.size) != checkpoint.root:
            self._find(CHECKPOINT, "the entries do not lead to the root it states")
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
            self._not_checked.append(f"entries {checkpoint.size} to {read.size - 1}: not under a signed checkpoint yet")
        self._note_strangers()

    def open_bodies(self, file: Path) -> None:
        opened = open_bodies(file, bytes(self._replayed.commitments or b""), self._find)
        self._checks.append(f"bodies: {sum(opened)} opened")
        self._holes = holes(opened)
        for first, last in self._holes[:20]:
            entries = f"entry {first}" if first == last else f"entries {first} to {last}"
            self._not_checked.append(f"{entries}: not opened, no body was given")
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

    def _check_witnesses(self, raw: bytes) -> None:
        if self._policy is None or self._policy.quorum == NO_QUORUM:
            return
        try:
            lines = cosigned_by(self._policy, raw)
        except NotSigned as error:
            self._find("witnesses", str(error))
            return
        for line in lines.values():
            self._checks.append(f"witness: {line.name} cosigned at {_utc(cosigned_at(line.signature))}")
        if not self._policy.is_met_by(frozenset(lines)):
            self._find(
                "witnesses", f"{len(lines)} of {len(self._policy.witnesses)} cosigned: fewer than the policy asks"
            )

    def _note_strangers(self) -> None:
        for name in self._folder.names():
            if name.startswith(f"{WRITING}/"):
                self._not_checked.append(f"file {name}: an unfinished write, not part of the log")
            elif name != CHECKPOINT and not name.startswith("tile/"):
                self._not_checked.append(f"file {name}: not part of a log")

    def _find(self, where: str, what: str) -> None:
        self._findings.append(Finding(where, what))


def _given(file: Path, what: str) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(MAX_POLICY_BYTES + 1)
    except OSError as error:
        raise CannotRead(f"the {what} file: {error.strerror}") from error


def _utc(at: int) -> str:
    """The time in words, or as a number when no calendar reaches so far."""
    if at >= 253_402_300_800:
        return f"{at} s"
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
