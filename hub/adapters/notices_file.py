"""The notices, a TOML file that whoever runs the hub writes into the hub's folder; see docs/operations.md."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from threading import Lock
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from hub.adapters.wrong_field import wrong_field
from hub.domain.moment import LONDON
from hub.domain.notices import Notice, Posted

FILE: Final = "notices.toml"
MOST_BYTES: Final = 100_000
_YEARS: Final = range(2000, 2200)
_NONE: Final = Posted()


class NotNotices(Exception):
    """The file is none of this form; the message is a code, or a field of ours and never its value."""


def _printable(text: str) -> str:
    """The text; one that could turn or hide the words beside it is refused."""
    if not all(one.isprintable() or one == "\n" for one in text):
        raise ValueError("a character that is not printed")
    return text


_Words = Annotated[str, AfterValidator(_printable)]


class _Notice(BaseModel):
    """One [[notice]] of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, str_strip_whitespace=True)

    title: _Words = Field(min_length=1, max_length=100, pattern=r"^[^\n]*$")
    text: _Words = Field(default="", max_length=2_000)
    begins: datetime = Field(alias="from", strict=True)
    ends: datetime | None = Field(alias="until", default=None, strict=True)


class _File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    notice: tuple[_Notice, ...] = Field(default=(), max_length=50)


class NoticesFile:
    """The notices as they stand: the file is looked at each time, and read where it is another than before."""

    def __init__(self, path: Path, told: Callable[[str], None] = lambda _code: None) -> None:
        """`told` hears each time that the file turns out to be unreadable (a code) or readable again (empty)."""
        self._path = path
        self._told = told
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._posted = _NONE

    def now(self) -> Posted:
        """What the file says; a file that is not there has no notices in it."""
        with self._lock:
            before = self._posted.wrong
            self._look()
            if self._posted.wrong != before:
                self._told(self._posted.wrong)
            return self._posted

    def _look(self) -> None:
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._seen = seen
                self._posted = Posted(read_notices(self._path))
        except FileNotFoundError:
            self._seen, self._posted = None, _NONE
        except NotNotices as wrong:
            self._posted = Posted(wrong=str(wrong))
        except OSError as wrong:
            self._seen, self._posted = None, Posted(wrong=type(wrong).__name__)


def read_notices(path: Path) -> tuple[Notice, ...]:
    """The notices in the file. Raises NotNotices, OSError."""
    stat = path.stat()
    if not S_ISREG(stat.st_mode) or stat.st_size > MOST_BYTES:
        raise NotNotices("no_plain_file" if not S_ISREG(stat.st_mode) else "too_big")
    try:
        written = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as refused:
        raise NotNotices(wrong_field(refused)) from None
    except (ValueError, RecursionError):
        raise NotNotices("not_toml") from None
    return tuple(_notice(place, one) for place, one in enumerate(written.notice))


def _notice(place: int, one: _Notice) -> Notice:
    if any(when is not None and when.year not in _YEARS for when in (one.begins, one.ends)):
        raise NotNotices(f"field notice.{place}: a year far away")
    begins, ends = _moment(one.begins), _moment(one.ends) if one.ends is not None else None
    if ends is not None and ends <= begins:
        raise NotNotices(f"field notice.{place}.until: it ends after it begins")
    paragraphs = (" ".join(part.split()) for part in one.text.split("\n\n"))
    return Notice(one.title, tuple(part for part in paragraphs if part), begins, ends)


def _moment(written: datetime) -> datetime:
    """The instant (UTC); without an offset, by the clock in England."""
    return (written if written.tzinfo is not None else written.replace(tzinfo=LONDON)).astimezone(UTC)
