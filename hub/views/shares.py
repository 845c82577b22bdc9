"""What went to whom, where it was delivered, and what nobody has read: pointers, codes and moments, of all children."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.event import Fact
from contracts.events.sharing import AcknowledgementKept, DisclosedItem, DisclosureDecided, ShareSent, ShareTakenBack
from contracts.strict_json import Json
from hub.domain.shares import is_recalled
from hub.views.view import Values, View, ViewRow

_WENT, _SENT, _BACK, _RECALLED = "went", "sent", "taken_back", "recalled"
_Of = tuple[str, str, str]  # whom it is about, who was sent it, and which report


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A share that nobody at its recipient has read in time (UTC).

    `sent` says whether it has left at all, `delivered_at` when its recipient's own machine is said to have kept it.
    """

    due_by: datetime
    person_id: UUID
    share_id: UUID
    report_id: UUID
    recipient: str
    sent: bool
    delivered_at: datetime | None = None


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each share and each recall, one when a disclosure left or was taken back, one for each answer."""
    if isinstance(fact, DisclosureDecided) and fact.due_by is not None:
        return (*(_went(fact, item, fact.due_by) for item in fact.items), *_recalls(fact))
    if isinstance(fact, ShareSent):
        sent: Values = {"kind": _SENT, "disclosure_id": str(fact.disclosure_id)}
        return (ViewRow(f"{_SENT}/{fact.disclosure_id}", sent),)
    if isinstance(fact, ShareTakenBack):
        back: Values = {"kind": _BACK, "disclosure_id": str(fact.disclosure_id)}
        return (ViewRow(f"{_BACK}/{fact.disclosure_id}", back),)
    if isinstance(fact, AcknowledgementKept):
        came: Values = {"kind": fact.state, "share_id": str(fact.share_id), "at": fact.at.isoformat()}
        return (ViewRow(f"{fact.state}/{fact.share_id}", came),)
    return ()


def _went(fact: DisclosureDecided, item: DisclosedItem, due_by: datetime) -> ViewRow:
    """As it was last decided: what had not left is decided again."""
    return ViewRow(
        f"{_WENT}/{item.share_id}",
        {
            "kind": _WENT,
            "person_id": str(fact.person_id),
            "disclosure_id": str(fact.disclosure_id),
            "share_id": str(item.share_id),
            "report_id": str(item.report_id),
            "recipient": fact.recipient,
            "news": item.news,
            "at": fact.at.isoformat(),
            "due_by": due_by.isoformat(),
        },
    )


def _recalls(fact: DisclosureDecided) -> Iterator[ViewRow]:
    """As each recall was first decided: one that left late is not about what was sent meanwhile."""
    for item in fact.items:
        if item.news == "recall" and fact.cause != "resumed":
            recalled: Values = {
                "kind": _RECALLED,
                "person_id": str(fact.person_id),
                "report_id": str(item.report_id),
                "recipient": fact.recipient,
                "at": fact.at.isoformat(),
            }
            yield ViewRow(f"{_RECALLED}/{item.share_id}", recalled)


def overdue(rows: Iterable[dict[str, Json]], now: datetime) -> tuple[Unread, ...]:
    """Every share past its time that nobody has read, taken back or recalled, the longest overdue first."""
    kept = tuple(rows)
    read = {row["share_id"] for row in kept if row["kind"] == "read"}
    delivered = {row["share_id"]: datetime.fromisoformat(str(row["at"])) for row in kept if row["kind"] == "delivered"}
    sent = {row["disclosure_id"] for row in kept if row["kind"] == _SENT}
    back = {row["disclosure_id"] for row in kept if row["kind"] == _BACK}
    went = tuple(row for row in kept if row["kind"] == _WENT)
    recalled = _recalled(row for row in kept if row["kind"] == _RECALLED)
    found = [
        Unread(
            due_by=datetime.fromisoformat(str(row["due_by"])),
            person_id=UUID(str(row["person_id"])),
            share_id=UUID(str(row["share_id"])),
            report_id=UUID(str(row["report_id"])),
            recipient=str(row["recipient"]),
            sent=row["disclosure_id"] in sent or row["share_id"] in delivered,
            delivered_at=delivered.get(row["share_id"]),
        )
        for row in went
        if row["share_id"] not in read and row["disclosure_id"] not in back and not _is_emptied(row, recalled)
    ]
    return tuple(sorted(one for one in found if one.due_by < now))


def _recalled(recalls: Iterable[dict[str, Json]]) -> dict[_Of, datetime]:
    """When each report about a child was last recalled from each recipient."""
    found: dict[_Of, datetime] = {}
    for row in recalls:
        at = _at(row)
        found[_of(row)] = max(at, found.get(_of(row), at))
    return found


def _is_emptied(row: dict[str, Json], recalled: dict[_Of, datetime]) -> bool:
    """Whether what went was recalled; a recall itself is to be read like anything else."""
    return row["news"] != "recall" and is_recalled(_at(row), recalled.get(_of(row)))


def _of(row: dict[str, Json]) -> _Of:
    return str(row["person_id"]), str(row["recipient"]), str(row["report_id"])


def _at(row: dict[str, Json]) -> datetime:
    return datetime.fromisoformat(str(row["at"]))


SHARES = View("shares", 5, project)
