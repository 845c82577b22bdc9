"""Messages about the service itself, such as planned downtime: which run now, which are to come, which are over."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One message, in the words of whoever runs the hub; from when and until when (UTC; None: not known yet)."""

    title: str
    paragraphs: tuple[str, ...]
    begins: datetime
    ends: datetime | None = None

    def runs(self, at: datetime) -> bool:
        """Whether it runs at a moment."""
        return self.begins <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Whether it ended by then."""
        return self.ends is not None and self.ends <= at


@dataclass(frozen=True, slots=True)
class Posted:
    """All the notices; or that they cannot be read, by a code, which is not the same as that there are none."""

    every: tuple[Notice, ...] = ()
    wrong: str = ""

    def now(self, at: datetime) -> tuple[Notice, ...]:
        """Those that run, the newest first."""
        return tuple(sorted((one for one in self.every if one.runs(at)), key=_begins, reverse=True))

    def to_come(self, at: datetime) -> tuple[Notice, ...]:
        """Those that have not begun, the next first."""
        return tuple(sorted((one for one in self.every if one.begins > at), key=_begins))

    def over(self, at: datetime) -> tuple[Notice, ...]:
        """Those that ended, the newest first."""
        return tuple(sorted((one for one in self.every if one.is_over(at)), key=_begins, reverse=True))


def _begins(one: Notice) -> datetime:
    return one.begins
