"""What was set aside, why, from whom, and whether that is settled; the message itself stays in the store.

A row is found by the source and id that its message claims, since what a sender sends again bears the same id; of
several with the same claim the first row says how many there are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from contracts.base64_text import from_text
from contracts.event import Fact
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.events.quarantine import QuarantineReplayed
from contracts.strict_json import Json
from hub.views.view import Read, Values, View, ViewRow

State = Literal["open", "replayed", "superseded"]
Change = Callable[[Values], Values | None]
_STATES: Final[tuple[State, ...]] = ("open", "replayed", "superseded")
_SOURCE = re.compile(r"urn:childhub:agency:[a-z][a-z-]{0,39}")


@dataclass(frozen=True, slots=True)
class SetAside:
    """One message that could not be taken in. `source` and `event_id` are what it claims, where of our form.

    `proved`: its source did sign it. `state`: open; replayed (taken in, or known already, when it was tried again);
    superseded (its sender sent the same id again, and that was taken in). `tried` says when it was last tried again,
    `outcome` and `now_code` with what result, `edition` by which edition of the language.
    """

    number: int
    topic: str
    code: str
    where: str
    received: datetime
    alarm: bool
    proved: bool
    source: str | None
    event_id: str | None
    size_bytes: int
    state: State
    tries: int = 0
    tried: datetime | None = None
    outcome: str = ""
    now_code: str = ""
    edition: str = ""

    @property
    def to_look_at(self) -> bool:
        """Whether it is an alarm that nothing has settled."""
        return self.alarm and self.state == "open"


def project(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """One row for each message set aside, changed when it is tried again or its sender is heard under the same id."""
    if isinstance(fact, ReportQuarantined):
        return _set_aside(fact, position, read)
    if isinstance(fact, QuarantineReplayed):
        claim = _claim(fact.source, fact.event_id)
        keys = _keys(claim, read) if claim else iter((f"# {fact.number}",))
        return _changed(keys, read, lambda row: _tried(row, fact) if row["position"] == fact.number else None)
    if isinstance(fact, ReceiptIssued) and fact.outcome == "accepted":
        claim = _claim(fact.source, fact.event_id)
        return _changed(_keys(claim, read) if claim else iter(()), read, _superseded)
    return ()


def asks(fact: Fact) -> tuple[str, ...]:
    """The row under which everything with the same claim is found."""
    if not isinstance(fact, ReportQuarantined | QuarantineReplayed | ReceiptIssued):
        return ()
    claim = _claim(fact.source, fact.event_id)
    return (_key(claim, 1),) if claim is not None else ()


def in_order(rows: Iterable[dict[str, Json]]) -> tuple[SetAside, ...]:
    """The messages that the rows hold: alarms to be looked at first, then the open ones, each newest first."""
    found = sorted((_of(row) for row in rows), key=lambda one: -one.number)
    return tuple(sorted(found, key=lambda one: (not one.to_look_at, one.state != "open")))


def by_itself(fact: ReportQuarantined, number: int) -> SetAside:
    """A message that the view has not come to yet, as it was set aside."""
    (row,) = _set_aside(fact, number, lambda _: None)
    return _of(row.values)


def _set_aside(fact: ReportQuarantined, position: int, read: Read) -> tuple[ViewRow, ...]:
    claim = _claim(fact.source, fact.event_id)
    values: Values = {
        "position": position,
        "topic": fact.topic,
        "code": fact.code,
        "where": fact.where,
        "received": fact.received.isoformat(),
        "alarm": fact.alarm,
        "proved": fact.proved,
        "source": claim[0] if claim else None,
        "event_id": claim[1] if claim else None,
        "size_bytes": len(from_text(fact.held)),
        "state": "open",
        "tries": 0,
        "same": 1,
    }
    if claim is None:
        return (ViewRow(f"# {position}", values),)
    first = read(_key(claim, 1))
    if first is None:
        return (ViewRow(_key(claim, 1), values),)
    count = _number(first["same"]) + 1
    return ViewRow(_key(claim, 1), {**first, "same": count}), ViewRow(_key(claim, count), values)


def _tried(row: Values, fact: QuarantineReplayed) -> Values:
    settled = {"accepted": "replayed", "duplicate": "replayed" if row["state"] == "open" else row["state"]}
    return {
        **row,
        "state": settled.get(fact.outcome, row["state"]),
        "tries": _number(row["tries"]) + 1,
        "tried": fact.at.isoformat(),
        "outcome": fact.outcome,
        "now_code": fact.code,
        "edition": fact.edition,
    }


def _superseded(row: Values) -> Values | None:
    """The row settled by what its sender sent again; never one that somebody else may have sent in its name."""
    is_theirs = row["proved"] is True or row["alarm"] is not True
    return {**row, "state": "superseded"} if row["state"] == "open" and is_theirs else None


def _changed(keys: Iterator[str], read: Read, change: Change) -> tuple[ViewRow, ...]:
    found: list[ViewRow] = []
    for key in keys:
        row = read(key)
        changed = change(row) if row is not None else None
        if changed is not None:
            found.append(ViewRow(key, changed))
    return tuple(found)


def _claim(source: str | None, event_id: str | None) -> tuple[str, str] | None:
    """What the message claims, where both are of our form: other texts may say anything, and are shown to nobody."""
    if source is None or event_id is None or not _SOURCE.fullmatch(source):
        return None
    try:
        return (source, event_id) if str(UUID(event_id)) == event_id else None
    except ValueError:
        return None


def _keys(claim: tuple[str, str], read: Read) -> Iterator[str]:
    first = read(_key(claim, 1))
    return (_key(claim, place) for place in range(1, 1 + (_number(first["same"]) if first is not None else 0)))


def _key(claim: tuple[str, str], place: int) -> str:
    return " ".join(claim) if place == 1 else f"{' '.join(claim)} {place}"


def _of(row: dict[str, Json]) -> SetAside:
    tried = row.get("tried")
    return SetAside(
        number=_number(row["position"]),
        **{name: str(row[name]) for name in ("topic", "code", "where")},
        received=datetime.fromisoformat(str(row["received"])),
        alarm=row["alarm"] is True,
        proved=row["proved"] is True,
        source=_text(row["source"]),
        event_id=_text(row["event_id"]),
        size_bytes=_number(row["size_bytes"]),
        state=next(state for state in _STATES if state == row["state"]),
        tries=_number(row["tries"]),
        tried=datetime.fromisoformat(tried) if isinstance(tried, str) else None,
        **{name: str(row.get(name, "")) for name in ("outcome", "now_code", "edition")},
    )


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


QUARANTINE = View("quarantine", 2, gather=project, asks=asks)
