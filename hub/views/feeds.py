"""When each agency was last heard, and which of its numbered messages never came: silence told from nothing.

An agency numbers what it publishes (`epoch.number`). A number passed over is missing until it comes; a new epoch says
that its outbox was begun again; a number heard again, other than as a repeat of the same message, is counted.
"""

from contracts.event import Fact
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.strict_json import Json
from hub.views.view import Read, Values, View, ViewRow

MOST_GAPS = 200


def project(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """One row for each source: when it was last heard, its epoch and last number, and the numbers missing."""
    heard = _heard(fact)
    if heard is None:
        return ()
    source, at, sequence = heard
    before = read(source) or {"source": source, "epoch": "", "number": 0, "missing": [], "epochs": 0, "out_of_turn": 0}
    values: Values = {**before, "last_heard": at, "position": position, "what": fact.TYPE}
    return (ViewRow(source, _counted(values, sequence) if sequence else values),)


def _heard(fact: Fact) -> tuple[str, str, str] | None:
    """Source, time and sequence of a message that its source is proved to have sent."""
    if isinstance(fact, ReceiptIssued):
        return fact.source, fact.at.isoformat(), fact.sequence
    if isinstance(fact, ReportQuarantined) and fact.proved and fact.source is not None:
        return fact.source, fact.received.isoformat(), fact.sequence
    return None


def _counted(values: Values, sequence: str) -> Values:
    epoch, _, text = sequence.partition(".")
    number, last = int(text), _number(values["number"])
    if epoch != values["epoch"]:
        values = {**values, "epoch": epoch, "epochs": _number(values["epochs"]) + 1}
        last = 0
    missing = _gaps(values["missing"])
    if number > last:
        passed_over = [(epoch, last + 1, number - 1)] if number > last + 1 else []
        return {**values, "number": number, "missing": _as_json([*missing, *passed_over])}
    filled = _without(missing, epoch, number)
    came_late = filled != missing
    out_of_turn = _number(values["out_of_turn"]) + (0 if came_late else 1)
    return {**values, "missing": _as_json(filled), "out_of_turn": out_of_turn}


def _without(missing: list[tuple[str, int, int]], epoch: str, number: int) -> list[tuple[str, int, int]]:
    left: list[tuple[str, int, int]] = []
    for of, first, last in missing:
        if of != epoch or not first <= number <= last:
            left.append((of, first, last))
            continue
        left += [(of, *part) for part in ((first, number - 1), (number + 1, last)) if part[0] <= part[1]]
    return left


def _gaps(value: Json) -> list[tuple[str, int, int]]:
    found = [gap for gap in value if isinstance(gap, list)] if isinstance(value, list) else []
    return [(str(of), _number(first), _number(last)) for of, first, last in found]


def _as_json(missing: list[tuple[str, int, int]]) -> Json:
    return [[of, first, last] for of, first, last in missing[-MOST_GAPS:]]


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


def missing_of(row: Values) -> int:
    """How many of the agency's numbered messages have not come."""
    return sum(last - first + 1 for _, first, last in _gaps(row["missing"]))


FEEDS = View("feeds", 2, gather=project)
