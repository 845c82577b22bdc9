"""Which enquiries are open and whose they are, and of what those who check were told: pointers, codes and moments.

Beside them, which openings in an emergency nobody reviewed in time: told until somebody does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from contracts.event import Fact
from contracts.events.access import AccessReviewed, ReviewEscalated
from contracts.events.compartment import AddressNotProtected
from contracts.events.erasure import ErasureBegun
from contracts.events.need import (
    AlarmKind,
    AlarmRaised,
    Assignee,
    EnquiryAssigned,
    EnquiryClosed,
    EnquiryOpened,
    EnquiryRated,
    Part,
)
from contracts.events.sharing import DisclosureDecided, ShareTakenBack, SharingRefused
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.domain.enquiries import is_decision
from hub.views.view import View, ViewRow

_OPENED, _ASSIGNED, _CLOSED, _ALARM = "opened", "assigned", "closed", "alarm"
_ESCALATED, _REVIEWED, _ERASED, _DECIDED = "escalated", "reviewed", "erased", "decided"
_RATED = "rated"


@dataclass(frozen=True, slots=True)
class OpenEnquiry:
    """An enquiry that is open: about whom, since when, for what, who opened it, and to whom it is assigned.

    `rating` is the area's word for how pressing it is, empty where nobody has said. `decided`: when somebody who
    decides at the MASH first decided, since it began, what to share of the child.
    """

    enquiry_id: UUID
    person_id: UUID
    at: datetime
    by: str
    purpose: Purpose
    assignees: tuple[Assignee, ...] = ()
    decided: datetime | None = None
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something of which those who check are told: what, when, and who did it (sign-in name, agency).

    `position` is its number in the log. Where it is about a report as it came in, whose and which one.
    """

    alarm_id: UUID
    at: datetime
    kind: AlarmKind
    subject: str
    agency: str
    count: int
    position: int = 0
    person_id: UUID | None = None
    report_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Escalated:
    """An opening in an emergency that nobody has reviewed, and by when somebody had to; who opened it, and for whom.

    `at` is when those who check were told; `owners` are told with them.
    """

    decision_id: UUID
    at: datetime
    review_by: datetime
    issuer: str
    subject: str
    agency: str
    owners: tuple[str, ...]


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """The row that one fact makes."""
    match fact:
        case EnquiryOpened() | EnquiryAssigned() | EnquiryRated() | EnquiryClosed():
            return (_of_enquiries(fact, position),)
        case DisclosureDecided() | SharingRefused() | ShareTakenBack():
            return _of_decisions(fact)
        case AlarmRaised():
            who: dict[str, Json] = {"of": fact.kind.value, "subject": fact.actor.subject, "agency": fact.actor.agency}
            return (_alarm(fact, position, {**who, "count": fact.count}),)
        case AddressNotProtected():
            of: dict[str, Json] = {"of": AlarmKind.ADDRESS.value, "subject": "", "agency": fact.source, "count": 1}
            which: dict[str, Json] = {"person_id": str(fact.person_id), "report_id": str(fact.report_id)}
            return (_alarm(fact, position, {**of, **which}),)
        case ReviewEscalated() | AccessReviewed() | ErasureBegun():
            return _of_emergencies(fact)
        case _:
            return ()


def _of_enquiries(fact: EnquiryOpened | EnquiryAssigned | EnquiryRated | EnquiryClosed, position: int) -> ViewRow:
    which: dict[str, Json] = {"enquiry": str(fact.enquiry_id)}
    match fact:
        case EnquiryOpened():
            about: dict[str, Json] = {"person_id": str(fact.person_id), "purpose": fact.purpose.value}
            opened: dict[str, Json] = {"kind": _OPENED, "at": fact.at.isoformat(), "by": fact.by.subject}
            return ViewRow(f"{_OPENED}/{fact.enquiry_id}", {**opened, **which, **about})
        case EnquiryAssigned():
            whom: dict[str, Json] = fact.assignee.model_dump(mode="json")
            return ViewRow(f"{_ASSIGNED}/{position}", {"kind": _ASSIGNED, **which, "whom": whom})
        case EnquiryRated():
            return ViewRow(f"{_RATED}/{fact.enquiry_id}", {"kind": _RATED, **which, "rating": fact.rating})
        case EnquiryClosed():
            return ViewRow(f"{_CLOSED}/{fact.enquiry_id}", {"kind": _CLOSED, **which, "at": fact.at.isoformat()})


def _of_emergencies(fact: ReviewEscalated | AccessReviewed | ErasureBegun) -> tuple[ViewRow, ...]:
    match fact:
        case ReviewEscalated():
            return (_escalation(fact),)
        case ErasureBegun():
            of_whom = _mark(fact.person_id)
            return (ViewRow(f"{_ERASED}/{of_whom}", {"kind": _ERASED, "of_whom": of_whom}),)
        case AccessReviewed() if fact.of == "break_glass":
            settled: dict[str, Json] = {"kind": _REVIEWED, "decision": str(fact.decision_id)}
            return (ViewRow(f"{_REVIEWED}/{fact.decision_id}", settled),)
        case _:
            return ()


def _of_decisions(fact: DisclosureDecided | SharingRefused | ShareTakenBack) -> tuple[ViewRow, ...]:
    """What somebody at the MASH decided: to share, where the law let it, or not to share, whatever it said.

    A share that was taken back was decided by nobody, and one that the hub goes on with was decided before.
    """
    which = fact.refusal_id if isinstance(fact, SharingRefused) else fact.disclosure_id
    if isinstance(fact, ShareTakenBack):
        return (ViewRow(f"{_DECIDED}/{which}", {"kind": _DECIDED, "person_id": str(fact.person_id), "at": None}),)
    if not is_decision(fact):
        return ()
    of_whom: dict[str, Json] = {"person_id": str(fact.person_id), "at": fact.at.isoformat()}
    return (ViewRow(f"{_DECIDED}/{which}", {"kind": _DECIDED, **of_whom}),)


def open_now(rows: Iterable[dict[str, Json]]) -> tuple[OpenEnquiry, ...]:
    """The enquiries that are open, the newest first."""
    kept = tuple(rows)
    closed = {row["enquiry"] for row in kept if row["kind"] == _CLOSED}
    whom: dict[str, list[Assignee]] = {}
    for row in kept:
        if row["kind"] == _ASSIGNED:
            whom.setdefault(str(row["enquiry"]), []).append(_assignee(row["whom"]))
    opened = (row for row in kept if row["kind"] == _OPENED and row["enquiry"] not in closed)
    found = (_enquiry(row, tuple(dict.fromkeys(whom.get(str(row["enquiry"]), ())))) for row in opened)
    decided, rated = _decisions(kept), {row["enquiry"]: str(row["rating"]) for row in kept if row["kind"] == _RATED}
    return tuple(
        replace(
            one,
            decided=min((at for at in decided.get(one.person_id, ()) if at >= one.at), default=None),
            rating=rated.get(str(one.enquiry_id), ""),
        )
        for one in sorted(found, key=lambda one: (one.at, one.enquiry_id), reverse=True)
    )


def last_closed(rows: Iterable[dict[str, Json]]) -> datetime | None:
    """When the enquiry that was closed last was closed; None where none ever was."""
    return max((datetime.fromisoformat(str(row["at"])) for row in rows if row["kind"] == _CLOSED), default=None)


def _decisions(rows: Iterable[dict[str, Json]]) -> dict[UUID, list[datetime]]:
    found: dict[UUID, list[datetime]] = {}
    for row in rows:
        if row["kind"] == _DECIDED and row["at"] is not None:
            found.setdefault(UUID(str(row["person_id"])), []).append(datetime.fromisoformat(str(row["at"])))
    return found


def alarms(rows: Iterable[dict[str, Json]]) -> tuple[Alarm, ...]:
    """Every alarm, the newest first."""
    found = (
        Alarm(
            UUID(str(row["alarm"])),
            datetime.fromisoformat(str(row["at"])),
            next(one for one in AlarmKind if one.value == row["of"]),
            str(row["subject"]),
            str(row["agency"]),
            int(str(row["count"])),
            int(str(row["position"])),
            _id(row.get("person_id")),
            _id(row.get("report_id")),
        )
        for row in rows
        if row["kind"] == _ALARM
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.alarm_id), reverse=True))


def escalated(rows: Iterable[dict[str, Json]]) -> tuple[Escalated, ...]:
    """Every opening that was escalated and that nobody has reviewed since, the one that was due first before others.

    None of a child who was erased: with the record went any review, and nobody can review it any more.
    """
    kept = tuple(rows)
    gone = {row["of_whom"] for row in kept if row["kind"] == _ERASED}
    reviewed = {row["decision"] for row in kept if row["kind"] == _REVIEWED}
    found = (
        Escalated(
            UUID(str(row["decision"])),
            datetime.fromisoformat(str(row["at"])),
            datetime.fromisoformat(str(row["review_by"])),
            str(row["issuer"]),
            str(row["subject"]),
            str(row["agency"]),
            tuple(str(row["owners"]).split()),
        )
        for row in kept
        if row["kind"] == _ESCALATED and row["decision"] not in reviewed and row["of_whom"] not in gone
    )
    return tuple(sorted(found, key=lambda one: (one.review_by, one.decision_id)))


def _escalation(fact: ReviewEscalated) -> ViewRow:
    values: dict[str, Json] = {
        "kind": _ESCALATED,
        "decision": str(fact.decision_id),
        "at": fact.at.isoformat(),
        "review_by": fact.review_by.isoformat(),
        "issuer": fact.actor.issuer,
        "subject": fact.actor.subject,
        "agency": fact.actor.agency,
        "owners": " ".join(fact.owners),
        "of_whom": _mark(fact.person_id),
    }
    return ViewRow(f"{_ESCALATED}/{fact.decision_id}", values)


def _alarm(fact: AlarmRaised | AddressNotProtected, position: int, more: dict[str, Json]) -> ViewRow:
    values: dict[str, Json] = {"kind": _ALARM, "alarm": str(fact.alarm_id), "at": fact.at.isoformat()}
    return ViewRow(f"{_ALARM}/{fact.alarm_id}", {**values, "position": position, **more})


def _mark(person_id: UUID) -> str:
    """By what a person is told from others in these rows, which stay when they are erased: it leads back to nobody."""
    return sha256(person_id.bytes).hexdigest()[:32]


def _id(value: Json) -> UUID | None:
    return UUID(value) if isinstance(value, str) else None


def _enquiry(row: dict[str, Json], assignees: tuple[Assignee, ...]) -> OpenEnquiry:
    return OpenEnquiry(
        UUID(str(row["enquiry"])),
        UUID(str(row["person_id"])),
        datetime.fromisoformat(str(row["at"])),
        str(row["by"]),
        next(one for one in Purpose if one.value == row["purpose"]),
        assignees,
    )


def _assignee(whom: Json) -> Assignee:
    held = whom if isinstance(whom, dict) else {}
    part = next(one for one in Part if one.value == held["part"])
    return Assignee(part=part, name=str(held["name"]), issuer=str(held["issuer"]))


ENQUIRIES = View("enquiries", 8, project)
