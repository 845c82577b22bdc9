"""Reports on who looked, for those who check: which wait for a review, and one of them as it was put together.

Each look at either is on record before it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from contracts.events.subject_report import SubjectReportProposed
from contracts.strict_json import Json
from hub.application.look_at_audit import Checking, OnRecord, keep_audit_look, refuse_others
from hub.application.ports import Stream
from hub.domain.audit_look import AuditLook
from hub.domain.errors import NotOnRecord
from hub.domain.unread import NOBODY
from hub.views.subject_reports import SubjectReport, subject_reports

LIST: Final = "subject_reports"
ONE: Final = "subject_report"


@dataclass(frozen=True, slots=True)
class SubjectReports:
    """Every report, those that wait first, and where this look is on record."""

    reports: tuple[SubjectReport, ...]
    on_record: OnRecord


@dataclass(frozen=True, slots=True)
class ForReview:
    """One report: where it stands, as it was put together, and where this look is on record."""

    report: SubjectReport
    proposed: SubjectReportProposed
    on_record: OnRecord


def list_subject_reports(checking: Checking, rows: Iterable[dict[str, Json]], actor: Actor) -> SubjectReports:
    """The reports; `rows` are those of the view. Raises AccessRefused (on record), StoreUnavailable."""
    refuse_others(checking, actor, AuditLook(LIST))
    found = subject_reports(rows)
    people = tuple(dict.fromkeys(one.person_id for one in found if one.person_id != NOBODY))
    return SubjectReports(found, keep_audit_look(checking, actor, AuditLook(LIST, items=len(found), subjects=people)))


def open_for_review(checking: Checking, rows: Iterable[dict[str, Json]], actor: Actor, report_id: UUID) -> ForReview:
    """One report, as it was put together.

    Raises AccessRefused and NotOnRecord (the asking is on record), StoreUnavailable, Unreadable.
    """
    refuse_others(checking, actor, AuditLook(ONE))
    report = next((one for one in subject_reports(rows) if one.report_id == report_id), None)
    kept = checking.store.read_stream(Stream.access(report.person_id)) if report is not None else ()
    proposals = (one for one in kept if isinstance(one, SubjectReportProposed))
    proposed = next((one for one in proposals if one.report_id == report_id), None)
    people = (proposed.person_id,) if proposed is not None and proposed.person_id != NOBODY else ()
    items = len(proposed.looks) if proposed is not None else 0
    look = AuditLook(ONE, items=items, subjects=people, sought=(str(report_id),))
    on_record = keep_audit_look(checking, actor, look)
    if report is None or proposed is None:
        raise NotOnRecord("subject report")
    return ForReview(report, proposed, on_record)
