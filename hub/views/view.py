"""What a view is: a table's name, what each fact of the hub adds to it, and a version that rebuilds it when changed."""

from collections.abc import Callable
from dataclasses import dataclass

from contracts.event import Fact
from contracts.strict_json import Json

Values = dict[str, Json]
Read = Callable[[str], Values | None]


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One row: the key by which it is replaced, and its values: pointers, dates and codes, never content."""

    key: str
    values: Values


@dataclass(frozen=True, slots=True)
class View:
    """`project` gives the rows that one fact writes, at the position at which the store kept it.

    A view that counts takes `gather` instead, which also reads the row that stands under a key; `asks` names the keys
    that a fact makes it read, where those are others for each fact, so that they are read together.
    """

    name: str
    version: int
    project: Callable[[Fact, int], tuple[ViewRow, ...]] | None = None
    gather: Callable[[Fact, int, Read], tuple[ViewRow, ...]] | None = None
    asks: Callable[[Fact], tuple[str, ...]] | None = None

    def rows(self, fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
        """The rows that one fact writes."""
        if self.gather is not None:
            return self.gather(fact, position, read)
        return self.project(fact, position) if self.project is not None else ()
