"""A folder that keeps what is written to it: temp file, fsync, rename, fsync of the folder, in that order."""

import fcntl
import io
import os
import shutil
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

from audit.errors import CannotKeep, CannotRead, LogInUse

WRITING = ".writing"
"""The sub-folder for files not yet in their place. What a crash leaves there was never part of the log."""


class Folder:
    """Files by name (forward slashes) below one folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._root = os.fspath(path)
        self._made: set[Path] = set()

    def claim(self) -> Callable[[], object]:
        """Makes the folder, takes it for this object alone and clears unfinished writes; call the answer to let go.

        Raises LogInUse, CannotKeep.
        """
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise CannotKeep(f"the log's folder cannot be made or opened: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if (self._path / WRITING).exists():
                shutil.rmtree(self._path / WRITING)
        except BlockingIOError as error:
            os.close(handle)
            raise LogInUse("another writer holds this log") from error
        except OSError as error:
            os.close(handle)
            raise CannotKeep(f"the log's folder cannot be taken: {error.strerror}") from error
        return weakref.finalize(self, os.close, handle)

    def read(self, name: str, limit_bytes: int) -> bytes | None:
        """The file's bytes, one more than the limit at most; None when there is no such file. Raises CannotRead."""
        try:
            # A verifier reads a hundred thousand files: a path object for each would cost as much as the reading.
            with io.FileIO(f"{self._root}/{name}") as file:
                return _whole(file, limit_bytes + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CannotRead(f"{name}: {error.strerror}") from error

    def write(self, name: str, content: bytes) -> None:
        """Returns when the file is durably there, whole, in place of any before it. Raises CannotKeep."""
        place = self._path / name
        unfinished = self._path / WRITING / name.replace("/", "_")
        try:
            self._make(unfinished.parent)
            self._make(place.parent)
            _write_through(unfinished, content)
            unfinished.replace(place)
            _sync(place.parent)
        except OSError as error:
            raise CannotKeep(f"{name}: {error.strerror}") from error

    def remove(self, name: str) -> None:
        """Removes a file, if it is there. Raises CannotKeep."""
        try:
            (self._path / name).unlink(missing_ok=True)
        except OSError as error:
            raise CannotKeep(f"{name}: {error.strerror}") from error

    def remove_all(self, name: str) -> None:
        """Removes a sub-folder and what is in it, if it is there. Raises CannotKeep."""
        place = self._path / name
        try:
            if place.is_dir():
                shutil.rmtree(place)
        except OSError as error:
            raise CannotKeep(f"{name}: {error.strerror}") from error
        self._made = {made for made in self._made if made != place}

    def names_in(self, name: str) -> tuple[str, ...]:
        """The names of what lies directly in a sub-folder, sorted; none when it is not there. Raises CannotRead."""
        try:
            return tuple(sorted(child.name for child in (self._path / name).iterdir()))
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise CannotRead(f"{name}: {error.strerror}") from error

    def names(self) -> Iterator[str]:
        """The names of all files, in no order of meaning. Links to folders are not followed. Raises CannotRead."""
        walk = os.walk(self._path, onerror=_cannot_walk)
        for place, _, files in walk:
            below = Path(place).relative_to(self._path).as_posix()
            for file in sorted(files):
                yield file if below == "." else f"{below}/{file}"

    def _make(self, place: Path) -> None:
        if place in self._made:
            return
        if not place.is_dir():
            self._make(place.parent)
            place.mkdir(exist_ok=True)
            _sync(place.parent)
        self._made.add(place)


def _write_through(place: Path, content: bytes) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(file: io.FileIO, limit_bytes: int) -> bytes:
    """All the file holds, up to the limit."""
    parts = [file.read(limit_bytes)]
    rest = limit_bytes - len(parts[0])
    while parts[-1] and rest:
        parts.append(file.read(rest))
        rest -= len(parts[-1])
    return b"".join(parts)


def _cannot_walk(error: OSError) -> None:
    raise CannotRead(f"a folder of the log: {error.strerror}") from error
