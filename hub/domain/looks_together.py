"""How close together the looks of one reader lie, for all of them at once.

Windows that slide over the looks in order of time: what that costs grows as the looks do, however many share a moment.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

Seen = tuple[datetime, Hashable]  # when (UTC), and whom


@dataclass(frozen=True, slots=True)
class Together:
    """Looks of one reader: their times in order and, for each, the most children within one span that it is in.

    A span begins with a look, and both its ends are included.
    """

    times: tuple[datetime, ...]
    most: Mapping[datetime, int]

    def near(self, at: datetime, span: timedelta) -> int:
        """How many looks there are from so long before to so long after, both included."""
        return bisect_right(self.times, at + span) - bisect_left(self.times, at - span)


def together(seen: Sequence[Seen], span: timedelta) -> Together:
    """How those looks, given in order of time, lie together within a span."""
    most: dict[datetime, int] = {}
    highest: deque[tuple[datetime, int]] = deque()  # spans that reach this far, in order of time and of fewer children
    for start, children in _children_from(seen, span).items():
        while highest and highest[0][0] < start - span:
            highest.popleft()
        while highest and highest[-1][1] <= children:
            highest.pop()
        highest.append((start, children))
        most[start] = highest[0][1]
    return Together(tuple(at for at, _ in seen), most)


def _children_from(seen: Sequence[Seen], span: timedelta) -> dict[datetime, int]:
    """How many different children the span has that begins at each moment."""
    found: dict[datetime, int] = {}
    held: Counter[Hashable] = Counter()
    last = 0
    for at, child in seen:
        while last < len(seen) and seen[last][0] <= at + span:
            held[seen[last][1]] += 1
            last += 1
        found.setdefault(at, len(held))  # the first look of a moment has the others of that moment still before it
        held[child] -= 1
        if not held[child]:
            del held[child]
    return found
