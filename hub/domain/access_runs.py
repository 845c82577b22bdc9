"""One page of the record of access: what somebody did again to the same record within minutes stands on one row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Generic, TypeVar

from hub.domain.access_line import AccessLine

ROWS: Final = 50
MOST: Final = 200
WITHIN: Final = timedelta(minutes=15)
_NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
Item = TypeVar("Item")
Run = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The rows, each a run; everything on them, in order; and whether there is more. The newest comes first."""

    runs: tuple[Run[Item], ...]
    items: tuple[Item, ...]
    more: bool

    @property
    def last(self) -> Item | None:
        """What the page ends with, if there is more after it."""
        return self.items[-1] if self.more else None


def alike(line: AccessLine) -> AccessLine:
    """What two lines must have in common to stand on one row: all but when, which, and how much was shown."""
    return replace(line, position=0, at=_NO_TIME, decision_id=None, items=0, as_of=None)


def page_of(items: Iterable[Item], line: Callable[[Item], AccessLine], key: Callable[[Item], object]) -> Page[Item]:
    """The first page of what comes the newest first: at most ROWS rows, of at most MOST lines.

    A run goes on while the next of its kind is no more than WITHIN from the last; what else was done in between
    has rows of its own. Equal `key`: of one kind.
    """
    taken: list[Item] = []
    runs: list[list[Item]] = []
    latest: dict[object, list[Item]] = {}
    for item in items:
        run = latest.get(key(item))
        joins = run is not None and abs(line(run[-1]).at - line(item).at) <= WITHIN
        if len(taken) == MOST or (not joins and len(runs) == ROWS):
            return Page(_kept(runs), tuple(taken), more=True)
        taken.append(item)
        if run is not None and joins:
            run.append(item)
        else:
            latest[key(item)] = [item]
            runs.append(latest[key(item)])
    return Page(_kept(runs), tuple(taken), more=False)


def page_of_lines(lines: Iterable[AccessLine]) -> Page[AccessLine]:
    """The first page of lines that come the newest first."""
    return page_of(lines, _itself, alike)


def _itself(line: AccessLine) -> AccessLine:
    return line


def _kept(runs: list[list[Item]]) -> tuple[Run[Item], ...]:
    return tuple(tuple(run) for run in runs)
