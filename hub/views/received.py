"""How many messages of each agency were received, and what became of each: the books must balance.

What was received is counted by the numbers that agencies give, what became of it by the hub's own facts: each message
is accepted, a duplicate, or set aside, and never two of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.event import Fact
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.events.quarantine import QuarantineReplayed
from contracts.strict_json import Json
from hub.views.view import Read, Values, View, ViewRow

MOST_RANGES = 1000


@dataclass(frozen=True, slots=True)
class Balance:
    """One agency's messages. `missing`: numbers passed over that have not come.

    `received` counts distinct messages that the agency is proved to have sent; a repeat of the very same message is
    not another. `unproved`: set aside, and nobody is proved to have sent it. `exact` is false where there were
    too many gaps to remember each.
    """

    source: str
    received: int
    accepted: int
    duplicates: int
    quarantined: int
    unproved: int
    missing: int
    exact: bool

    @property
    def holds(self) -> bool:
        """Whether each message received has become one thing, and no more became of it."""
        return self.received == self.accepted + self.duplicates + self.quarantined


def project(fact: Fact, _position: int, read: Read) -> tuple[ViewRow, ...]:
    """One row for each source and epoch of its numbering."""
    if isinstance(fact, ReceiptIssued) and fact.source:
        row = _row(fact.source, fact.sequence, read)
        return (_written(_received(row, fact)),)
    if isinstance(fact, ReportQuarantined):
        row = _row_of(fact, read)
        return (_written(_set_aside(row, fact)),)
    if isinstance(fact, QuarantineReplayed) and fact.settles:
        row = _row_of(fact, read)
        return (_written(_settled(row, fact)),)
    return ()


def balances(rows: Iterable[dict[str, Json]]) -> tuple[Balance, ...]:
    """The books of each agency, by source; what nobody is proved to have sent stands under an empty one."""
    of: dict[str, list[dict[str, Json]]] = {}
    for row in rows:
        of.setdefault(str(row["source"]), []).append(row)
    return tuple(_balance(source, of[source]) for source in sorted(of))


def _balance(source: str, rows: list[dict[str, Json]]) -> Balance:
    def total(name: str) -> int:
        return sum(_number(row[name]) for row in rows)

    missing = sum(last - first + 1 for row in rows for first, last in _ranges(row["missing"]))
    return Balance(
        source=source,
        received=total("last") - missing + total("unnumbered"),
        accepted=total("accepted"),
        duplicates=total("duplicates"),
        quarantined=total("quarantined"),
        unproved=total("unproved"),
        missing=missing,
        exact=all(row["exact"] is True for row in rows),
    )


def _received(row: Values, fact: ReceiptIssued) -> Values:
    """What was set aside under the same number, and came or was tried again, is from now on what the receipt says.

    A repeat of a number that became something else before brings no new message.
    """
    heard, is_new = _heard(row, fact.sequence)
    was_aside = fact.sequence != "" and _is_in(heard["aside"], _number_of(fact.sequence))
    if was_aside and fact.outcome != "quarantined":
        left = _without(_ranges(heard["aside"]), _number_of(fact.sequence))
        heard = _more({**heard, "aside": _as_json(left)}, quarantined=-1)
    if fact.outcome == "accepted":
        is_counted = fact.sequence != "" and (is_new or was_aside)  # else its number was given to another before
        return _more(heard, accepted=1, unnumbered=0 if is_counted else 1)
    return _more(heard, duplicates=1) if fact.outcome == "duplicate" and (is_new or was_aside) else heard


def _set_aside(row: Values, fact: ReportQuarantined) -> Values:
    if not fact.proved:
        return _more(row, unproved=1)
    if not fact.sequence:
        return _more(row, quarantined=1, unnumbered=1)
    heard, _ = _heard(row, fact.sequence)
    aside = _with(_ranges(heard["aside"]), _number_of(fact.sequence))
    return _more(_kept(heard, "aside", aside), quarantined=1)


def _settled(row: Values, fact: QuarantineReplayed) -> Values:
    """It counts as set aside no more. Of what bears a number, its receipt has said so already."""
    if not fact.proved:
        return _more(row, unproved=-1)
    if fact.sequence:
        return row
    is_known = fact.outcome == "duplicate"
    return _more(row, quarantined=-1, duplicates=1 if is_known else 0, unnumbered=0 if is_known else -1)


def _row_of(fact: ReportQuarantined | QuarantineReplayed, read: Read) -> Values:
    """The row of the source that is proved; a claim that nothing proves is counted under nobody's name."""
    return _row(fact.source or "", fact.sequence, read) if fact.proved else _row("", "", read)


def _row(source: str, sequence: str, read: Read) -> Values:
    epoch = sequence.partition(".")[0]
    counts: Values = dict.fromkeys(("last", "accepted", "duplicates", "quarantined", "unproved", "unnumbered"), 0)
    lists: Values = {"missing": [], "aside": []}
    return read(f"{source} {epoch}") or {"source": source, "epoch": epoch, "exact": True, **lists, **counts}


def _written(row: Values) -> ViewRow:
    return ViewRow(f"{row['source']} {row['epoch']}", row)


def _more(row: Values, **counts: int) -> Values:
    return {**row, **{name: _number(row[name]) + count for name, count in counts.items()}}


def _heard(row: Values, sequence: str) -> tuple[Values, bool]:
    """The row once the number was heard, and whether it was not heard before."""
    if not sequence:
        return row, True
    number, last, missing = _number_of(sequence), _number(row["last"]), _ranges(row["missing"])
    if number > last:
        gaps = [*missing, (last + 1, number - 1)] if number > last + 1 else missing
        return _kept({**row, "last": number}, "missing", gaps), True
    left = _without(missing, number)
    return {**row, "missing": _as_json(left)}, left != missing


def _kept(row: Values, name: str, ranges: list[tuple[int, int]]) -> Values:
    """The row with the newest of the ranges; what is let go makes its counts inexact."""
    is_exact = row["exact"] is True and len(ranges) <= MOST_RANGES
    return {**row, name: _as_json(ranges[-MOST_RANGES:]), "exact": is_exact}


def _is_in(value: Json, number: int) -> bool:
    return any(first <= number <= last for first, last in _ranges(value))


def _with(ranges: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    if ranges and ranges[-1][1] == number - 1:
        return [*ranges[:-1], (ranges[-1][0], number)]
    return ranges if any(first <= number <= last for first, last in ranges) else [*ranges, (number, number)]


def _without(ranges: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    left: list[tuple[int, int]] = []
    for first, last in ranges:
        parts = ((first, number - 1), (number + 1, last)) if first <= number <= last else ((first, last),)
        left += [part for part in parts if part[0] <= part[1]]
    return left


def _ranges(value: Json) -> list[tuple[int, int]]:
    found = [one for one in value if isinstance(one, list)] if isinstance(value, list) else []
    return [(_number(first), _number(last)) for first, last in found]


def _as_json(ranges: list[tuple[int, int]]) -> Json:
    return [[first, last] for first, last in ranges]


def _number_of(sequence: str) -> int:
    return int(sequence.partition(".")[2])


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


RECEIVED = View("received", 2, gather=project)
