"""The pages of a list that is longer than one page: where one is, and the fields that lead to the newer and the older.

They go by POST with the filters: an address holds nothing of what was looked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hub.web.page import Visit

_ENDS = re.compile(r"[1-9][0-9]{0,17}( [1-9][0-9]{0,17}){0,199}")
MOST_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The numbers of the entries with which the pages before this one ended, the newest first; the first has none."""

    ends: tuple[int, ...] = ()

    @property
    def before(self) -> int | None:
        """The entry after which this page begins."""
        return self.ends[-1] if self.ends else None


@dataclass(frozen=True, slots=True)
class Turning:
    """What the foot of a page offers: to which address, with which fields, and the `ends` of each neighbour, if any."""

    action: str
    number: int
    newer: str | None
    older: str | None
    carried: Mapping[str, str]


def place_of(visit: Visit) -> Place:
    """Where the form says one is; the first page when it says nothing that is of our making."""
    text = visit.field("ends")
    return Place(tuple(int(one) for one in text.split())) if _ENDS.fullmatch(text) else Place()


def turning(action: str, place: Place, last: int | None, carried: Mapping[str, str]) -> Turning:
    """The foot of the page at a place; `last`: the number of the entry with which it ends, None if it is the last."""
    goes_on = last is not None and len(place.ends) < MOST_PAGES
    return Turning(
        action=action,
        number=len(place.ends) + 1,
        newer=_said(place.ends[:-1]) if place.ends else None,
        older=_said((*place.ends, last)) if last is not None and goes_on else None,
        carried=carried,
    )


def _said(ends: tuple[int, ...]) -> str:
    return " ".join(str(one) for one in ends)
