"""One process of the hub at a time: a lock that the operating system frees when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from hub.domain.errors import StoreUnavailable


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """The block runs in no other process, or thread, that names the same file. Raises StoreUnavailable."""
    with _opened(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def free(path: Path) -> Iterator[bool]:
    """Whether the block runs alone; it does not wait for another that holds the same file. Raises StoreUnavailable."""
    with _opened(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("ab")
    except OSError as refused:
        raise StoreUnavailable(type(refused).__name__) from refused


def opening(path: Path) -> AbstractContextManager[None]:
    """Open the database at that path in one process at a time.

    Two that make a file, or put it in WAL mode, at the same moment are refused by SQLite at once, however long either
    would wait.
    """
    return alone(path.with_name(f"{path.name}.opening"))
