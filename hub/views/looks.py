"""Looks at children, and what happened about each child that may be why: pointers, codes and moments, no content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.access import AccessReviewed, BreakGlassAsked, EmergencyReason, Finding
from contracts.events.hub import AccessDecided, IdentityQuestioned, ReportLinked
from contracts.events.need import EnquiryClosed, EnquiryOpened
from contracts.events.sharing import DisclosureDecided, SharingRefused
from contracts.strict_json import Json
from contracts.vocabulary import Purpose, SensitivityTag, StaffRole
from hub.domain.emergency import is_opened_so
from hub.domain.explained import Link, LinkKind, Look
from hub.domain.need_to_know import WORKS_WITH, Relation
from hub.views.view import Values, View, ViewRow

_LOOK, _LINK, _OPENED, _REVIEWED = "look", "link", "opened", "reviewed"
WORKING: Final = frozenset(one.value for one in (*WORKS_WITH, Relation.ASKED))
BEGINS: Final = frozenset(
    {"s47.started", "cin_plan.started", "cp_plan.started", "looked_after.started", "early_help.started",
     "referral.received"}
)  # fmt: skip
ENDS: Final = frozenset(
    {"s47.ended", "cin_plan.ended", "cp_plan.ended", "looked_after.ended", "early_help.ended", "referral.closed"}
)


@dataclass(frozen=True, slots=True)
class Emergency:
    """One opening in an emergency, permitted or refused, and what the last review of it came to (None: none yet)."""

    decision_id: UUID
    person_id: UUID
    at: datetime
    issuer: str
    subject: str
    agency: str
    reason: EmergencyReason
    permitted: bool
    review_by: datetime | None
    owners: tuple[str, ...]
    finding: Finding | None


def keys_of(decision_id: UUID) -> tuple[str, ...]:
    """The keys of the rows that say all that is held of one look, so that it is found without the others."""
    return tuple(f"{kind}/{decision_id}" for kind in (_LOOK, _OPENED, _REVIEWED))


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """The rows that one fact makes."""
    match fact:
        case AccessDecided():
            is_look = fact.what == "chronology" and fact.effect == "permitted"
            return (_look(fact),) if is_look else ()
        case BreakGlassAsked():
            return (_opened(fact),)
        case AccessReviewed():
            values: Values = {"kind": _REVIEWED, "of": str(fact.decision_id), "finding": fact.finding.value}
            return (ViewRow(f"{_REVIEWED}/{fact.decision_id}", values),)
        case _:
            return tuple(ViewRow(f"{_LINK}/{position}/{place}", _link(link)) for place, link in enumerate(_links(fact)))


def looks(rows: Iterable[dict[str, Json]]) -> tuple[Look, ...]:
    """Every look that showed a chronology."""
    return tuple(
        Look(
            decision_id=UUID(str(row["decision_id"])),
            person_id=UUID(str(row["person_id"])),
            at=datetime.fromisoformat(str(row["at"])),
            reader=(str(row["issuer"]), str(row["subject"])),
            agency=str(row["agency"]),
            role=next(one for one in StaffRole if one.value == row["role"]),
            purpose=next((one for one in Purpose if one.value == row["purpose"]), None),
            emergency=row["emergency"] is True,
            assigned=row["assigned"] is True,
        )
        for row in rows
        if row["kind"] == _LOOK
    )


def links(rows: Iterable[dict[str, Json]]) -> dict[UUID, tuple[Link, ...]]:
    """What happened about each child."""
    found: dict[UUID, list[Link]] = {}
    for row in rows:
        if row["kind"] == _LINK:
            person_id = UUID(str(row["person_id"]))
            kind = next(one for one in LinkKind if one.value == row["link"])
            at = datetime.fromisoformat(str(row["at"]))
            found.setdefault(person_id, []).append(Link(person_id, kind, at, str(row["agency"])))
    return {person_id: tuple(each) for person_id, each in found.items()}


def findings(rows: Iterable[dict[str, Json]]) -> dict[UUID, Finding]:
    """What the last review of each look came to."""
    reviewed = (row for row in rows if row["kind"] == _REVIEWED)
    return {UUID(str(row["of"])): next(one for one in Finding if one.value == row["finding"]) for row in reviewed}


def emergencies(rows: Iterable[dict[str, Json]]) -> tuple[Emergency, ...]:
    """Every opening in an emergency, the newest first."""
    kept = tuple(rows)
    found = findings(kept)
    opened = [_emergency(row, found) for row in kept if row["kind"] == _OPENED]
    return tuple(sorted(opened, key=lambda one: (one.at, one.decision_id), reverse=True))


def _emergency(row: dict[str, Json], found: dict[UUID, Finding]) -> Emergency:
    decision_id, review_by = UUID(str(row["decision_id"])), row["review_by"]
    return Emergency(
        decision_id=decision_id,
        person_id=UUID(str(row["person_id"])),
        at=datetime.fromisoformat(str(row["at"])),
        issuer=str(row["issuer"]),
        subject=str(row["subject"]),
        agency=str(row["agency"]),
        reason=next(one for one in EmergencyReason if one.value == row["reason"]),
        permitted=row["permitted"] is True,
        review_by=datetime.fromisoformat(review_by) if isinstance(review_by, str) else None,
        owners=tuple(str(row["owners"]).split()),
        finding=found.get(decision_id),
    )


def _look(fact: AccessDecided) -> ViewRow:
    values: Values = {
        "kind": _LOOK,
        "decision_id": str(fact.decision_id),
        "person_id": str(fact.person_id),
        "at": fact.at.isoformat(),
        "issuer": fact.actor.issuer,
        "subject": fact.actor.subject,
        "agency": fact.actor.agency,
        "role": fact.actor.role.value,
        "purpose": fact.purpose.value if fact.purpose is not None else None,
        "emergency": is_opened_so(fact),
        "assigned": not WORKING.isdisjoint(fact.relations),
    }
    return ViewRow(f"{_LOOK}/{fact.decision_id}", values)


def _opened(fact: BreakGlassAsked) -> ViewRow:
    values: Values = {
        "kind": _OPENED,
        "decision_id": str(fact.decision_id),
        "person_id": str(fact.person_id),
        "at": fact.at.isoformat(),
        "issuer": fact.actor.issuer,
        "subject": fact.actor.subject,
        "agency": fact.actor.agency,
        "reason": fact.reason.value,
        "permitted": fact.effect == "permitted",
        "review_by": fact.review_by.isoformat() if fact.review_by is not None else None,
        "owners": " ".join(fact.owners),
    }
    return ViewRow(f"{_OPENED}/{fact.decision_id}", values)


def _links(fact: Fact) -> tuple[Link, ...]:
    match fact:
        case ReportLinked():
            kinds = [LinkKind.REPORTED]
            kinds += [LinkKind.OPENED] if fact.report_type in BEGINS else []
            kinds += [LinkKind.CLOSED] if fact.report_type in ENDS else []
            kinds += [LinkKind.RESTRICTED] if SensitivityTag.RESTRICTED_PERSON in fact.tags else []
            at = fact.linked_at or fact.received
            return tuple(Link(fact.person_id, kind, at, fact.source) for kind in kinds)
        case DisclosureDecided():
            went = fact.effect == "permitted"
            return (Link(fact.person_id, LinkKind.SENT, fact.at, fact.recipient),) if went else ()
        case SharingRefused():
            return (Link(fact.person_id, LinkKind.ASKED, fact.at, fact.asked_by),)
        case IdentityQuestioned():
            people = dict.fromkeys((fact.person_id, *fact.candidates))
            return tuple(Link(person_id, LinkKind.QUESTIONED, fact.at) for person_id in people)
        case EnquiryOpened():
            return (Link(fact.person_id, LinkKind.OPENED, fact.at),)
        case EnquiryClosed():
            return (Link(fact.person_id, LinkKind.CLOSED, fact.at),)
        case _:
            return ()


def _link(link: Link) -> Values:
    return {
        "kind": _LINK,
        "link": link.kind.value,
        "person_id": str(link.person_id),
        "at": link.at.isoformat(),
        "agency": link.agency,
    }


LOOKS = View("looks", 2, project)
