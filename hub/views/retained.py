"""Of which kinds each record is and when something was first and last stated: pointers, codes and days, no content."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import ReportLinked
from contracts.strict_json import Json
from hub.domain.moment import day_in_london
from hub.domain.retention import Kept
from hub.views.view import Read, Values, View, ViewRow


def gather(fact: Fact, _position: int, read: Read) -> tuple[ViewRow, ...]:
    """The record's row, with this report."""
    if not isinstance(fact, ReportLinked):
        return ()
    row, day = read(str(fact.person_id)) or {}, day_in_london(fact.received).isoformat()
    types: list[Json] = [*sorted({fact.report_type, *_types(row)})]
    first, last = str(row.get("first") or day), str(row.get("last") or day)
    days: Values = {"first": min(first, day), "last": max(last, day)}
    return (ViewRow(str(fact.person_id), {"person_id": str(fact.person_id), "types": types, **days}),)


def asks(fact: Fact) -> tuple[str, ...]:
    """The record's row."""
    return (str(fact.person_id),) if isinstance(fact, ReportLinked) else ()


def kept(rows: Iterable[dict[str, Json]]) -> tuple[Kept, ...]:
    """What the rows say of each record."""
    return tuple(
        Kept(
            person_id=UUID(str(row["person_id"])),
            types=frozenset(_types(row)),
            first=date.fromisoformat(str(row["first"])),
            last=date.fromisoformat(str(row["last"])),
        )
        for row in rows
    )


def _types(row: Values) -> tuple[str, ...]:
    held = row.get("types")
    return tuple(one for one in held if isinstance(one, str)) if isinstance(held, list) else ()


RETAINED = View("retained", 1, gather=gather, asks=asks)
