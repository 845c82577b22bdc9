"""Files that only their owner may read: made so before anything is written to them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600


def make_private(path: Path) -> None:
    """The file is there and is its owner's alone; SQLite gives the same rights to the files it keeps beside it.

    A file that is there is not opened: closing it again would take away the locks that SQLite holds on it anywhere in
    this process, and another process would then delete what this one goes on writing to.
    """
    if not path.exists():
        with suppress(FileExistsError):  # another process was quicker
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    if path.stat().st_mode & 0o077:
        path.chmod(OWNER_ONLY)


def write_through(path: Path, content: bytes) -> None:
    """The content stands under the name whole, or what stood there before does; durable when this returns.

    Of several that write at one time, in this process or others, the last one's content stands; none fails.
    """
    with _alone(path) as (fresh, file):
        _put(file, content)
        fresh.replace(path)
        _keep_name(path)


def write_once(path: Path, content: bytes) -> None:
    """As write_through, when nothing stands under the name yet; what stands there is left as it is."""
    if path.exists():
        return
    with _alone(path) as (fresh, file):
        if path.exists():  # another was quicker
            fresh.unlink()
            return
        _put(file, content)
        fresh.replace(path)
        _keep_name(path)


@contextmanager
def _alone(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """The file beside it that is written first, locked against whoever else writes here."""
    fresh = path.with_name(f".{path.name}.new")
    while True:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, OWNER_ONLY), "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is(fresh, file):  # else it got its name while we waited, and is no longer ours to write
                yield fresh, file
                return


def _is(fresh: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(fresh.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _put(file: BinaryIO, content: bytes) -> None:
    file.truncate()
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _keep_name(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
