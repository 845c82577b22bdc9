"""Reports on who looked, made for the person they are about: where each stands, and by when. No look is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.event import Fact
from contracts.events.subject_report import HeldBack, SubjectReportProposed, SubjectReportReviewed
from contracts.strict_json import Json
from hub.domain.moment import day_in_london
from hub.domain.subject_report import DELAY, answer_by
from hub.views.view import Values, View, ViewRow

_PROPOSED, _REVIEWED = "proposed", "reviewed"


@dataclass(frozen=True, slots=True)
class SubjectReport:
    """One report. `by` and `reviewed_by` are sign-in names; `outcome` is empty while nobody has reviewed it.

    `due` is the day by which it is to be reviewed (again); `recent_until` the day on which no look of it is too recent
    any more, None where none was.
    """

    report_id: UUID
    person_id: UUID
    at: datetime
    by: str
    recent_until: date | None
    due: date
    outcome: str = ""
    reviewed_at: datetime | None = None
    reviewed_by: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a review: the first, or another after a delay."""
        return self.outcome in ("", "delayed")


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """The row of a proposal, or of the newest review of it."""
    if isinstance(fact, SubjectReportProposed):
        return (ViewRow(f"{_PROPOSED}/{fact.report_id}", _proposed(fact)),)
    if isinstance(fact, SubjectReportReviewed):
        return (ViewRow(f"{_REVIEWED}/{fact.report_id}", _reviewed(fact)),)
    return ()


def subject_reports(rows: Iterable[dict[str, Json]]) -> tuple[SubjectReport, ...]:
    """Every report: first those that wait, the soonest due before the others; then the rest, the newest first."""
    kept = tuple(rows)
    reviews = {str(row["report_id"]): row for row in kept if row["kind"] == _REVIEWED}
    found = [_report(row, reviews.get(str(row["report_id"]))) for row in kept if row["kind"] == _PROPOSED]
    waiting = sorted((one for one in found if one.is_waiting), key=lambda one: (one.due, one.at, one.report_id))
    done = sorted((one for one in found if not one.is_waiting), key=lambda one: (one.at, one.report_id), reverse=True)
    return (*waiting, *done)


def _proposed(fact: SubjectReportProposed) -> Values:
    recent = [one.at for one in fact.looks if one.held is HeldBack.TOO_RECENT]
    return {
        "kind": _PROPOSED,
        "report_id": str(fact.report_id),
        "person_id": str(fact.person_id),
        "at": fact.at.isoformat(),
        "by": fact.by.subject,
        "recent_until": day_in_london(max(recent) + DELAY).isoformat() if recent else None,
    }


def _reviewed(fact: SubjectReportReviewed) -> Values:
    return {
        "kind": _REVIEWED,
        "report_id": str(fact.report_id),
        "at": fact.at.isoformat(),
        "by": fact.by.subject,
        "outcome": fact.outcome,
        "until": fact.until.isoformat() if fact.until is not None else None,
    }


def _report(row: dict[str, Json], review: dict[str, Json] | None) -> SubjectReport:
    at, recent = datetime.fromisoformat(str(row["at"])), row["recent_until"]
    until = review["until"] if review is not None else None
    return SubjectReport(
        report_id=UUID(str(row["report_id"])),
        person_id=UUID(str(row["person_id"])),
        at=at,
        by=str(row["by"]),
        recent_until=date.fromisoformat(recent) if isinstance(recent, str) else None,
        due=date.fromisoformat(until) if isinstance(until, str) else answer_by(day_in_london(at)),
        outcome=str(review["outcome"]) if review is not None else "",
        reviewed_at=datetime.fromisoformat(str(review["at"])) if review is not None else None,
        reviewed_by=str(review["by"]) if review is not None else "",
    )


SUBJECT_REPORTS = View("subject_reports", 1, project)
