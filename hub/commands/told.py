"""What a command prints is counted and hashed, as the pages' answers are."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import TextIOBase
from typing import TextIO

from hub.application.keep_outcome import Answer, answering


class Told(TextIOBase):
    """A terminal, or whatever stands for one, with every byte noted that it takes."""

    def __init__(self, out: TextIO, answer: Answer) -> None:
        """Write to `out`."""
        super().__init__()
        self._out = out
        self._answer = answer

    def write(self, text: str) -> int:
        """How many letters were written."""
        written = self._out.write(text)
        self._answer.gave(text.encode("utf-8", "backslashreplace"))
        return written

    def flush(self) -> None:
        """Hand on what waits."""
        self._out.flush()

    def fileno(self) -> int:
        """The number of the file behind it."""
        return self._out.fileno()

    def isatty(self) -> bool:
        """Whether somebody sits at it."""
        return self._out.isatty()

    def writable(self) -> bool:
        """Whether it takes anything."""
        return True


@contextmanager
def counted() -> Iterator[None]:
    """What is printed in this block is one answer."""
    with answering() as answer, redirect_stdout(Told(sys.stdout, answer)):
        yield
        sys.stdout.flush()
