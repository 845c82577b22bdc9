"""The messages that were set aside, as the store holds them, and what became of each when it was tried again."""

from dataclasses import dataclass

from contracts.base64_text import from_text
from contracts.envelope import Sealed
from contracts.events.hub import ReportQuarantined
from contracts.events.quarantine import QuarantineReplayed
from hub.application.bus_port import Arrived
from hub.application.kept_rows import KeptRows
from hub.application.ports import Store, Stream, StreamKind
from hub.domain.errors import NotSetAside


@dataclass(frozen=True, slots=True)
class Tried:
    """A message that was set aside, the number it has in the store's one order, and every try since."""

    number: int
    fact: ReportQuarantined
    replays: tuple[QuarantineReplayed, ...]

    @property
    def is_settled(self) -> bool:
        """Whether a try found it taken in, or known already."""
        return any(one.settles for one in self.replays)

    def arrived(self) -> Arrived:
        """The message as it came. One whose headers held a line end was never genuine, nor is it read as it was."""
        headers, _, value = from_text(self.fact.held).partition(b"\n\n")
        lines = headers.decode("utf-8", "surrogatepass").split("\n")
        pairs = tuple((name, rest) for name, _, rest in (line.partition(": ") for line in lines))
        return Arrived(self.fact.topic, 0, Sealed(pairs, value))


def replays_of(number: int) -> Stream:
    """The stream of one message's tries."""
    return Stream(StreamKind.SET_ASIDE, f"replays {number}")


def read_set_aside(rows: KeptRows, store: Store, number: int) -> Tried:
    """The message under that number. Raises NotSetAside, Unreadable, StoreUnavailable."""
    row = next(iter(rows.rows_after(number - 1, 1)), None)
    fact = rows.open_row(row) if row is not None and row.position == number else None
    if not isinstance(fact, ReportQuarantined):
        raise NotSetAside(str(number))
    tries = store.read_stream(replays_of(number))
    return Tried(number, fact, tuple(one for one in tries if isinstance(one, QuarantineReplayed)))
