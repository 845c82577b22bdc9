"""What the hub last signed of its log is remembered apart from it, so that a log begun again is never taken for it."""

from dataclasses import dataclass
from typing import Protocol

from audit import merkle
from audit.errors import ProofFails
from hub.domain.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class Past:
    """A log that goes on under another origin: its last checkpoint, and the number of its first body."""

    note: bytes
    base: int


@dataclass(frozen=True, slots=True)
class Signed:
    """The last checkpoint and the highest position of the store that was sealed under it.

    The note is empty before the first; the root has 32 bytes. `origin` is the log's, `base` the number of the body that
    is its entry 0, `past` the logs before it, oldest first.
    """

    note: bytes
    size: int
    root: bytes
    position: int
    origin: str = ""
    base: int = 0
    past: tuple[Past, ...] = ()


class LastCheckpoint(Protocol):
    """Where it is remembered."""

    def last(self) -> Signed | None:
        """The last one; None when nothing was ever remembered. Raises StoreUnavailable: altered, or not readable."""

    def keep(self, note: bytes, position: int) -> None:
        """Remember a checkpoint that was published; durable when this returns. Raises StoreUnavailable."""

    def begin(self, origin: str, base: int, position: int) -> None:
        """Remember that the log goes on under another origin, after what was signed last. Raises StoreUnavailable."""


class GrowingLog(Protocol):
    """The log, as far as it must be known to say whether it continues what was signed."""

    @property
    def size(self) -> int:
        """How many leaves it holds."""

    def root(self) -> bytes:
        """The root over all of them."""

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """The proof that the tree of `old` leaves begins the present one."""


def check_continues(log: GrowingLog, remembered: LastCheckpoint) -> None:
    """The log continues what was last signed. A crash can only leave it longer, since leaves are durable first.

    Raises StoreUnavailable: last_checkpoint_gone, log_went_back, log_rewritten.
    """
    last = remembered.last()
    if last is None:
        if log.size:
            raise StoreUnavailable("last_checkpoint_gone")
        remembered.keep(b"", 0)
        return
    if log.size < last.size:
        raise StoreUnavailable("log_went_back")
    try:
        merkle.verify_consistency(last.size, log.size, last.root, log.root(), log.consistency(last.size))
    except ProofFails:
        raise StoreUnavailable("log_rewritten") from None
