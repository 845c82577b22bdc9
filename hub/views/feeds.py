"""What was last known of each agency's feed: when it was heard, which of its numbers never came, what its edge said.

An agency numbers what it publishes (`epoch.number`). A number passed over is missing until it comes; its heartbeat says
how far it has counted, so the last messages of all are missed too. A new epoch says that its outbox was begun again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from contracts.event import Fact
from contracts.events.feed import HeartbeatKept
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.strict_json import Json
from hub.domain.feed import ON_ITS_WAY, Beat, Feed
from hub.views.view import Read, Values, View, ViewRow

MOST_GAPS = 200
MOST_EPOCHS = 50
Gap = tuple[str, int, int]
_NEW: Values = {
    "epoch": "", "number": 0, "numbers": [], "missing": [], "older": 0, "epochs": 0, "out_of_turn": 0,
    "begun_again_at": None, "went_back_at": None, "beat": None,
}  # fmt: skip


def project(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """One row for each source: when it was last heard, how far it counted, the numbers missing, its last heartbeat."""
    heard = _heard(fact)
    if heard is None:
        return ()
    source, came, sequence = heard
    before = read(source) or {"source": source, "last_heard": came.isoformat(), **_NEW}
    # A repeat is answered with the first answer's own time: what was heard last never moves back.
    at = max(came, datetime.fromisoformat(str(before["last_heard"]))).isoformat()
    values: Values = {**before, "last_heard": at, "position": position, "what": fact.TYPE}
    if isinstance(fact, HeartbeatKept):
        return (ViewRow(source, _beaten(values, fact)),)
    return (ViewRow(source, _counted(values, sequence, at) if sequence else values),)


def feeds_of(rows: Iterable[Values]) -> Mapping[str, Feed]:
    """What was last known of each feed, by source."""
    return {str(row["source"]): _feed({**_NEW, **row}) for row in rows}


def missing_of(row: Values) -> int:
    """How many of the agency's numbered messages were passed over and have not come."""
    return _number(row["older"]) + sum(last - first + 1 for _, first, last in _gaps(row["missing"]))


def _heard(fact: Fact) -> tuple[str, datetime, str] | None:
    """Source, time and sequence of a message that its source is proved to have sent."""
    if isinstance(fact, ReceiptIssued):
        return fact.source, fact.at, fact.sequence
    if isinstance(fact, HeartbeatKept):
        return fact.source, fact.received, ""
    if isinstance(fact, ReportQuarantined) and fact.proved and fact.source is not None:
        return fact.source, fact.received, fact.sequence
    return None


def _counted(values: Values, sequence: str, at: str) -> Values:
    epoch, _, text = sequence.partition(".")
    values, number = _in_epoch(values, epoch, at), int(text)
    last = _numbers(values).get(epoch, 0)
    missing = _gaps(values["missing"])
    if number > last:
        passed_over = [(epoch, last + 1, number - 1)] if number > last + 1 else []
        return _reached(values, epoch, number, [*missing, *passed_over])
    filled = _without(missing, epoch, number)
    out_of_turn = _number(values["out_of_turn"]) + (0 if filled != missing else 1)
    return {**values, "missing": _as_json(filled), "out_of_turn": out_of_turn}


def _in_epoch(values: Values, epoch: str, at: str) -> Values:
    """The row with that epoch known; one that was not known before is the present one from now on."""
    numbers = _numbers(values)
    if epoch in numbers:
        return values
    epochs = _number(values["epochs"]) + 1
    begun_again_at = values["begun_again_at"] if epochs == 1 else at
    known = dict([*numbers.items(), (epoch, 0)][-MOST_EPOCHS:])
    return {
        **values, "epoch": epoch, "number": 0, "numbers": _json_of(known), "epochs": epochs,
        "begun_again_at": begun_again_at,
    }  # fmt: skip


def _reached(values: Values, epoch: str, number: int, missing: list[Gap]) -> Values:
    """The row with that number the highest of its epoch; gaps past MOST_GAPS are counted and no longer named."""
    known = _json_of({**_numbers(values), epoch: number})
    present = number if epoch == values["epoch"] else values["number"]
    older = _number(values["older"]) + sum(last - first + 1 for _, first, last in missing[:-MOST_GAPS])
    return {**values, "numbers": known, "number": present, "missing": _as_json(missing), "older": older}


def _beaten(values: Values, kept: HeartbeatKept) -> Values:
    """The row after a heartbeat: what the one before said was sent, and still is not here, never came."""
    said, at = kept.said(), kept.received.isoformat()
    before = _beat(values["beat"])
    if before is not None and (before.epoch != said.epoch or kept.received - before.received >= ON_ITS_WAY):
        last = _numbers(values).get(before.epoch, 0)
        if before.sent > last:
            passed_over = (before.epoch, last + 1, before.sent)
            values = _reached(values, before.epoch, before.sent, [*_gaps(values["missing"]), passed_over])
    values = _in_epoch(values, said.epoch, at)
    beat: Values = {
        "received": at,
        "alive_at": kept.alive_at().isoformat(),
        "epoch": said.epoch,
        "sent": said.sent,
        "waiting": said.waiting,
        "accepted": said.accepted,
        "ignored": [[one.code, one.times] for one in said.ignored],
        "unread": [[one.code, one.times] for one in said.quarantined],
        "unread_ever": said.quarantined_ever,
        "left": [[one.code, one.times] for one in said.left] if said.left is not None else None,
        "last_file": said.last_file.isoformat() if said.last_file is not None else None,
        "every_seconds": said.every_seconds,
    }
    return {**values, "beat": beat, "went_back_at": at if kept.went_back else values["went_back_at"]}


def _feed(row: Values) -> Feed:
    beat = _beat(row["beat"])
    return Feed(
        last_heard=datetime.fromisoformat(str(row["last_heard"])),
        missing=missing_of(row),
        number=_numbers(row).get(beat.epoch, 0) if beat is not None else _number(row["number"]),
        went_back_at=_moment(row["went_back_at"]),
        begun_again_at=_moment(row["begun_again_at"]),
        beat=beat,
    )


def _beat(value: Json) -> Beat | None:
    if not isinstance(value, dict):
        return None
    every = value["every_seconds"]
    return Beat(
        received=datetime.fromisoformat(str(value["received"])),
        alive_at=datetime.fromisoformat(str(value["alive_at"])),
        epoch=str(value["epoch"]),
        sent=_number(value["sent"]),
        waiting=_number(value["waiting"]),
        accepted=_number(value["accepted"]),
        ignored=_codes(value["ignored"]),
        unread=_codes(value["unread"]),
        last_file=_moment(value["last_file"]),
        every_seconds=every if isinstance(every, int) else None,
        unread_ever=_number(value["unread_ever"]),
        left=_codes(value["left"]) if value["left"] is not None else None,
    )


def _without(missing: list[Gap], epoch: str, number: int) -> list[Gap]:
    left: list[Gap] = []
    for of, first, last in missing:
        if of != epoch or not first <= number <= last:
            left.append((of, first, last))
            continue
        left += [(of, *part) for part in ((first, number - 1), (number + 1, last)) if part[0] <= part[1]]
    return left


def _gaps(value: Json) -> list[Gap]:
    found = [gap for gap in value if isinstance(gap, list)] if isinstance(value, list) else []
    return [(str(of), _number(first), _number(last)) for of, first, last in found]


def _as_json(missing: list[Gap]) -> Json:
    return [[of, first, last] for of, first, last in missing[-MOST_GAPS:]]


def _numbers(row: Values) -> dict[str, int]:
    """The highest number heard of each epoch, oldest epoch first."""
    value = row["numbers"]
    pairs = [pair for pair in value if isinstance(pair, list)] if isinstance(value, list) else []
    return {str(epoch): _number(number) for epoch, number in pairs}


def _json_of(numbers: Mapping[str, int]) -> Json:
    return [[epoch, number] for epoch, number in numbers.items()]


def _codes(value: Json) -> tuple[tuple[str, int], ...]:
    found = [pair for pair in value if isinstance(pair, list)] if isinstance(value, list) else []
    return tuple((str(code), _number(times)) for code, times in found)


def _moment(value: Json) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


FEEDS = View("feeds", 5, gather=project)
