"""Files that only their owner may read: made so before anything is written to them."""

import os
from contextlib import suppress
from pathlib import Path

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
    """The content stands under the name whole, or what stood there before does; durable when this returns."""
    fresh = path.with_name(f".{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
