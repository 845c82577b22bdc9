"""The folder through which an agency's own systems and its edge hand each other files.

`in` is for native files; `taken` holds those that were taken in; `accounts` what became of each, as JSON; `shared` what
the hub shared with the agency. What appears in the last three is whole from the first moment that its name is there.
Whoever has read what lies in `shared` moves it to `shared/read/ROLE`; what is recalled before that is taken away again.
"""

import errno
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hub.adapters.private_file import write_through
from hub.domain.errors import StoreUnavailable

MAX_FILE_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 180  # bytes, of the 255 that a file system has for digest and name together
_State = tuple[int, int, int]


class NotTaken(Exception):
    """One file can't be taken now; the message is a code."""


@dataclass(frozen=True, slots=True)
class Found:
    """A native file as it was read. `state` tells whether it has been written to since.

    `label` is digest and name: what its account and its place among those taken are called.
    """

    name: str
    raw: bytes
    state: _State
    label: str


class DropFolder:
    """One agency's folder."""

    def __init__(self, folder: Path) -> None:
        """Make what is missing. Raises StoreUnavailable."""
        self._in, self._taken = folder / "in", folder / "taken"
        self._accounts, self._shared = folder / "accounts", folder / "shared"
        self._seen: dict[str, _State] = {}
        self.no_plain_files: tuple[str, ...] = ()
        try:
            for each in (self._in, self._taken, self._accounts, self._shared):
                each.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as refused:
            raise _unavailable(refused) from None

    def settled(self) -> tuple[str, ...]:
        """The names of files that nobody has written to between the last look and this one, in order of name.

        A name that begins with a dot is a file still being written; what is no plain file is left alone, and is among
        `no_plain_files` from now on.
        """
        seen: dict[str, _State] = {}
        try:
            named = [entry for entry in _entries(self._in, must_be=True) if not entry.name.startswith(".")]
            for entry in named:
                if entry.is_file(follow_symlinks=False):
                    seen[entry.name] = _state(entry.stat(follow_symlinks=False))
        except OSError as refused:
            raise _unavailable(refused) from None
        self.no_plain_files = tuple(sorted(entry.name for entry in named if entry.name not in seen))
        settled = tuple(sorted(name for name, state in seen.items() if self._seen.get(name) == state))
        self._seen = seen
        return settled

    def read(self, name: str) -> Found:
        """The file. Raises NotTaken (too_big, or why it can't be read)."""
        try:
            handle = os.open(self._in / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as file:
                found = os.fstat(handle)
                if not stat.S_ISREG(found.st_mode):
                    raise NotTaken("no_plain_file")
                too_big = found.st_size > MAX_FILE_BYTES  # told before it is read: it is looked at in every round
                raw = b"" if too_big else file.read(MAX_FILE_BYTES + 1)
        except OSError as refused:
            raise NotTaken(errno.errorcode.get(refused.errno or 0, "unreadable")) from None
        if too_big or len(raw) > MAX_FILE_BYTES:
            raise NotTaken("too_big")
        return Found(name, raw, _state(found), _label(name, raw))

    def take(self, found: Found) -> bool:
        """Whether the file now stands among those taken: not when it was written to meanwhile, or is gone."""
        try:
            if _state((self._in / found.name).stat(follow_symlinks=False)) != found.state:
                return False
            (self._in / found.name).rename(self._taken / found.label)
        except FileNotFoundError:
            return False
        except OSError as refused:
            raise _unavailable(refused) from None
        return True

    def account(self, name: str) -> bytes | None:
        """What an account says; None when it is not there (any more)."""
        try:
            return (self._accounts / f"{name}.json").read_bytes()
        except FileNotFoundError:
            return None
        except OSError as refused:
            raise _unavailable(refused) from None

    def accounts(self) -> tuple[str, ...]:
        """The name of every account."""
        return tuple(sorted(path.stem for path in self._accounts.glob("*.json") if not path.name.startswith(".")))

    def write_account(self, name: str, told: bytes) -> None:
        """The account says this from now on. Raises StoreUnavailable."""
        _write(self._accounts / f"{name}.json", told)

    def read_by(self) -> tuple[tuple[str, str], ...]:
        """Role and name of every file that lies among those that somebody has read. Raises StoreUnavailable."""
        found: list[tuple[str, str]] = []
        try:
            for role in _entries(self._shared / "read"):
                if role.is_dir(follow_symlinks=False):
                    found += ((role.name, entry.name) for entry in _entries(Path(role.path)))
        except OSError as refused:
            raise _unavailable(refused) from None
        return tuple(sorted(found))

    def write_shared(self, name: str, raw: bytes) -> None:
        """What was shared stands in the folder. Raises StoreUnavailable, NotTaken (its name is no file's name)."""
        if name in ("", ".", "..") or "/" in name or "\x00" in name:
            raise NotTaken("name")
        _write(self._shared / name, raw)

    def take_away_shared(self, name: str) -> None:
        """What was shared under that name no longer lies where it is read from. Raises StoreUnavailable."""
        try:
            (self._shared / name).unlink(missing_ok=True)
        except OSError as refused:
            raise _unavailable(refused) from None


def _entries(folder: Path, *, must_be: bool = False) -> tuple[os.DirEntry[str], ...]:
    """What lies in the folder; nothing where there is none, unless it must be there. Raises OSError."""
    try:
        with os.scandir(folder) as found:
            return tuple(found)
    except FileNotFoundError:
        if must_be:
            raise
        return ()


def _label(name: str, raw: bytes) -> str:
    short = os.fsencode(name)[:_LONGEST_NAME].decode("utf-8", "ignore")
    return f"{sha256(raw).hexdigest()}-{short}"


def _write(path: Path, content: bytes) -> None:
    try:
        write_through(path, content)
    except OSError as refused:
        raise _unavailable(refused) from None


def _state(found: os.stat_result) -> _State:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _unavailable(refused: OSError) -> StoreUnavailable:
    return StoreUnavailable(f"drop_{errno.errorcode.get(refused.errno or 0, 'refused')}")
