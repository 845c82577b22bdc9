"""Which reports somebody says stand with the wrong child, and which were moved; and what each reader saw wrongly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor, ReportUnlinked
from contracts.events.matching import MoveProposed, ReadersNamed
from contracts.strict_json import Json
from hub.domain.proposed_moves import lapses
from hub.views.view import View, ViewRow

_PROPOSED, _MOVED, _SAW = "proposed", "moved", "saw"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A move that somebody proposed (a sign-in name) and nobody agreed to yet; `to_person` None: somebody new."""

    move_id: UUID
    report_id: UUID
    person_id: UUID
    to_person: UUID | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeenWrongly:
    """That somebody was shown, at a time, a report with a person whom it is not about; and when that was found."""

    report_id: UUID
    person_id: UUID
    seen: datetime
    found: datetime


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """The newest proposal and the newest move of each report, and a row for each reader and report."""
    match fact:
        case MoveProposed():
            values = {"report_id": str(fact.report_id), "person_id": str(fact.person_id), "at": fact.at.isoformat()}
            to_person = str(fact.to_person) if fact.to_person is not None else None
            more: dict[str, Json] = {"move_id": str(fact.move_id), "to_person": to_person, "by": fact.by.subject}
            return (ViewRow(f"{_PROPOSED}/{fact.report_id}", {"kind": _PROPOSED, **values, **more}),)
        case ReportUnlinked():
            moved: dict[str, Json] = {"report_id": str(fact.report_id), "at": fact.at.isoformat()}
            return (ViewRow(f"{_MOVED}/{fact.report_id}", {"kind": _MOVED, **moved}),)
        case ReadersNamed():
            return tuple(_saw(fact, at, *who) for who, at in _last_looks(fact).items())
        case _:
            return ()


def waiting_moves(rows: Iterable[dict[str, Json]]) -> tuple[Waiting, ...]:
    """The moves that wait for a second person, the oldest first; those that lapsed too."""
    kept = tuple(rows)
    moved = {str(row["report_id"]): _time(row["at"]) for row in kept if row["kind"] == _MOVED}
    found = (_waiting(row) for row in kept if row["kind"] == _PROPOSED)
    still = (one for one in found if (gone := moved.get(str(one.report_id))) is None or gone < one.at)
    return tuple(sorted(still, key=lambda one: (one.at, one.move_id)))


def to_agree(actor: Actor, rows: Iterable[dict[str, Json]], now: datetime) -> tuple[Waiting, ...]:
    """The moves that wait for somebody other than this person's own, and may still be agreed to."""
    return tuple(one for one in waiting_moves(rows) if one.by != actor.subject and now < lapses(one.at))


def seen_wrongly(rows: Iterable[dict[str, Json]], issuer: str, subject: str) -> tuple[SeenWrongly, ...]:
    """What this reader was shown wrongly, the newest finding first."""
    own = (row for row in rows if row["kind"] == _SAW and (row["issuer"], row["subject"]) == (issuer, subject))
    found = (
        SeenWrongly(UUID(str(row["report_id"])), UUID(str(row["person_id"])), _time(row["seen"]), _time(row["at"]))
        for row in own
    )
    return tuple(sorted(found, key=lambda one: (one.found, one.report_id), reverse=True))


def _last_looks(fact: ReadersNamed) -> dict[tuple[str, str], datetime]:
    return {(one.issuer, one.subject): one.at for one in fact.readers}


def _saw(fact: ReadersNamed, seen: datetime, issuer: str, subject: str) -> ViewRow:
    who: dict[str, Json] = {"issuer": issuer, "subject": subject, "seen": seen.isoformat()}
    what = {"report_id": str(fact.report_id), "person_id": str(fact.person_id), "at": fact.at.isoformat()}
    key = f"{_SAW}/{issuer}/{subject}/{fact.report_id}/{fact.person_id}"
    return ViewRow(key, {"kind": _SAW, **who, **what})


def _waiting(row: dict[str, Json]) -> Waiting:
    to_person = row["to_person"]
    return Waiting(
        move_id=UUID(str(row["move_id"])),
        report_id=UUID(str(row["report_id"])),
        person_id=UUID(str(row["person_id"])),
        to_person=UUID(to_person) if isinstance(to_person, str) else None,
        by=str(row["by"]),
        at=_time(row["at"]),
    )


def _time(value: Json) -> datetime:
    return datetime.fromisoformat(str(value))


MOVES = View("moves", 1, project)
