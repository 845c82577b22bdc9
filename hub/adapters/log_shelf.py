"""The sealed log through the years: one folder and one key for each origin, one of them written to at a time.

The log that is written to lies in `log`, those before it beside it, in `log-` and the end of their origin.
"""

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.checkpoint import parse_checkpoint
from audit.continues import BEGINS
from audit.encoding import to_base64
from audit.errors import AuditError
from audit.files import Folder
from audit.log import CHECKPOINT, SealedLog
from audit.mldsa import SubtreeSigner
from audit.note import MAX_NOTE_BYTES, NoteSigner
from audit.proof import Proof, encode_proof
from audit.signing import LineSigner
from audit.tree import SealedTree
from hub.adapters.alone import alone
from hub.adapters.last_checkpoint import CheckpointFile
from hub.application.last_checkpoint import Past
from hub.application.ports import Clock
from hub.application.seal_log import Body
from hub.domain.errors import StoreUnavailable

LOG_ORIGIN = "hub.example/safeguarding-hub"


@dataclass(frozen=True, slots=True)
class Kept:
    """A log of a year gone by: where it lies, its key, its last checkpoint, and the number of its first body."""

    folder: Path
    vkey: str
    note: bytes
    base: int
    size: int


class LogShelf:
    """Which log is written to, and which came before."""

    def __init__(self, home: Path, secret: Callable[[str], bytes], clock: Clock, *, mldsa: bool = False) -> None:
        """`secret` gives 32 bytes by a name, the same each time; `mldsa`: sign with ML-DSA-44 besides."""
        self._home = home
        self._secret = secret
        self._clock = clock
        self._mldsa = mldsa
        self.folder = home / "log"
        file = home / "keys" / "last-checkpoint"
        self.last_checkpoint = CheckpointFile(file, lambda origin: (self._key(origin).vkey,))

    @property
    def origin(self) -> str:
        """The origin of the log that is written to. Raises StoreUnavailable."""
        last = self.last_checkpoint.last()
        return last.origin if last is not None and last.origin else self.origin_of_now()

    @property
    def vkey(self) -> str:
        """Its public key. Raises StoreUnavailable."""
        return self._key(self.origin).vkey

    @property
    def signer(self) -> NoteSigner:
        """The key that it is signed with. Raises StoreUnavailable."""
        return self._key(self.origin)

    def origin_of_now(self) -> str:
        """The origin that a log begun now has: a new one each year."""
        return f"{LOG_ORIGIN}/{self._clock.now().year}"

    def origin_of_next_year(self) -> str:
        """The origin that the log will have next year."""
        return f"{LOG_ORIGIN}/{self._clock.now().year + 1}"

    def next_in_year(self) -> str:
        """The origin under which the log goes on when one of this year's has to end early: `/2`, `/3` and so on."""
        begun = {self.origin, *self._past_origins()}
        this_year = self.origin_of_now()
        return next(one for one in (f"{this_year}/{number}" for number in itertools.count(2)) if one not in begun)

    def vkey_of(self, origin: str) -> str:
        """The public key of a log of ours, this year's or another's: partners are told next year's in time."""
        return self._key(origin).vkey

    def past(self) -> tuple[Kept, ...]:
        """The logs of years gone by, oldest first. Raises StoreUnavailable."""
        last = self.last_checkpoint.last()
        return tuple(self._kept(one) for one in last.past) if last is not None else ()

    @contextmanager
    def opened(self) -> Iterator["GoingOn"]:
        """The log, for this block alone, in this process or any other. Raises StoreUnavailable."""
        self._home.mkdir(parents=True, exist_ok=True)
        with alone(self.folder.with_suffix(".lock")):
            try:
                with GoingOn(self) as log:
                    yield log
            except AuditError as refused:
                raise StoreUnavailable(f"log {type(refused).__name__}") from refused

    def open_current(self) -> SealedLog:
        """The log that is written to, after what a crash left of the one before was put away. Raises AuditError."""
        origin = self.origin
        self._put_away(origin)
        return SealedLog.open(self.folder, self._key(origin), self._also(origin))

    def _put_away(self, origin: str) -> None:
        raw = Folder(self.folder).read(CHECKPOINT, MAX_NOTE_BYTES)
        if raw is not None and (held := parse_checkpoint(raw)[0].origin) != origin and held in self._past_origins():
            self.folder.rename(self._folder_of(held))

    def _past_origins(self) -> frozenset[str]:
        last = self.last_checkpoint.last()
        notes = last.past if last is not None else ()
        return frozenset(parse_checkpoint(one.note)[0].origin for one in notes)

    def _kept(self, past: Past) -> Kept:
        try:
            checkpoint = parse_checkpoint(past.note)[0]
        except AuditError as refused:
            raise StoreUnavailable("last_checkpoint_altered") from refused
        folder, vkey = self._folder_of(checkpoint.origin), self._key(checkpoint.origin).vkey
        return Kept(folder, vkey, past.note, past.base, checkpoint.size)

    def _folder_of(self, origin: str) -> Path:
        return self._home / f"log-{_end_of(origin) or 'first'}"

    def _key(self, origin: str) -> NoteSigner:
        end = _end_of(origin)
        seed = self._secret(f"log-{end}" if end else "log")
        return NoteSigner(origin, Ed25519PrivateKey.from_private_bytes(seed))

    def _also(self, origin: str) -> Sequence[LineSigner]:
        seed = self._secret(f"log-mldsa-{_end_of(origin)}") if self._mldsa else None
        return () if seed is None else (SubtreeSigner.from_seed(origin, seed),)


class GoingOn:
    """See application.seal_log.Log: the log that is written to, whichever it is."""

    def __init__(self, shelf: LogShelf) -> None:
        """Open it. Raises AuditError, StoreUnavailable."""
        self._shelf = shelf
        self._open = ExitStack()
        self._log = self._open.enter_context(shelf.open_current())

    def __enter__(self) -> "GoingOn":
        """This log; leaving the block lets it go."""
        return self

    def __exit__(self, *ignored: object) -> None:
        """Let it go."""
        self._open.close()

    @property
    def origin(self) -> str:
        """See application.seal_log.Log."""
        return self._shelf.origin

    @property
    def base(self) -> int:
        """See application.seal_log.Log."""
        last = self._shelf.last_checkpoint.last()
        return last.base if last is not None else 0

    @property
    def size(self) -> int:
        """See application.seal_log.Log."""
        return self._log.size

    @property
    def total(self) -> int:
        """How many bodies have an entry, in this log or one before it."""
        return self.base + self.size

    def begin(self, origin: str, position: int) -> None:
        """See application.seal_log.Log."""
        base = self.base + self.size
        self._open.close()
        self._shelf.last_checkpoint.begin(origin, base, position)
        self._log = self._open.enter_context(self._shelf.open_current())

    def add(self, entries: tuple[bytes, ...]) -> int:
        """See application.seal_log.Log."""
        return self._log.add(entries)

    def checkpoint(self) -> bytes:
        """See application.seal_log.Log."""
        return self._log.checkpoint()

    def root(self) -> bytes:
        """See application.seal_log.Log."""
        return self._log.root()

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """See application.seal_log.Log."""
        return self._log.consistency(old, new)

    def attach(self, note: bytes, lines: bytes, *, enough: bool) -> bytes:
        """See application.gather_cosignatures.Log."""
        return self._log.attach(note, lines, enough=enough)

    def tell_first(self, body: Body) -> None:
        """See application.seal_log.Log."""
        folder = Folder(self._shelf.folder)
        if folder.read(BEGINS, 0) is None:
            held = {"i": 0, "salt": to_base64(body.salt), "body": to_base64(body.body)}
            folder.write(BEGINS, json.dumps(held).encode() + b"\n")

    def entry(self, number: int) -> bytes:
        """The entry of a body, in this log or one before it. Raises AuditError."""
        past = self._past_of(number)
        if past is None:
            return self._log.entry(number - self.base)
        return SealedTree(Folder(past.folder), past.size).entry(number - past.base)

    def proof_file(self, number: int) -> bytes:
        """The proof (tlog-proof) that the entry of a body is in this log or one before it. Raises AuditError."""
        past = self._past_of(number)
        if past is None:
            return self._log.proof_file(number - self.base)
        index = number - past.base
        hashes = SealedTree(Folder(past.folder), past.size).inclusion(index, past.size)
        return encode_proof(Proof(index, hashes, past.note))

    def holds(self, body: Body) -> bool:
        """Whether the body is the one that its entry, in this log or one before it, commits to. Raises AuditError."""
        past = self._past_of(body.index)
        return self.entry(body.index) == body.entry(self.base if past is None else past.base)

    def _past_of(self, number: int) -> Kept | None:
        """The log of a year gone by in which a body has its entry; None when it is the one written to."""
        if number >= self.base:
            return None
        return next(one for one in reversed(self._shelf.past()) if one.base <= number)


def _end_of(origin: str) -> str:
    """What an origin has after the hub's own name: the year, and a number where a year has more than one log."""
    return origin.removeprefix(LOG_ORIGIN).strip("/").replace("/", "-")
