"""How many messages that an agency did send lie set aside here: what they hold, no chronology has.

Counted beside the list of what was set aside, so that whoever reads a chronology is told without that list being read.
"""

from collections.abc import Mapping
from datetime import datetime

from contracts.event import Fact
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.events.quarantine import QuarantineReplayed
from contracts.strict_json import Json
from hub.domain.feed import LyingHere
from hub.views.view import Read, Values, View, ViewRow


def project(fact: Fact, _position: int, read: Read) -> tuple[ViewRow, ...]:
    """A row for each source, how many lie here and since when, and one for each id that its messages bear."""
    match fact:
        case ReportQuarantined(proved=True, source=str(source), event_id=event_id):
            return _changed(source, event_id, 1, read, fact.received)
        case QuarantineReplayed(proved=True, settles=True, source=str(source), event_id=event_id):
            return _changed(source, event_id, -1, read)
        case ReceiptIssued(outcome="accepted"):
            lying = _count(read(_key(fact.source, fact.event_id)))
            return _changed(fact.source, fact.event_id, -lying, read)
        case _:
            return ()


def asks(fact: Fact) -> tuple[str, ...]:
    """The rows of its source and of its id."""
    match fact:
        case ReportQuarantined(proved=True, source=str(source), event_id=event_id):
            return source, _key(source, event_id)
        case QuarantineReplayed(proved=True, source=str(source), event_id=event_id):
            return source, _key(source, event_id)
        case ReceiptIssued(outcome="accepted"):
            return fact.source, _key(fact.source, fact.event_id)
        case _:
            return ()


def lying_here(rows: Mapping[str, Values]) -> Mapping[str, LyingHere]:
    """What lies here of each source, from the rows under the names of sources."""
    return {
        source: LyingHere(_count(row), datetime.fromisoformat(str(row["since"])))
        for source, row in rows.items()
        if _count(row)
    }


def _changed(
    source: str, event_id: str | None, by: int, read: Read, received: datetime | None = None
) -> tuple[ViewRow, ...]:
    """The rows with so many more; one that was settled before, with what came in its place, is not settled again."""
    key = _key(source, event_id)
    of_id, of_source = read(key), read(source) or {}
    if not by or _count(of_id) + by < 0:
        return ()
    count = _count(of_source) + by
    since: Json = of_source["since"] if _count(of_source) else received.isoformat() if received is not None else None
    return ViewRow(source, {"count": count, "since": since}), ViewRow(key, {"count": _count(of_id) + by})


def _key(source: str, event_id: str | None) -> str:
    return f"{source} {event_id or ''}"


def _count(row: Values | None) -> int:
    value = (row or {}).get("count")
    return value if isinstance(value, int) else 0


WAITING_HERE = View("waiting_here", 1, gather=project, asks=asks)
