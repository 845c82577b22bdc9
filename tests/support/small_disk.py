"""A disk of a few megabytes, so that it can be filled; where no file system may be mounted, files that may not grow.

Which of the two it is, is in `way`, and is printed by whoever uses it: never is nothing tried.
"""

import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SIZE_BYTES = 24 * 1024 * 1024
_FILLER = "filler"


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A folder on it, and how it is made full."""

    folder: Path
    way: Literal["tmpfs", "file size limit"]

    @contextmanager
    def full(self) -> Iterator[None]:
        """Nothing more can be written for the block."""
        with self._filled() if self.way == "tmpfs" else _no_file_grows():
            yield

    @contextmanager
    def _filled(self) -> Iterator[None]:
        filler = self.folder / _FILLER
        with filler.open("wb", buffering=0) as file:
            for size in (64 * 1024, 512):
                while _wrote(file.fileno(), size):
                    pass
        try:
            yield
        finally:
            filler.unlink()


@contextmanager
def small_disk(folder: Path, size_bytes: int = SIZE_BYTES) -> Iterator[SmallDisk]:
    """A small disk at the folder, gone afterwards."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(folder)]
    mounted = (
        os.access("/bin/mount", os.X_OK) and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    )
    try:
        yield SmallDisk(folder, "tmpfs" if mounted else "file size limit")
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=True)


def _wrote(file: int, size: int) -> bool:
    try:
        os.write(file, b"\0" * size)
    except OSError:
        return False
    return True


@contextmanager
def _no_file_grows() -> Iterator[None]:
    """No file of this process grows past its first page."""
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
